import {
  choice,
  flag,
  id,
  kinds,
  listOf,
  nothing,
  orNull,
  record,
  some,
  sortedBy,
  text,
  uniqueBy,
  unsigned,
} from "./field.ts";
import type { Field } from "./field.ts";

/**
 * The fourteen choices of an agreement in bytes (docs/formats/agreement.md). The order of every list here is part of the format and never changes; what is
 * new goes to the end of a list, under a new label. A test holds them against the lists that people choose from.
 */
export const SECRET_CATEGORIES = ["affair", "ending", "money", "health", "substances", "goals"] as const;
export const CONTACT_KINDS = [
  "individual-session",
  "call",
  "text",
  "email",
  "message",
  "note",
  "social-media",
  "third-party",
] as const;
export const GRACE_UNITS = ["sessions", "days"] as const;
export const IF_NOT_TOLD = ["pause", "end", "refer"] as const;
export const CONFIDENTIALITY_LIMITS = [
  "child-abuse",
  "adult-abuse",
  "danger-to-self",
  "danger-to-others",
  "court-order",
  "claim",
  "oversight",
  "payment",
  "supervision",
  "emergency",
  "death",
] as const;
export const EARLIER_KINDS = ["stays-private", "by-permission"] as const;
export const RELEASE_RULES = ["everyone", "each-for-own"] as const;
export const RELEASE_EXCEPTIONS = ["payment", "supervision", "emergency"] as const;
export const CONFIDING_RULES = ["own-words", "named-supporters", "nobody"] as const;
export const SUPPORTER_TOPICS = ["own-words", "what-was-said"] as const;
export const RECORDING_RULES = ["nobody", "when-all-agree", "therapist-for-training"] as const;
export const SCREENSHOT_RULES = ["nobody", "own-words", "when-all-agree"] as const;
export const SOCIAL_MEDIA_RULES = ["nothing", "own-story"] as const;
export const RECORD_FORMS = ["one", "one-with-own-parts", "separate"] as const;
export const RECORD_ACCESS = ["all-agree", "own-part"] as const;
export const COURT_SECRECY = ["not-promised", "promised"] as const;
export const TESTIMONY_RULES = ["by-order", "when-all-agree"] as const;
export const MINOR_LEVELS = ["private", "partial", "open"] as const;
export const GUARDIAN_TOPICS = ["attendance", "serious-risk", "how-it-goes", "topics", "content"] as const;
export const CONSENT_ROUTES = ["guardians", "minor", "court", "agency"] as const;
export const MESSAGE_CHANNELS = ["room", "call", "text", "email", "video"] as const;
export const WORRY_ROUTES = ["therapist", "privacy-officer", "outside"] as const;
export const LEAK_STEPS = ["talk", "repair-plan", "pause-alone", "end-joint"] as const;
export const LEAK_PROMISES = [
  "safety-first",
  "stop-it",
  "tell-you",
  "say-sorry",
  "your-choices",
  "mend-cause",
  "ask-again",
] as const;

const NAME_BYTES_MAX = 200;
/** What fits a line of up to 200 characters in any script. */
const LINE_BYTES_MAX = 800;
const SUPPORTERS_MAX = 50;
const MINORS_MAX = 50;
const GUARDIANS_MAX = 20;

const months = unsigned(2);

type OneOf<Names extends readonly string[]> = Names[number];
type SomeOf<Names extends readonly string[]> = readonly Names[number][];

type ClientChoice =
  | { readonly kind: "unit" }
  | { readonly kind: "individual"; readonly client: string }
  | { readonly kind: "parallel" };

type SecretsPolicy =
  | { readonly kind: "no-secrets" }
  | { readonly kind: "limited"; readonly categories: SomeOf<typeof SECRET_CATEGORIES> }
  | { readonly kind: "discretion"; readonly tellsSpeakerFirst: boolean }
  | { readonly kind: "full" }
  | { readonly kind: "no-individual-contact"; readonly isScreenedFirst: boolean };

type RetentionRule = {
  readonly place: string;
  readonly title: string;
  readonly citation: string;
  readonly verified: boolean;
  readonly asOf: string;
  readonly familyMonths: number;
  readonly recordMonths: number;
  readonly minorMonths: number;
  readonly maximumMonths: number | null;
};

type MinorChoice = {
  readonly minor: string;
  readonly level: OneOf<typeof MINOR_LEVELS>;
  readonly told: SomeOf<typeof GUARDIAN_TOPICS>;
  readonly tellsMinorFirst: boolean;
  readonly route: OneOf<typeof CONSENT_ROUTES>;
  readonly guardians: readonly string[];
};

