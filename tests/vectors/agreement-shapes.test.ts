/** What people choose from and what the format can say are two lists of one thing: neither package may import the other, so it is held here. */
import type {
  AgreementId,
  AgreementVersion,
  AgreementVersionId,
  Choices,
  FamilyId,
  PersonId,
} from "@sotto/domain";
import * as domain from "@sotto/domain";
import { AGREEMENT_PLACES, placeOf } from "@sotto/content/agreement-places";
import { decodeAgreementVersion, encodeAgreementVersion } from "@sotto/vault";
import type { AgreementEvidence, AgreementFields, AgreementRecord } from "@sotto/vault";
import { expect, test } from "vitest";

type SomeId = PersonId | FamilyId | AgreementId | AgreementVersionId | domain.AccountId;
/** The same without brands. */
type Plain<Value> = Value extends SomeId
  ? string
  : Value extends object
    ? { [Name in keyof Value]: Plain<Value[Name]> }
    : Value;

const ids = { one: "00000000-0000-4000-8000-000000000001", two: "00000000-0000-4000-8000-000000000002" };
// A text of the right form; the brand is a compiler-only mark.
const person = (text: string) => text as PersonId;

const choices: Choices = {
  client: { kind: "unit" },
  policy: { kind: "limited", categories: domain.SECRET_CATEGORIES },
  contacts: domain.CONTACT_KINDS,
  telling: { graceUnit: "days", graceCount: domain.AGREEMENT_BOUNDS.graceCount, ifNotTold: "refer" },
  limits: domain.CONFIDENTIALITY_LIMITS,
  earlier: "by-permission",
  outsiders: {
    release: "each-for-own",
    teensSign: true,
    exceptions: domain.RELEASE_EXCEPTIONS,
    confiding: "nobody",
    supporters: domain.SUPPORTER_TOPICS.map((about) => ({ of: person(ids.one), name: "Ruth", about })),
  },
  promises: {
    recordings: "nobody",
    screenshots: "nobody",
    markedViews: true,
    socialMedia: "own-story",
    notInCourt: false,
  },
  records: { form: "separate", access: "own-part", retention: null },
  court: { secrecy: "promised", testimony: "by-order" },
  minors: domain.MINOR_LEVELS.map((level, place) => ({
    minor: person(`00000000-0000-4000-8000-00000000010${String(place)}`),
    level,
    told: domain.GUARDIAN_TOPICS,
    tellsMinorFirst: true,
    route: "agency",
    guardians: [person(ids.one), person(ids.two)],
  })),
  messages: {
    channels: domain.MESSAGE_CHANNELS.map((channel) => ({
      channel,
      answerHours: domain.AGREEMENT_BOUNDS.answerHours,
    })),
    crisisLine: null,
  },
  change: { checkInMonths: 24, reviewMonths: 36 },
  worries: {
    routes: domain.WORRY_ROUTES.map((route) => ({ route, contact: "" })),
    members: domain.LEAK_STEPS,
    practice: domain.LEAK_PROMISES,
    firstWordHours: domain.AGREEMENT_BOUNDS.firstWordHours,
  },
};

const version: Omit<AgreementVersion, "version"> = {
  agreement: ids.one as AgreementId,
  family: ids.two as FamilyId,
  number: 1,
  template: { template: "family-with-teenager", version: 1 },
  on: { year: 2030, month: 3, day: 1 },
  parties: domain.FAMILY_ROLES.map((role, place) => ({
    person: person(`00000000-0000-4000-8000-00000000020${String(place)}`),
    name: role,
    role,
    signs: true,
    born: null,
  })),
  therapists: [person(ids.two)],
  places: [],
  choices,
  words: domain.AGREEMENT_PARTS.flatMap((part) =>
    domain.AGREEMENT_LANGUAGES.flatMap((language) =>
      domain.READERS.map((reader) => ({ part, language, reader, text: `${part} ${reader}` })),
    ),
  ),
};

/** The same with each of these in turn. */
const variants: readonly Choices[] = [
  ...domain.IF_NOT_TOLD.map((ifNotTold) => ({ ...choices, telling: { ...choices.telling, ifNotTold } })),
  ...domain.GRACE_UNITS.map((graceUnit) => ({ ...choices, telling: { ...choices.telling, graceUnit } })),
  ...domain.CONFIDING_RULES.map((confiding) => ({
    ...choices,
    outsiders: { ...choices.outsiders, confiding },
  })),
  ...domain.RECORDING_RULES.map((recordings) => ({
    ...choices,
    promises: { ...choices.promises, recordings },
  })),
  ...domain.SCREENSHOT_RULES.map((screenshots) => ({
    ...choices,
    promises: { ...choices.promises, screenshots },
  })),
  ...domain.RECORD_FORMS.map((form) => ({ ...choices, records: { ...choices.records, form } })),
  ...domain.CONSENT_ROUTES.map((route) => ({
    ...choices,
    minors: choices.minors.map((minor) => ({ ...minor, route })),
  })),
];

const places = AGREEMENT_PLACES.map(placeOf);

test.each([
  ...[choices, ...variants].map((one) => ({ ...version, choices: one })),
  ...places.map((place) => ({ ...version, places: [place] })),
])(
  "whatever people can choose and every place that is shipped goes into the bytes and comes back (%#)",
  (one) => {
    // Assigned both ways: the compiler sees to it that neither list knows a value that the other does not.
    const there: AgreementFields = one;
    const record: AgreementRecord = decodeAgreementVersion(encodeAgreementVersion(there));
    const back: Plain<AgreementVersion> = record;
    const { bytes: _bytes, hash: _hash, version: _id, ...read } = record;
    expect(read).toEqual(there);
    expect(back.version).toBe(record.version);
  },
);

test("what the vault read of a file is what the domain judges, but for brands", () => {
  // The compiler is the test: what is put together in `usecases/verify-agreement` by a cast is assigned here without one.
  const judged: (evidence: AgreementEvidence) => Plain<domain.Evidence> = (evidence) => evidence;
  expect(judged).toBeTypeOf("function");
});
