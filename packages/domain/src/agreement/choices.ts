import type { PersonId } from "../id.ts";
import type { RetentionRule } from "../retention/rule.ts";
import type { AgreementPart } from "./part.ts";

/*
 * What may be chosen in each of the fourteen parts. Everything here is taken by a person; what follows from it for what may be told to whom is
 * worked out in `compile.ts`, and nowhere else.
 */

/** Who the client is (section 3, models A to C): the couple or family as a whole, one person with collaterals, or several side by side. */
export const CLIENT_MODELS = ["unit", "individual", "parallel"] as const;
export type ClientModel = (typeof CLIENT_MODELS)[number];
export type ClientChoice =
  | { readonly kind: "unit" }
  | { readonly kind: "individual"; readonly client: PersonId }
  | { readonly kind: "parallel" };

/** What a member may keep to themselves under a limited policy only for a while (section 5). Safety is none of them: it stands outside every policy. */
export const SECRET_CATEGORIES = ["affair", "ending", "money", "health", "substances", "goals"] as const;
export type SecretCategory = (typeof SECRET_CATEGORIES)[number];

/** What the therapist does with what one member tells alone (section 5). */
export const POLICY_KINDS = ["no-secrets", "limited", "discretion", "full", "no-individual-contact"] as const;
export type PolicyKind = (typeof POLICY_KINDS)[number];
export type SecretsPolicy =
  | { readonly kind: "no-secrets" }
  | { readonly kind: "limited"; readonly categories: readonly SecretCategory[] }
  | { readonly kind: "discretion"; readonly tellsSpeakerFirst: boolean }
  | { readonly kind: "full" }
  /** `isScreenedFirst`: each was asked alone about violence before, since it cannot be asked safely together. */
  | { readonly kind: "no-individual-contact"; readonly isScreenedFirst: boolean };

/** The ways in which something may be told outside a joint session (R-40, 3). */
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
export type ContactKind = (typeof CONTACT_KINDS)[number];

export const GRACE_UNITS = ["sessions", "days"] as const;
export type GraceUnit = (typeof GRACE_UNITS)[number];

/** What else happens when somebody does not tell it themselves in time. The reason is never given. */
export const IF_NOT_TOLD = ["pause", "end", "refer"] as const;
export type IfNotTold = (typeof IF_NOT_TOLD)[number];

/** How long somebody has to tell it themselves, with help, and what comes after (R-40, 4). */
export interface TellingChoice {
  readonly graceUnit: GraceUnit;
  readonly graceCount: number;
  readonly ifNotTold: IfNotTold;
}

/** Limits of confidentiality: when something has to be told whatever was promised (section 7). */
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
export type ConfidentialityLimit = (typeof CONFIDENTIALITY_LIMITS)[number];

/** Without these no agreement says what is not covered: safety, abuse, self-harm, what the law forces out (R-40, 5). */
export const ESSENTIAL_LIMITS = [
  "child-abuse",
  "adult-abuse",
  "danger-to-self",
  "danger-to-others",
  "court-order",
] as const satisfies readonly ConfidentialityLimit[];

/** What was said before signing is never opened by it: it stays, or its owner may permit it by a word of its own. */
export const EARLIER_KINDS = ["stays-private", "by-permission"] as const;
export type EarlierChoice = (typeof EARLIER_KINDS)[number];

/** Who has to sign before anything leaves the family (R-02; section 3): everyone, or each for what is their own and everyone for what is joint. */
export const RELEASE_RULES = ["everyone", "each-for-own"] as const;
export type ReleaseRule = (typeof RELEASE_RULES)[number];
/** What may leave without a release, named in the agreement (R-40, 7). */
export const RELEASE_EXCEPTIONS = ["payment", "supervision", "emergency"] as const;
export type ReleaseException = (typeof RELEASE_EXCEPTIONS)[number];
/** What a member may say outside about the sessions. */
export const CONFIDING_RULES = ["own-words", "named-supporters", "nobody"] as const;
export type ConfidingRule = (typeof CONFIDING_RULES)[number];
export const SUPPORTER_TOPICS = ["own-words", "what-was-said"] as const;
export type SupporterTopic = (typeof SUPPORTER_TOPICS)[number];

/** Somebody outside in whom one member may confide, with everyone's knowledge. */
export interface Supporter {
  readonly of: PersonId;
  readonly name: string;
  readonly about: SupporterTopic;
}
export interface OutsidersChoice {
  readonly release: ReleaseRule;
  readonly teensSign: boolean;
  readonly exceptions: readonly ReleaseException[];
  readonly confiding: ConfidingRule;
  readonly supporters: readonly Supporter[];
}

export const RECORDING_RULES = ["nobody", "when-all-agree", "therapist-for-training"] as const;
export type RecordingRule = (typeof RECORDING_RULES)[number];
export const SCREENSHOT_RULES = ["nobody", "own-words", "when-all-agree"] as const;
export type ScreenshotRule = (typeof SCREENSHOT_RULES)[number];
export const SOCIAL_MEDIA_RULES = ["nothing", "own-story"] as const;
export type SocialMediaRule = (typeof SOCIAL_MEDIA_RULES)[number];

