import { agreementOf, EMPTY_AGREEMENT, requiredSignatures } from "@sotto/domain";
import type { AgreementEvent, AgreementState, OfferedVersion, PersonId } from "@sotto/domain";
import {
  ANA,
  BEN,
  GRAN,
  party,
  soundChoices,
  THERAPIST,
  TOM,
  versionId,
  versionOf,
} from "@sotto/domain/testing";
import { expect, test } from "vitest";
import { AT, exportOf, fileOf, idsInOrder, offerOf } from "../testing/agreement.ts";
import { bundleOf, consentsOf } from "../testing/read-bundle.ts";
import { sampleOffer, sampleVersion } from "../testing/sample.ts";
import { consentBundle } from "./consent-bundle.ts";
import type { Bundle, Consent, Extension, Provision, Resource } from "./resource.ts";

const all = <Kind extends Resource["resourceType"]>(bundle: Bundle, kind: Kind) =>
  bundle.entry.flatMap(({ resource }) => {
    // It is of the kind that its own field says.
    return resource.resourceType === kind ? [resource as Extract<Resource, { resourceType: Kind }>] : [];
  });

const consents = (offer: OfferedVersion): readonly Consent[] => all(bundleOf(exportOf(offer)), "Consent");

/** Whose signature a consent is, by the last digits of the ids: the signer, as what, and of whom. */
const signer = ({ identifier }: Consent): string => {
  const [, person = "", as = "", of = ""] = (identifier[0]?.value ?? "").split("/");
  return `${person.slice(-1)} ${as} ${of.slice(-1)}`;
};

const inside = (extensions: readonly Extension[], ...names: readonly string[]): readonly Extension[] =>
  names.reduce<readonly Extension[]>(
    (found, name) => found.flatMap(({ extension = [] }) => extension.filter(({ url }) => url === name)),
    [
      {
        url: "",
        extension: extensions.map((one) => ({ ...one, url: one.url.slice(one.url.lastIndexOf("/") + 1) })),
      },
    ],
  );

test("each signature that is asked for is a consent of its own, and a minor's assent and guardians are bound by their patient", () => {
  const found = consents(sampleOffer);
  expect(found.map(signer)).toEqual([
    "1 self 1",
    "2 self 2",
    "3 assent 3",
    "1 guardian 3",
    "5 guardian 3",
    "1 guardian 4",
    "5 guardian 4",
  ]);
  const byPatient = Map.groupBy(found, ({ patient }) => patient?.reference ?? "nobody");
  expect([...byPatient.values()].map(({ length }) => length)).toEqual([1, 1, 3, 2]);
  const as = found.map(({ extension }) => inside(extension, "agreement-signature", "as")[0]?.valueCode);
  expect(as).toEqual(["self", "self", "assent", "guardian", "guardian", "guardian", "guardian"]);
});

test("which proof of authority was seen and who was a witness stand beside their signature, and beside no other", () => {
  const proof = {
    person: GRAN,
    as: "guardian",
    of: TOM,
    authority: "court-order",
    witness: "Wanda",
  } as const;
  const found = all(bundleOf(exportOf(sampleOffer, { proofs: [proof] })), "Consent");
  const beside = found.map((one) =>
    ["authority", "witness"].map((name) => {
      const [field] = inside(one.extension, "agreement-signature", name);
      return field?.valueCode ?? field?.valueString ?? null;
    }),
  );
  const nothing = [null, null];
  expect(beside).toEqual([nothing, nothing, nothing, nothing, ["court-order", "Wanda"], nothing, nothing]);
});

test("a guardian signs as a related person of each minor by an entry of its own, and whoever only helps is nobody's patient", () => {
  const bundle = bundleOf(exportOf(sampleOffer));
  const related = all(bundle, "RelatedPerson");
  expect(related.map(({ name }) => name?.[0]?.text)).toEqual(["Ana Lima", "Gran", "Ana Lima", "Gran"]);
  expect(new Set(related.map(({ patient }) => patient.reference)).size).toBe(2);
  const patients = all(bundle, "Patient");
  expect(patients.map(({ birthDate, name }) => [name?.[0]?.text, birthDate])).toEqual([
    ["Ana Lima", undefined],
    ["Tom Lima", "2015-06-15"],
    ["Mia Lima", "2022-02-03"],
  ]);
  const helper = all(bundle, "Consent")[1];
  expect(helper?.patient).toBeUndefined();
  expect(helper?.scope.coding[0]?.code).toBe("collateral-privacy");
  expect(helper?.meta).toBeUndefined();
  expect(helper?.performer).toEqual([
    {
      type: "RelatedPerson",
      identifier: { system: "urn:ietf:rfc:3986", value: `urn:uuid:${BEN}` },
      display: "Ben Ode",
    },
  ]);
});

