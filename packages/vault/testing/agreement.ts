import fc from "fast-check";
import * as choose from "../src/agreement/choices.ts";
import type { EvidenceParts } from "../src/agreement/evidence-file.ts";
import { signEvidence } from "../src/agreement/sign-evidence.ts";
import { signStatement } from "../src/agreement/sign-statement.ts";
import {
  AUTHORITY_PROOFS,
  CAPACITIES,
  COPY_FORMS,
  DEVICE_CLASSES,
  EXPLAINED_WAYS,
  KNOWN_WAYS,
  SCREEN_CONSENTS,
  SIGNER_ANSWERS,
  UTC_OFFSET_MINUTES,
} from "../src/agreement/statement.ts";
import type { Said, StatementFields } from "../src/agreement/statement.ts";
import {
  AGREEMENT_LANGUAGES,
  AGREEMENT_PARTS,
  agreementHash,
  encodeAgreementVersion,
  PARTY_ROLES,
  PLACE_TELLING,
  READERS,
} from "../src/agreement/version.ts";
import type { AgreementFields } from "../src/agreement/version.ts";
import type { Bytes } from "../src/codec/bytes.ts";
import { idOf } from "./people.ts";
import type { Person } from "./people.ts";

/** What tests of agreements in bytes share: a small one that is sound, any others, and statements about them. */

const party = (name: string, role: (typeof PARTY_ROLES)[number]): AgreementFields["parties"][number] => ({
  person: idOf(`person ${name}`),
  name,
  role,
  signs: true,
  born: role === "teen" ? { year: 2015, month: 6, day: 15 } : null,
});

/** Two adults and their teenager, with a word or two for each part. */
export const smallAgreement: AgreementFields = {
  agreement: idOf("agreement"),
  family: idOf("family"),
  number: 1,
  template: { template: "family-with-teenager", version: 2 },
  on: { year: 2030, month: 3, day: 1 },
  parties: [party("Ana", "adult"), party("Ben", "adult"), party("Tom", "teen")],
  therapists: [idOf("person Tess")],
  places: [],
  choices: {
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
      supporters: [{ of: idOf("person Ana"), name: "Ruth", about: "own-words" }],
    },
    promises: {
      recordings: "nobody",
      screenshots: "nobody",
      markedViews: true,
      socialMedia: "nothing",
      notInCourt: true,
    },
    records: { form: "one", access: "all-agree", retention: null },
    court: { secrecy: "not-promised", testimony: "by-order" },
    minors: [
      {
        minor: idOf("person Tom"),
        level: "partial",
        told: ["attendance", "serious-risk", "how-it-goes"],
        tellsMinorFirst: true,
        route: "guardians",
        guardians: [idOf("person Ana"), idOf("person Ben")].toSorted(),
      },
    ],
    messages: {
      channels: [{ channel: "room", answerHours: 48 }],
      crisisLine: { name: "Line", number: "555" },
    },
    change: { checkInMonths: 3, reviewMonths: 12 },
    worries: {
      routes: [{ route: "therapist", contact: "" }],
      members: ["talk"],
      practice: ["tell-you"],
      firstWordHours: 24,
    },
  },
  words: AGREEMENT_PARTS.flatMap((part) =>
    (["adult", "teen"] as const).map((reader) => ({ part, language: "en", reader, text: part }) as const),
  ),
};

const some = <Value>(values: readonly Value[]) => fc.subarray([...values]);
const one = <Value>(values: readonly Value[]) => fc.constantFrom(...values);
const written = (most: number) => fc.string({ unit: "binary", maxLength: most });
const person = one(["Ana", "Ben", "Tom", "Mia", "Gran"]).map((name) => idOf(`person ${name}`));
const months = fc.nat(1200);
const anyDay = fc.record({
  year: fc.integer({ min: 1900, max: 2200 }),
  month: fc.integer({ min: 1, max: 12 }),
  day: fc.integer({ min: 1, max: 28 }),
});

