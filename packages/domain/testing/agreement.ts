import fc from "fast-check";
import type { AccountId, AgreementId, AgreementVersionId, FamilyId, PersonId } from "../src/id.ts";
import { FAMILY_ROLES } from "../src/family/person.ts";
import * as choose from "../src/agreement/choices.ts";
import type { Choices, MinorChoice, SecretsPolicy } from "../src/agreement/choices.ts";
import type { EvidenceLine, EvidenceSaid } from "../src/agreement/evidence.ts";
import { AGREEMENT_PARTS } from "../src/agreement/part.ts";
import type { Place } from "../src/agreement/place.ts";
import { PLACE_TELLING } from "../src/agreement/place.ts";
import type { AgreementVersion, Party } from "../src/agreement/version.ts";
import type { Capacity } from "../src/agreement/signer.ts";
import { READERS } from "../src/agreement/version.ts";

/** What tests of agreements share: a family of known people, agreements that are sound, and drawn ones that need not be. */

export const id = <Id extends string>(number: number): Id =>
  // A compiler-only brand on a text of the right form.
  `00000000-0000-4000-8000-${number.toString(16).padStart(12, "0")}` as Id;

/** The same value, of which nothing can be changed: whoever tries throws. */
export function frozen<Value>(value: Value): Value {
  if (typeof value !== "object" || value === null || Object.isFrozen(value)) return value;
  for (const inner of Object.values(value)) frozen<unknown>(inner);
  return Object.freeze(value);
}

export const ANA = id<PersonId>(1);
export const BEN = id<PersonId>(2);
export const TOM = id<PersonId>(3);
export const MIA = id<PersonId>(4);
export const GRAN = id<PersonId>(5);
export const THERAPIST = id<PersonId>(90);

export const AGREEMENT = id<AgreementId>(70);
export const FAMILY = id<FamilyId>(71);
export const versionId = (number: number) => id<AgreementVersionId>(1000 + number);

export const party = (person: PersonId, role: Party["role"], more: Partial<Party> = {}): Party => ({
  person,
  name: person.slice(-2),
  role,
  signs: true,
  born: role === "teen" ? { year: 2015, month: 6, day: 15 } : null,
  ...more,
});

export const CALIFORNIA: Place = {
  code: "US-CA",
  name: "California",
  minorAge: 12,
  hasConditions: true,
  telling: ["minor-decides"],
  citation: "Cal. Fam. Code 6924",
  verified: true,
  asOf: "2024-07-01",
};

const EVERY_WORD = AGREEMENT_PARTS.flatMap((part) =>
  READERS.map((reader) => ({ part, language: "en", reader, text: `About ${part}.` }) as const),
);

export const promiseTo = (minor: PersonId, more: Partial<MinorChoice> = {}): MinorChoice => ({
  minor,
  level: "partial",
  told: ["attendance", "serious-risk", "how-it-goes"],
  tellsMinorFirst: true,
  route: "guardians",
  guardians: [ANA, BEN],
  ...more,
});

/** Choices without a contradiction, for two adults and a teenager. */
export const soundChoices: Choices = {
  client: { kind: "unit" },
  policy: { kind: "limited", categories: ["affair", "money"] },
  contacts: [...choose.CONTACT_KINDS],
  telling: { graceUnit: "sessions", graceCount: 3, ifNotTold: "end" },
  limits: [...choose.CONFIDENTIALITY_LIMITS],
  earlier: "stays-private",
  outsiders: {
    release: "everyone",
    teensSign: true,
    exceptions: ["emergency"],
    confiding: "named-supporters",
    supporters: [{ of: ANA, name: "Ruth", about: "own-words" }],
  },
  promises: {
    recordings: "nobody",
    screenshots: "nobody",
    markedViews: true,
    socialMedia: "nothing",
    notInCourt: true,
  },
  records: {
    form: "one",
    access: "all-agree",
    retention: {
      place: "us-ca",
      title: "California",
      citation: "Cal. Bus. & Prof. Code 4980.49",
      verified: true,
      asOf: "2018",
      familyMonths: 84,
      recordMonths: 84,
      minorMonths: 84,
      maximumMonths: null,
    },
  },
  court: { secrecy: "not-promised", testimony: "by-order" },
  minors: [promiseTo(TOM)],
  messages: {
    channels: [{ channel: "room", answerHours: 48 }],
    crisisLine: { name: "The line", number: "555" },
  },
  change: { checkInMonths: 3, reviewMonths: 12 },
  worries: {
    routes: [{ route: "therapist", contact: "" }],
    members: ["talk"],
    practice: ["tell-you"],
    firstWordHours: 24,
  },
};

export const soundParties: readonly Party[] = [party(ANA, "adult"), party(BEN, "adult"), party(TOM, "teen")];

/** A version that can be offered, with whatever else is wanted. */
export function versionOf(number: number, more: Partial<AgreementVersion> = {}): AgreementVersion {
  return {
    agreement: AGREEMENT,
    version: versionId(number),
    family: FAMILY,
    number,
    template: null,
    on: { year: 2030, month: 3, day: 1 },
    parties: soundParties,
    therapists: [THERAPIST],
    places: [CALIFORNIA],
    choices: soundChoices,
    words: EVERY_WORD,
    ...more,
  };
}

const some = <Value>(values: readonly Value[]) => fc.subarray([...values]);
const one = <Value>(values: readonly Value[]) => fc.constantFrom(...values);
const PEOPLE = [ANA, BEN, TOM, MIA, GRAN] as const;