/** What members promise each other (R-40, 8). That nobody uses it in fights or questions children about their sessions is no choice: it always holds. */
export interface PromisesChoice {
  readonly recordings: RecordingRule;
  readonly screenshots: ScreenshotRule;
  /** Views carry the name of whoever looks. */
  readonly markedViews: boolean;
  readonly socialMedia: SocialMediaRule;
  /** Nobody brings it to court against another. */
  readonly notInCourt: boolean;
}

export const RECORD_FORMS = ["one", "one-with-own-parts", "separate"] as const;
export type RecordForm = (typeof RECORD_FORMS)[number];
export const RECORD_ACCESS = ["all-agree", "own-part"] as const;
export type RecordAccess = (typeof RECORD_ACCESS)[number];

/** How records are kept and who gets to see them (R-21; sections 10 and 15). */
export interface RecordsChoice {
  readonly form: RecordForm;
  readonly access: RecordAccess;
  /** Null while the practice has not said how long it keeps them. */
  readonly retention: RetentionRule | null;
}

/** What the practice says of court. `promised` can be chosen, so that it can be said why it cannot be kept. */
export const COURT_SECRECY = ["not-promised", "promised"] as const;
export const TESTIMONY_RULES = ["by-order", "when-all-agree"] as const;
export interface CourtChoice {
  readonly secrecy: (typeof COURT_SECRECY)[number];
  readonly testimony: (typeof TESTIMONY_RULES)[number];
}

/** How much of what a minor says stays with the therapist: all but safety, the details, or nothing. */
export const MINOR_LEVELS = ["private", "partial", "open"] as const;
export type MinorLevel = (typeof MINOR_LEVELS)[number];
export const GUARDIAN_TOPICS = ["attendance", "serious-risk", "how-it-goes", "topics", "content"] as const;
export type GuardianTopic = (typeof GUARDIAN_TOPICS)[number];
/** Who agrees to the treatment of a minor. */
export const CONSENT_ROUTES = ["guardians", "minor", "court", "agency"] as const;
export type ConsentRoute = (typeof CONSENT_ROUTES)[number];

export interface MinorChoice {
  readonly minor: PersonId;
  readonly level: MinorLevel;
  /** What guardians are told: the same list is promised to both sides. */
  readonly told: readonly GuardianTopic[];
  readonly tellsMinorFirst: boolean;
  readonly route: ConsentRoute;
  /** Whose consent is asked for: all of them, or nobody's where the minor consents alone. */
  readonly guardians: readonly PersonId[];
}

export const MESSAGE_CHANNELS = ["room", "call", "text", "email", "video"] as const;
export type MessageChannel = (typeof MESSAGE_CHANNELS)[number];

/** A channel in use and within how many hours it is answered; null where nobody promises that. */
export interface ChannelChoice {
  readonly channel: MessageChannel;
  readonly answerHours: number | null;
}
export interface MessagesChoice {
  readonly channels: readonly ChannelChoice[];
  /** Whom to call when it cannot wait; null while nobody has been named. */
  readonly crisisLine: { readonly name: string; readonly number: string } | null;
}

/** When it is talked about again (section 18.3). */
export interface ChangeChoice {
  readonly checkInMonths: number;
  readonly reviewMonths: number;
}

export const WORRY_ROUTES = ["therapist", "privacy-officer", "outside"] as const;
export type WorryRoute = (typeof WORRY_ROUTES)[number];
/** What follows for members when one of them passed something on (leaks.md 6). */
export const LEAK_STEPS = ["talk", "repair-plan", "pause-alone", "end-joint"] as const;
export type LeakStep = (typeof LEAK_STEPS)[number];
/** What the practice promises to do at a leak (leaks.md 2.4 and 6.2). */
export const LEAK_PROMISES = [
  "safety-first",
  "stop-it",
  "tell-you",
  "say-sorry",
  "your-choices",
  "mend-cause",
  "ask-again",
] as const;
export type LeakPromise = (typeof LEAK_PROMISES)[number];

export interface WorriesChoice {
  readonly routes: readonly { readonly route: WorryRoute; readonly contact: string }[];
  readonly members: readonly LeakStep[];
  readonly practice: readonly LeakPromise[];
  /** Within how many hours the practice speaks to whoever it touches. */
  readonly firstWordHours: number;
}

/** One choice a part: what the family signs. */
export interface Choices {
  readonly client: ClientChoice;
  readonly policy: SecretsPolicy;
  readonly contacts: readonly ContactKind[];
  readonly telling: TellingChoice;
  readonly limits: readonly ConfidentialityLimit[];
  readonly earlier: EarlierChoice;
  readonly outsiders: OutsidersChoice;
  readonly promises: PromisesChoice;
  readonly records: RecordsChoice;
  readonly court: CourtChoice;
  readonly minors: readonly MinorChoice[];
  readonly messages: MessagesChoice;
  readonly change: ChangeChoice;
  readonly worries: WorriesChoice;
}

/** Choices as they are while composing: null where nobody has chosen yet. */
export type OpenChoices = { readonly [Part in AgreementPart]: Choices[Part] | null };

/** The choices when all fourteen parts are decided; null while one is open. */
export function decidedChoices(open: OpenChoices): Choices | null {
  const isOpen = Object.values(open).some((choice) => choice === null);
  // No part is null, which is all that the two types differ in.
  return isOpen ? null : (open as Choices);
}