const anyChoices: fc.Arbitrary<AgreementFields["choices"]> = fc.record({
  client: fc.oneof(
    fc.constant({ kind: "unit" } as const),
    person.map((client) => ({ kind: "individual", client }) as const),
    fc.constant({ kind: "parallel" } as const),
  ),
  policy: fc.oneof(
    fc.constant({ kind: "no-secrets" } as const),
    some(choose.SECRET_CATEGORIES).map((categories) => ({ kind: "limited", categories }) as const),
    fc.boolean().map((tellsSpeakerFirst) => ({ kind: "discretion", tellsSpeakerFirst }) as const),
    fc.constant({ kind: "full" } as const),
    fc.boolean().map((isScreenedFirst) => ({ kind: "no-individual-contact", isScreenedFirst }) as const),
  ),
  contacts: some(choose.CONTACT_KINDS),
  telling: fc.record({
    graceUnit: one(choose.GRACE_UNITS),
    graceCount: fc.nat(100),
    ifNotTold: one(choose.IF_NOT_TOLD),
  }),
  limits: some(choose.CONFIDENTIALITY_LIMITS),
  earlier: one(choose.EARLIER_KINDS),
  outsiders: fc.record({
    release: one(choose.RELEASE_RULES),
    teensSign: fc.boolean(),
    exceptions: some(choose.RELEASE_EXCEPTIONS),
    confiding: one(choose.CONFIDING_RULES),
    supporters: fc.array(fc.record({ of: person, name: written(8), about: one(choose.SUPPORTER_TOPICS) }), {
      maxLength: 3,
    }),
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
    retention: fc.option(
      fc.record({
        place: written(6),
        title: written(6),
        citation: written(6),
        verified: fc.boolean(),
        asOf: written(6),
        familyMonths: months,
        recordMonths: months,
        minorMonths: months,
        maximumMonths: fc.option(months),
      }),
    ),
  }),
  court: fc.record({ secrecy: one(choose.COURT_SECRECY), testimony: one(choose.TESTIMONY_RULES) }),
  minors: fc.uniqueArray(
    fc.record({
      minor: person,
      level: one(choose.MINOR_LEVELS),
      told: some(choose.GUARDIAN_TOPICS),
      tellsMinorFirst: fc.boolean(),
      route: one(choose.CONSENT_ROUTES),
      guardians: fc.uniqueArray(person, { maxLength: 4 }),
    }),
    { selector: ({ minor }) => minor, maxLength: 3 },
  ),
  messages: fc.record({
    channels: fc.uniqueArray(
      fc.record({ channel: one(choose.MESSAGE_CHANNELS), answerHours: fc.option(fc.nat(720)) }),
      { selector: ({ channel }) => channel, maxLength: 5 },
    ),
    crisisLine: fc.option(fc.record({ name: written(20), number: written(20) })),
  }),
  change: fc.record({ checkInMonths: months, reviewMonths: months }),
  worries: fc.record({
    routes: fc.uniqueArray(fc.record({ route: one(choose.WORRY_ROUTES), contact: written(20) }), {
      selector: ({ route }) => route,
      maxLength: 3,
    }),
    members: some(choose.LEAK_STEPS),
    practice: some(choose.LEAK_PROMISES),
    firstWordHours: fc.nat(720),
  }),
});

/** Any version that the format can say, also those that nobody would offer. */
export const anyAgreement: fc.Arbitrary<AgreementFields> = fc.record({
  agreement: fc.uuid(),
  family: fc.uuid(),
  number: fc.nat(),
  template: fc.option(fc.record({ template: written(6), version: fc.nat() })),
  on: anyDay,
  parties: fc.uniqueArray(
    fc.record({
      person,
      name: written(20),
      role: one(PARTY_ROLES),
      signs: fc.boolean(),
      born: fc.option(anyDay),
    }),
    { selector: (party) => party.person, maxLength: 5 },
  ),
  therapists: fc.uniqueArray(fc.uuid(), { maxLength: 3 }),
  places: fc.uniqueArray(
    fc.record({
      code: written(6),
      name: written(10),
      minorAge: fc.option(fc.nat(30)),
      hasConditions: fc.boolean(),
      telling: some(PLACE_TELLING),
      citation: written(20),
      verified: fc.boolean(),
      asOf: written(6),
    }),
    { selector: ({ code }) => code, maxLength: 3 },
  ),
  choices: anyChoices,
  words: fc.uniqueArray(
    fc.record({
      part: one(AGREEMENT_PARTS),
      language: one(AGREEMENT_LANGUAGES),
      reader: one(READERS),
      text: written(60),
    }),
    { selector: ({ language, part, reader }) => `${part} ${language} ${reader}`, maxLength: 12 },
  ),
});

const anyHash = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => new Uint8Array(bytes));
const moment = fc.nat(4_000_000_000).map((seconds) => seconds * 1_000);
const percent = fc.nat(100);