export const anyPolicy: fc.Arbitrary<SecretsPolicy> = fc.oneof(
  fc.constant<SecretsPolicy>({ kind: "no-secrets" }),
  some(choose.SECRET_CATEGORIES).map((categories): SecretsPolicy => ({ kind: "limited", categories })),
  fc.boolean().map((tellsSpeakerFirst): SecretsPolicy => ({ kind: "discretion", tellsSpeakerFirst })),
  fc.constant<SecretsPolicy>({ kind: "full" }),
  fc.boolean().map((isScreenedFirst): SecretsPolicy => ({ kind: "no-individual-contact", isScreenedFirst })),
);

const anyMinorChoice: fc.Arbitrary<MinorChoice> = fc.record({
  minor: one(PEOPLE),
  level: one(choose.MINOR_LEVELS),
  told: some(choose.GUARDIAN_TOPICS),
  tellsMinorFirst: fc.boolean(),
  route: one(choose.CONSENT_ROUTES),
  guardians: some(PEOPLE),
});

/** Any choices, contradictory ones too. */
export const anyChoices: fc.Arbitrary<Choices> = fc.record({
  client: fc.oneof(
    fc.constant({ kind: "unit" } as const),
    one(PEOPLE).map((client) => ({ kind: "individual", client }) as const),
    fc.constant({ kind: "parallel" } as const),
  ),
  policy: anyPolicy,
  contacts: some(choose.CONTACT_KINDS),
  telling: fc.record({
    graceUnit: one(choose.GRACE_UNITS),
    graceCount: fc.integer({ min: -1, max: 100 }),
    ifNotTold: one(choose.IF_NOT_TOLD),
  }),
  limits: some(choose.CONFIDENTIALITY_LIMITS),
  earlier: one(choose.EARLIER_KINDS),
  outsiders: fc.record({
    release: one(choose.RELEASE_RULES),
    teensSign: fc.boolean(),
    exceptions: some(choose.RELEASE_EXCEPTIONS),
    confiding: one(choose.CONFIDING_RULES),
    supporters: fc.array(
      fc.record({ of: one(PEOPLE), name: one(["Ruth", "Ida"]), about: one(choose.SUPPORTER_TOPICS) }),
      { maxLength: 2 },
    ),
  }),
  promises: fc.record({
    recordings: one(choose.RECORDING_RULES),
    screenshots: one(choose.SCREENSHOT_RULES),
    markedViews: fc.boolean(),
    socialMedia: one(choose.SOCIAL_MEDIA_RULES),
    notInCourt: fc.boolean(),
  }),
  records: fc.record({
    form: one(choose.RECORD_FORMS),
    access: one(choose.RECORD_ACCESS),
    retention: fc.constantFrom(null, soundChoices.records.retention),
  }),
  court: fc.record({ secrecy: one(choose.COURT_SECRECY), testimony: one(choose.TESTIMONY_RULES) }),
  minors: fc.array(anyMinorChoice, { maxLength: 3 }),
  messages: fc.record({
    channels: fc.uniqueArray(
      fc.record({
        channel: one(choose.MESSAGE_CHANNELS),
        answerHours: fc.option(fc.integer({ min: 0, max: 800 })),
      }),
      { selector: ({ channel }) => channel, maxLength: 5 },
    ),
    crisisLine: fc.constantFrom(null, { name: "The line", number: "555" }),
  }),
  change: fc.record({
    checkInMonths: fc.integer({ min: 0, max: 30 }),
    reviewMonths: fc.integer({ min: 0, max: 40 }),
  }),
  worries: fc.record({
    routes: fc.uniqueArray(fc.record({ route: one(choose.WORRY_ROUTES), contact: one(["", "555"]) }), {
      selector: ({ route }) => route,
      maxLength: 3,
    }),
    members: some(choose.LEAK_STEPS),
    practice: some(choose.LEAK_PROMISES),
    firstWordHours: fc.integer({ min: 0, max: 800 }),
  }),
});

/** Any people, in any role, who sign or not. */
export const anyParties: fc.Arbitrary<readonly Party[]> = fc
  .array(
    fc.record({
      person: one(PEOPLE),
      role: one(FAMILY_ROLES),
      signs: fc.boolean(),
      born: fc.constantFrom(
        null,
        { year: 2015, month: 6, day: 15 },
        { year: 2023, month: 2, day: 28 },
        { year: 2010, month: 1, day: 1 },
      ),
    }),
    { maxLength: 6 },
  )
  .map((people) => people.map((one) => ({ ...one, name: one.person.slice(-2) })));

export const anyPlace: fc.Arbitrary<Place> = fc.record({
  code: one(["US-CA", "US-TX", "UK"]),
  name: fc.constant(""),
  minorAge: fc.option(fc.integer({ min: 12, max: 16 })),
  hasConditions: fc.boolean(),
  telling: some(PLACE_TELLING),
  citation: fc.constant("cited"),
  verified: fc.boolean(),
  asOf: fc.constant("2024"),
});

/** The account of a person in lines of evidence. */
export const evidenceAccountOf = (person: PersonId) =>
  id<AccountId>(0x500 + Number.parseInt(person.slice(-4), 16));

/** Something that was said about the first version. */
export const evidenceLine = (
  by: PersonId,
  said: EvidenceSaid,
  more: Partial<EvidenceLine> = {},
): EvidenceLine => ({
  by,
  account: evidenceAccountOf(by),
  version: versionId(1),
  moment: { at: 10, writtenAt: 10 },
  after: null,
  said,
  ...more,
});

export const evidenceSigning = (
  by: PersonId,
  as: Capacity = "self",
  of = by,
  more: Partial<EvidenceLine> = {},
): EvidenceLine =>
  evidenceLine(
    by,
    {
      kind: "signed",
      as,
      of,
      language: "en",
      reader: "adult",
      openedAt: 5,
      explained: "together",
      ticked: [],
      onScreen: "agreed",
      interpreter: null,
    },
    more,
  );