test("an offer is proposed, what is in force is active, and nothing else is either", () => {
  const statuses = (offer: OfferedVersion) => [...new Set(consents(offer).map(({ status }) => status))];
  expect(statuses(offerOf(sampleVersion, { stage: { kind: "open" } }))).toEqual(["proposed"]);
  expect(statuses(sampleOffer)).toEqual(["active"]);
  for (const kind of ["superseded", "suspended"] as const) {
    expect(statuses(offerOf(sampleVersion, { stage: { kind, since: 10, until: 20 } }))).toEqual(["inactive"]);
  }
  expect(statuses(offerOf(sampleVersion, { stage: { kind: "void", why: "recalled" } }))).toEqual([
    "inactive",
  ]);
});

test("for whoever left, and for them alone, it ended when they did", () => {
  const found = consents({ ...sampleOffer, left: new Map([[TOM, AT - 50_000]]) });
  const ended = found.filter(({ status }) => status === "inactive");
  expect(ended.map(signer)).toEqual(["3 assent 3", "1 guardian 3", "5 guardian 3"]);
  for (const { provision } of ended) expect(provision.period?.end).toBe(new Date(AT - 50_000).toISOString());
  const before = consents({ ...sampleOffer, left: new Map([[TOM, 1]]) }).find(
    (one) => one.status === "inactive",
  );
  expect(before?.provision.period?.end).toBe(before?.provision.period?.start);
});

const log = (events: readonly AgreementEvent[]): AgreementState =>
  agreementOf(
    EMPTY_AGREEMENT,
    events.map((event, place) => ({ event, moment: { at: AT + place, writtenAt: AT + place } })),
  );

const couple = versionOf(1, {
  parties: [party(ANA, "adult"), party(BEN, "adult"), party(GRAN, "adult")],
  choices: { ...soundChoices, minors: [] },
});
const offered: AgreementEvent = { kind: "offered", by: THERAPIST, version: couple };
const signed = (by: PersonId): AgreementEvent => ({
  kind: "signed",
  by,
  version: versionId(1),
  as: "self",
  of: by,
});

const ofLog = (events: readonly AgreementEvent[]): string => {
  const { state: _, ...rest } = exportOf(offerOf(couple));
  return JSON.stringify(consentBundle({ ...rest, state: log(events), nextId: idsInOrder() }));
};

test("after a withdrawal every consent is inactive, and nobody can tell from it who withdrew", () => {
  const inForce = [offered, signed(ANA), signed(BEN), signed(GRAN)];
  expect(ofLog(inForce)).toContain('"status":"active"');
  const after = [ANA, BEN, GRAN].map((by) => ofLog([...inForce, { kind: "withdrawn", by }]));
  expect(after[0]).not.toContain('"status":"active"');
  expect(new Set(after).size).toBe(1);
  const open = [ANA, BEN].map((by) => ofLog([offered, signed(ANA), signed(BEN), { kind: "withdrawn", by }]));
  expect(new Set(open).size).toBe(1);
});

test("whoever said no looks like whoever said nothing, and no word of why anything ended is in an export", () => {
  const asked = [offered, signed(ANA)];
  const answers = (["declined", "change-asked", "not-yet"] as const).map((answer) =>
    ofLog([...asked, { kind: "answered", by: BEN, version: versionId(1), answer }]),
  );
  expect(new Set([...answers, ofLog(asked)]).size).toBe(1);
  const texts = [
    ...answers,
    ofLog([...asked, { kind: "withdrawn", by: ANA }]),
    ofLog([...asked, { kind: "person-left", person: BEN }]),
  ];
  for (const text of texts) {
    for (const word of [
      "declined",
      "change-asked",
      "not-yet",
      "withdr",
      "somebody-left",
      "reason",
      "percent",
    ]) {
      expect(text).not.toContain(word);
    }
  }
});

test("the words of an agreement leave in its files alone", () => {
  const version = versionOf(1, {
    words: [{ part: "court", language: "en", reader: "adult", text: "Canary." }],
  });
  expect(JSON.stringify(bundleOf(exportOf(offerOf(version))))).not.toContain("Canary");
});

test("a consent has the moment of its own signature, or of the offer while there is none", () => {
  const one = requiredSignatures(couple)[0];
  const open = offerOf(couple, {
    stage: { kind: "open" },
    signatures: one === undefined ? [] : [{ ...one, at: 5000 }],
  });
  expect(consents(open).map(({ dateTime }) => dateTime)).toEqual([
    "1970-01-01T00:00:05.000Z",
    new Date(open.offeredAt).toISOString(),
    new Date(open.offeredAt).toISOString(),
  ]);
  const given = consents(open).map(
    ({ extension }) => inside(extension, "agreement-signature", "given").length,
  );
  expect(given).toEqual([1, 0, 0]);
});

const alone = (offer: OfferedVersion, name: string): Provision | undefined =>
  consents(offer).find((one) => signer(one) === name)?.provision.provision?.[0];