const anySaid: fc.Arbitrary<Said> = fc.oneof(
  fc
    .uniqueArray(fc.record({ person, account: fc.uuid(), known: one(KNOWN_WAYS) }), {
      selector: (named) => named.person,
      maxLength: 5,
    })
    .map((people): Said => ({ kind: "named", people })),
  one<Said>([{ kind: "offered" }, { kind: "recalled" }, { kind: "withdrawn" }]),
  fc.record<Extract<Said, { kind: "signed" }>>({
    kind: fc.constant("signed"),
    as: one(CAPACITIES),
    of: person,
    language: one(AGREEMENT_LANGUAGES),
    reader: one(READERS),
    openedAt: moment,
    explained: one(EXPLAINED_WAYS),
    ticked: some(AGREEMENT_PARTS),
    onScreen: one(SCREEN_CONSENTS),
    interpreter: fc.option(written(20)),
  }),
  one(SIGNER_ANSWERS).map((answer): Said => ({ kind: "answered", answer })),
  fc.tuple(anyHash, written(200)).map(([of, text]): Said => ({ kind: "reason", of, text })),
  fc
    .tuple(anyHash, fc.nat(7), fc.nat(7), percent, percent)
    .map(([of, one, other, firstPercent, last]): Said => ({
      kind: "understanding",
      of,
      asked: Math.max(one, other),
      answered: Math.min(one, other),
      firstPercent,
      percent: last,
    })),
  fc.uniqueArray(fc.uuid(), { maxLength: 4 }).map((also): Said => ({ kind: "suspended", also })),
  person.map((who): Said => ({ kind: "left", person: who })),
  person.map((who): Said => ({ kind: "back", person: who })),
  fc.record<Extract<Said, { kind: "signed-with" }>>({
    kind: fc.constant("signed-with"),
    of: anyHash,
    device: one(DEVICE_CLASSES),
    utcOffsetMinutes: fc.integer({ min: UTC_OFFSET_MINUTES.least, max: UTC_OFFSET_MINUTES.most }),
    mark: fc.option(anyHash),
  }),
  fc.record<Extract<Said, { kind: "authority" }>>({
    kind: fc.constant("authority"),
    guardian: person,
    minor: person,
    proof: one(AUTHORITY_PROOFS),
  }),
  fc.tuple(anyHash, written(20)).map(([of, name]): Said => ({ kind: "witnessed", of, name: `W${name}` })),
  one(COPY_FORMS).map((form): Said => ({ kind: "delivered", form })),
);

/** Anything that can be said about a version. */
export const anyStatement: fc.Arbitrary<StatementFields> = fc.record({
  about: anyHash,
  by: person,
  identity: anyHash,
  at: moment,
  after: fc.option(anyHash),
  said: anySaid,
});

/** Something said by a person whose own id follows from their name. */
export function say(
  who: Person,
  about: Bytes,
  said: Said,
  more: Partial<Omit<StatementFields, "said">> = {},
): Promise<Bytes> {
  const wish = { about, by: idOf(`person ${who.name}`), at: 1_900_000_000_000, after: null, said, ...more };
  return signStatement(who.secret, wish);
}

/** A signature in English words, as somebody gives it who read it in a session. */
export function signing(
  as: (typeof CAPACITIES)[number],
  of: string,
  reader: (typeof READERS)[number] = "adult",
): Said {
  return {
    kind: "signed",
    as,
    of: idOf(`person ${of}`),
    language: "en",
    reader,
    openedAt: 1_899_999_000_000,
    explained: "together",
    ticked: ["policy", "limits", "promises", "minors", "messages"],
    onScreen: "agreed",
    interpreter: null,
  };
}

/** How a file is made in tests: who made it, and whatever is to be otherwise. */
export interface EvidenceWish extends Partial<Omit<EvidenceParts, "maker">> {
  readonly maker: Person;
  /** Whose identity records are in it, beside the maker's. */
  readonly people: readonly Person[];
  readonly said: readonly Bytes[];
}

/** The parts of a file about the small agreement, with what was said about it. */
export function evidenceParts({ maker, people, said, ...more }: EvidenceWish): Omit<EvidenceParts, "maker"> {
  const bytes = encodeAgreementVersion(smallAgreement);
  const all = [...new Set([maker, ...people])].toSorted((one, other) =>
    one.secret.account < other.secret.account ? -1 : 1,
  );
  return {
    about: agreementHash(bytes),
    versions: [bytes],
    identities: all.map(({ record }) => record.bytes),
    lines: said.map((statement, place) => ({ heardAt: 1_900_000_000_100 + place, statement })),
    log: null,
    madeAt: 1_900_000_100_000,
    ...more,
  };
}

/** A file about the small agreement. */
export function evidenceFile(wish: EvidenceWish): Promise<Bytes> {
  return signEvidence(wish.maker.secret, evidenceParts(wish));
}