/** One choice a part. */
export type AgreementChoices = {
  readonly client: ClientChoice;
  readonly policy: SecretsPolicy;
  readonly contacts: SomeOf<typeof CONTACT_KINDS>;
  readonly telling: {
    readonly graceUnit: OneOf<typeof GRACE_UNITS>;
    readonly graceCount: number;
    readonly ifNotTold: OneOf<typeof IF_NOT_TOLD>;
  };
  readonly limits: SomeOf<typeof CONFIDENTIALITY_LIMITS>;
  readonly earlier: OneOf<typeof EARLIER_KINDS>;
  readonly outsiders: {
    readonly release: OneOf<typeof RELEASE_RULES>;
    readonly teensSign: boolean;
    readonly exceptions: SomeOf<typeof RELEASE_EXCEPTIONS>;
    readonly confiding: OneOf<typeof CONFIDING_RULES>;
    readonly supporters: readonly {
      readonly of: string;
      readonly name: string;
      readonly about: OneOf<typeof SUPPORTER_TOPICS>;
    }[];
  };
  readonly promises: {
    readonly recordings: OneOf<typeof RECORDING_RULES>;
    readonly screenshots: OneOf<typeof SCREENSHOT_RULES>;
    readonly markedViews: boolean;
    readonly socialMedia: OneOf<typeof SOCIAL_MEDIA_RULES>;
    readonly notInCourt: boolean;
  };
  readonly records: {
    readonly form: OneOf<typeof RECORD_FORMS>;
    readonly access: OneOf<typeof RECORD_ACCESS>;
    readonly retention: RetentionRule | null;
  };
  readonly court: {
    readonly secrecy: OneOf<typeof COURT_SECRECY>;
    readonly testimony: OneOf<typeof TESTIMONY_RULES>;
  };
  readonly minors: readonly MinorChoice[];
  readonly messages: {
    readonly channels: readonly {
      readonly channel: OneOf<typeof MESSAGE_CHANNELS>;
      readonly answerHours: number | null;
    }[];
    readonly crisisLine: { readonly name: string; readonly number: string } | null;
  };
  readonly change: { readonly checkInMonths: number; readonly reviewMonths: number };
  readonly worries: {
    readonly routes: readonly { readonly route: OneOf<typeof WORRY_ROUTES>; readonly contact: string }[];
    readonly members: SomeOf<typeof LEAK_STEPS>;
    readonly practice: SomeOf<typeof LEAK_PROMISES>;
    readonly firstWordHours: number;
  };
};

/** A practice's rule of how long records are kept, as it was when the agreement was made. */
const retention: Field<RetentionRule> = record({
  place: text(60),
  title: text(300),
  citation: text(400),
  verified: flag,
  asOf: text(40),
  familyMonths: months,
  recordMonths: months,
  minorMonths: months,
  maximumMonths: orNull(months),
});

const minor: Field<MinorChoice> = record({
  minor: id,
  level: choice(MINOR_LEVELS),
  told: some(GUARDIAN_TOPICS),
  tellsMinorFirst: flag,
  route: choice(CONSENT_ROUTES),
  guardians: sortedBy(id, GUARDIANS_MAX, (guardian) => guardian),
});

/** The parts in the order in which they are read. */
export const choicesField: Field<AgreementChoices> = record({
  client: kinds<ClientChoice>({ unit: nothing, individual: record({ client: id }), parallel: nothing }),
  policy: kinds<SecretsPolicy>({
    "no-secrets": nothing,
    limited: record({ categories: some(SECRET_CATEGORIES) }),
    discretion: record({ tellsSpeakerFirst: flag }),
    full: nothing,
    "no-individual-contact": record({ isScreenedFirst: flag }),
  }),
  contacts: some(CONTACT_KINDS),
  telling: record({
    graceUnit: choice(GRACE_UNITS),
    graceCount: unsigned(2),
    ifNotTold: choice(IF_NOT_TOLD),
  }),
  limits: some(CONFIDENTIALITY_LIMITS),
  earlier: choice(EARLIER_KINDS),
  outsiders: record({
    release: choice(RELEASE_RULES),
    teensSign: flag,
    exceptions: some(RELEASE_EXCEPTIONS),
    confiding: choice(CONFIDING_RULES),
    supporters: listOf(
      record({ of: id, name: text(NAME_BYTES_MAX), about: choice(SUPPORTER_TOPICS) }),
      SUPPORTERS_MAX,
    ),
  }),
  promises: record({
    recordings: choice(RECORDING_RULES),
    screenshots: choice(SCREENSHOT_RULES),
    markedViews: flag,
    socialMedia: choice(SOCIAL_MEDIA_RULES),
    notInCourt: flag,
  }),
  records: record({
    form: choice(RECORD_FORMS),
    access: choice(RECORD_ACCESS),
    retention: orNull(retention),
  }),
  court: record({ secrecy: choice(COURT_SECRECY), testimony: choice(TESTIMONY_RULES) }),
  minors: uniqueBy(minor, MINORS_MAX, (one) => one.minor),
  messages: record({
    channels: sortedBy(
      record({ channel: choice(MESSAGE_CHANNELS), answerHours: orNull(unsigned(2)) }),
      MESSAGE_CHANNELS.length,
      ({ channel }) => MESSAGE_CHANNELS.indexOf(channel),
    ),
    crisisLine: orNull(record({ name: text(LINE_BYTES_MAX), number: text(LINE_BYTES_MAX) })),
  }),
  change: record({ checkInMonths: months, reviewMonths: months }),
  worries: record({
    routes: sortedBy(
      record({ route: choice(WORRY_ROUTES), contact: text(LINE_BYTES_MAX) }),
      WORRY_ROUTES.length,
      ({ route }) => WORRY_ROUTES.indexOf(route),
    ),
    members: some(LEAK_STEPS),
    practice: some(LEAK_PROMISES),
    firstWordHours: unsigned(2),
  }),
});