test("no policy lets a machine show others what one told alone: what a therapist may do stands beside it", () => {
  const under = (policy: typeof soundChoices.policy) =>
    alone(offerOf({ ...couple, choices: { ...couple.choices, policy } }), "1 self 1");
  const open = under({ kind: "no-secrets" });
  expect(open).toMatchObject({
    type: "deny",
    securityLabel: [{ code: "R" }],
    data: [{ meaning: "authoredby" }],
  });
  expect(open?.actor?.length).toBe(2);
  const rules = [open, under({ kind: "full" }), under({ kind: "discretion", tellsSpeakerFirst: true })].map(
    (one) => inside(one?.extension ?? [], "agreement-telling-rule", "rule").map(({ valueCode }) => valueCode),
  );
  expect(rules).toEqual([["therapist-may-tell"], ["speaker-only"], ["therapist-judges"]]);
  expect(inside(open?.extension ?? [], "agreement-telling-rule", "to").length).toBe(2);
});

test("guardians are let in only where they hear all that was said, and until the minor is none", () => {
  const provisions = (name: string) =>
    consents(sampleOffer).find((one) => signer(one) === name)?.provision.provision ?? [];
  expect(provisions("3 assent 3").map(({ type }) => type)).toEqual(["deny", "deny", "permit"]);
  const [others, guardians] = provisions("1 guardian 4");
  expect(others?.actor?.length).toBe(2);
  expect(guardians).toMatchObject({ type: "permit", period: { end: "2040-02-03T00:00:00.000Z" } });
  expect(guardians?.actor?.length).toBe(2);
  expect(provisions("1 self 1").at(-1)).toMatchObject({
    type: "permit",
    purpose: [{ code: "HPAYMT" }, { code: "HOPERAT" }, { code: "ETREAT" }],
  });
});

test("a limit of confidentiality is a duty and permits nothing", () => {
  const without = offerOf({ ...couple, choices: { ...couple.choices, limits: [] } });
  expect(consents(without).map(({ provision }) => provision)).toEqual(
    consents(offerOf(couple)).map(({ provision }) => provision),
  );
});

test("without a therapist the practice is let in, and never everybody", () => {
  const [consent] = consents(offerOf({ ...couple, therapists: [] }));
  expect(consent?.provision.actor?.map(({ reference }) => reference)).toEqual(consent?.organization);
});

test("the document holds both files, with the hash that R4 asks for and a better one", () => {
  const bundle = bundleOf(exportOf(sampleOffer));
  const [document, ...others] = all(bundle, "DocumentReference");
  expect(others).toEqual([]);
  expect(document).toMatchObject({ status: "current", docStatus: "final" });
  expect(
    document?.content.map(({ attachment, format }) => [
      attachment.contentType,
      attachment.data,
      format?.code,
    ]),
  ).toEqual([
    ["application/pdf", "JVBERg==", undefined],
    ["application/octet-stream", "AQIDBAU=", "fam-evidence-1"],
  ]);
  expect(document?.content[0]?.attachment).toMatchObject({
    size: 4,
    hash: "BwcHBwcHBwcHBwcHBwcHBwcHBwc=",
    extension: [{ valueBase64Binary: "CQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQk=" }],
    creation: "2030-05-06T07:08:08.000Z",
  });
  for (const { sourceReference } of all(bundle, "Consent")) {
    expect(sourceReference?.reference).toBe(`urn:uuid:${document?.id ?? ""}`);
  }
});

test("a file may be named without its bytes, and an export may have none", () => {
  const named = bundleOf(exportOf(sampleOffer, { files: [fileOf("pdf", null)] }));
  expect(all(named, "DocumentReference")[0]?.content[0]?.attachment).toMatchObject({ size: 4000 });
  expect(JSON.stringify(named)).not.toContain('"data":"');
  const bare = bundleOf(exportOf(sampleOffer, { files: [] }));
  expect(all(bare, "DocumentReference")).toEqual([]);
  expect(
    all(bare, "Consent").every(
      ({ meta, sourceReference }) => meta === undefined && sourceReference === undefined,
    ),
  ).toBe(true);
});

test("the family is a group of those in treatment", () => {
  const [group] = all(bundleOf(exportOf(sampleOffer)), "Group");
  expect(group?.member?.length).toBe(3);
});

test("a version that was never offered is none to export", () => {
  expect(consentBundle(exportOf(sampleOffer, { version: versionId(99) }))).toBeNull();
});

test("two exports of one agreement name the same signatures by the same identifiers, and themselves by others", () => {
  const ids = idsInOrder();
  const exports = [1, 2].flatMap(() => consentBundle(exportOf(sampleOffer, { nextId: ids })) ?? []);
  const [one, two] = exports.map((each) => consentsOf(each).map(({ identifier }) => identifier[0]?.value));
  expect(one).toEqual(two);
  expect(one?.every((value) => value?.startsWith(sampleVersion.version))).toBe(true);
  const addresses = exports.flatMap(({ entry }) => entry.map(({ fullUrl }) => fullUrl));
  expect(new Set(addresses).size).toBe(addresses.length);
  expect(exports.length).toBe(2);
});
