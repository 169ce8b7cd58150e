import { requiredSignatures, SIGNER_ANSWERS } from "@sotto/domain";
import type {
  AgreementState,
  AgreementVersion,
  OfferedVersion,
  PersonId,
  PracticeId,
  SignerAnswer,
  VersionStage,
} from "@sotto/domain";
import {
  anyChoices,
  anyParties,
  anyPlace,
  GRAN,
  id,
  THERAPIST,
  versionId,
  versionOf,
} from "@sotto/domain/testing";
import fc from "fast-check";
import type { ConsentExport, ExportFile } from "../src/index.ts";

/** What tests of exports share: any agreement that can be, in any stage, and an export of it whose ids come one after the other. */

export const AT = Date.UTC(2030, 4, 6, 7, 8, 9);

/** Ids in order, so that two exports of one thing are the same. */
export const idsInOrder = (): (() => string) => {
  let last = 0x10_000;
  return () => id<string>(++last);
};

export const fileOf = (kind: ExportFile["kind"], bytes: Uint8Array | null): ExportFile => ({
  kind,
  name: `agreement.${kind}`,
  bytes,
  size: bytes?.length ?? 4000,
  sha1: new Uint8Array(20).fill(7),
  sha256: new Uint8Array(32).fill(9),
  madeAt: AT - 1000,
});

export const FILES: readonly ExportFile[] = [
  fileOf("pdf", new Uint8Array([37, 80, 68, 70])),
  fileOf("evidence", new Uint8Array([1, 2, 3, 4, 5])),
];

/** An offered version in some stage, signed by everybody unless something else is wanted. */
export function offerOf(version: AgreementVersion, more: Partial<OfferedVersion> = {}): OfferedVersion {
  const required = requiredSignatures(version);
  return {
    version,
    offeredAt: AT - 90_000,
    required,
    signatures: required.map((one, place) => ({ ...one, at: AT - 80_000 + place })),
    answers: new Map(),
    takenBack: new Map(),
    left: new Map(),
    stage: { kind: "in-force", since: AT - 60_000 },
    ...more,
  };
}

export function exportOf(offer: OfferedVersion, more: Partial<ConsentExport> = {}): ConsentExport {
  const state: AgreementState = { versions: [offer], gone: new Set(), successors: new Set(), closed: false };
  return {
    state,
    version: offer.version.version,
    people: {
      practice: { id: id<PracticeId>(80), name: "A practice" },
      names: new Map([
        [THERAPIST, "Dr Lee"],
        [GRAN, "Gran"],
      ]),
    },
    files: FILES,
    nextId: idsInOrder(),
    at: AT,
    ...more,
  };
}

const anyMoment = fc.integer({ min: 0, max: AT });

export const anyStage: fc.Arbitrary<VersionStage> = fc.oneof(
  fc.constant<VersionStage>({ kind: "open" }),
  anyMoment.map((since): VersionStage => ({ kind: "in-force", since })),
  fc
    .tuple(fc.constantFrom("superseded" as const, "suspended" as const), anyMoment, fc.nat(1000))
    .map(([kind, since, lasts]): VersionStage => ({ kind, since, until: since + lasts })),
  fc
    .constantFrom("replaced" as const, "recalled" as const, "withdrawal" as const, "somebody-left" as const)
    .map((why): VersionStage => ({ kind: "void", why })),
);

/** Texts as people write them, and some that they do not. */
const anyName = fc.oneof(fc.constantFrom("Ana", "", " ", "Zo\u{eb}\u{0}\u{1b}", "\u{d800}"), fc.string());

/** Any version, contradictory ones too: an export leaves nothing out for being odd. */
export const anyVersion: fc.Arbitrary<AgreementVersion> = fc
  .record({
    choices: anyChoices,
    parties: anyParties,
    names: fc.array(anyName, { minLength: 6, maxLength: 6 }),
    places: fc.array(anyPlace, { maxLength: 2 }),
    template: fc.constantFrom(null, { template: "couple", version: 2 }),
    therapists: fc.constantFrom([THERAPIST], [THERAPIST, id<PersonId>(91)], []),
  })
  .map(({ choices, names, parties, places, template, therapists }) =>
    versionOf(1, {
      choices,
      places,
      template,
      therapists,
      parties: parties
        .filter(({ person }, place) => parties.findIndex((one) => one.person === person) === place)
        .map((party, place) => ({ ...party, name: names[place] ?? "" })),
    }),
  );

const anyFiles = fc.constantFrom<(readonly ExportFile[])[]>(
  [],
  FILES,
  [fileOf("pdf", null)],
  [fileOf("evidence", new Uint8Array([255]))],
);

/** Any version in any stage, signed by any of those who are asked, with any answers, and with or without files. */
export const anyExport: fc.Arbitrary<ConsentExport> = fc
  .record({
    version: anyVersion,
    stage: anyStage,
    signed: fc.array(fc.boolean(), { minLength: 20, maxLength: 20 }),
    answer: fc.option(fc.constantFrom<SignerAnswer>(...SIGNER_ANSWERS)),
    leaves: fc.option(anyMoment),
    files: anyFiles,
  })
  .map(({ answer, files, leaves, signed, stage, version }) => {
    const whole = offerOf(version, { stage });
    const someone = whole.required[0]?.person;
    return exportOf(
      {
        ...whole,
        signatures: whole.signatures.filter((_, place) => signed[place % 20]),
        answers: new Map(someone === undefined || answer === null ? [] : [[someone, answer]]),
        left: new Map(someone === undefined || leaves === null ? [] : [[someone, leaves]]),
      },
      { files, version: versionId(1) },
    );
  });
