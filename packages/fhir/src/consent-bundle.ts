import { isSameSignature, versionIn } from "@sotto/domain";
import type { AgreementState, AgreementVersionId, OfferedVersion, RequiredSignature } from "@sotto/domain";
import * as codes from "./canonical.ts";
import { SIGNATURE_FIELD, VERSION_FIELD } from "./consent-fields.ts";
import type { AskedSignature, SignatureProof } from "./consent-fields.ts";
import { documentOf } from "./document.ts";
import type { ExportFile } from "./document.ts";
import { ALL_PART_FIELDS } from "./part-fields.ts";
import { addressOf, writePeople } from "./people.ts";
import type { ExportPeople, WrittenPeople } from "./people.ts";
import { given, instantText } from "./primitive.ts";
import { provisionFor } from "./provision.ts";
import type { Bundle, Consent, Reference } from "./resource.ts";

/** What is exported: one version of an agreement, with the files that hold it. `nextId` gives a fresh random UUID each time; `at` is now. */
export interface ConsentExport {
  readonly state: AgreementState;
  readonly version: AgreementVersionId;
  readonly people: ExportPeople;
  readonly files: readonly ExportFile[];
  /** What therapists recorded beside signatures, as far as it may be told to whoever gets the export. */
  readonly proofs?: readonly SignatureProof[];
  readonly nextId: () => string;
  readonly at: number;
}

/**
 * One version of a family's agreement as FHIR R4: a Consent for each signature that it asks for, since one signature covers no other person, the people,
 * and the document. Null when the version was never offered. What it never holds: who said no or withdrew, why, how anybody answered a question, and what
 * is for the therapists alone. An export after a withdrawal is the same whoever withdrew.
 */
export function consentBundle(wish: ConsentExport): Bundle | null {
  const { at, files, nextId, state, version } = wish;
  const offer = versionIn(state, version);
  if (offer === null) return null;
  const people = writePeople(offer.version, wish.people, nextId);
  const document = documentOf({ offer, files, people, id: nextId(), at });
  const source = document === null ? null : { reference: addressOf(document.id) };
  const proofs = wish.proofs ?? [];
  const consents = offer.required.map((wanted) => {
    const proof = proofs.find((one) => isSameSignature(one, wanted)) ?? null;
    return consentOf(offer, { ...wanted, proof }, people, source, nextId());
  });
  const entries = [...people.entries, ...(document === null ? [] : [document]), ...consents];
  return {
    resourceType: "Bundle",
    id: nextId(),
    type: "collection",
    timestamp: instantText(at),
    entry: entries.map((resource) => ({ fullUrl: addressOf(resource.id), resource })),
  };
}

const consentOf = (
  offer: OfferedVersion,
  wanted: Omit<AskedSignature, "given">,
  people: WrittenPeople,
  source: Reference | null,
  id: string,
): Consent => {
  const { as, of, person } = wanted;
  const { choices, version } = offer.version;
  const signature: AskedSignature = {
    ...wanted,
    given: offer.signatures.find((one) => isSameSignature(one, wanted)) ?? null,
  };
  const patient = people.patient(of);
  // Without a patient or a document it has not the shape, and does not say that it has.
  const isPcf = patient !== null && source !== null;
  return {
    resourceType: "Consent",
    id,
    ...given("meta", isPcf ? { profile: [codes.PCF_ADVANCED] } : null),
    extension: [
      ...VERSION_FIELD.write(offer, people.refer),
      ...SIGNATURE_FIELD.write(signature, people.refer),
      ...ALL_PART_FIELDS.flatMap((field) => field.write(choices, people.refer)),
    ],
    identifier: [
      {
        system: `${codes.CANONICAL}/NamingSystem/signature`,
        value: [version, person, as, of].join("/"),
      },
    ],
    status: statusOf(offer, wanted),
    scope: codes.concept(patient === null ? codes.COLLATERAL_PRIVACY : codes.PATIENT_PRIVACY),
    category: [codes.concept(codes.CONSENT_DOCUMENT)],
    ...given("patient", patient),
    dateTime: instantText(signature.given?.at ?? offer.offeredAt),
    performer: [as === "guardian" ? people.guardian(person, of) : people.refer(person)],
    organization: [people.practice],
    ...given("sourceReference", source),
    policy: [{ uri: codes.uuidIdentifier(version).value }],
    provision: provisionFor(offer, of, people),
  };
};

/** It is active when everybody's is, and for nobody who has left. A no is not told from silence. */
const statusOf = ({ left, stage }: OfferedVersion, { of }: RequiredSignature): Consent["status"] => {
  switch (stage.kind) {
    case "open":
      return "proposed";
    case "in-force":
      return left.has(of) ? "inactive" : "active";
    case "superseded":
    case "suspended":
    case "void":
      return "inactive";
  }
};
