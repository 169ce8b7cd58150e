import * as choose from "./choices.ts";
import { AGREEMENT_PARTS } from "./part.ts";
import type { AgreementPart } from "./part.ts";

const each = <Prefix extends string, Value extends string>(
  prefix: Prefix,
  values: readonly Value[],
): readonly `${Prefix}.${Value}`[] => values.map((value) => `${prefix}.${value}` as const);

/** Every sentence that an agreement can say. It begins with its part; the words for it are content. */
export const CLAUSE_CODES = [
  ...each("client", choose.CLIENT_MODELS),
  ...each("policy", choose.POLICY_KINDS),
  ...each("policy.category", choose.SECRET_CATEGORIES),
  ...each("policy", ["tells-speaker-first", "may-not-tell-first", "screened", "not-screened"]),
  ...each("contacts", choose.CONTACT_KINDS),
  ...each("telling", ["help-first", ...choose.GRACE_UNITS, ...choose.IF_NOT_TOLD, "no-reason"]),
  ...each("telling", ["judged", "stays", "together"]),
  ...each("limits", choose.CONFIDENTIALITY_LIMITS),
  ...each("earlier", choose.EARLIER_KINDS),
  ...each("outsiders", choose.RELEASE_RULES),
  ...each("outsiders", ["teens-sign"]),
  ...each("outsiders.exception", choose.RELEASE_EXCEPTIONS),
  ...each("outsiders.confide", choose.CONFIDING_RULES),
  ...each("outsiders.supporter", choose.SUPPORTER_TOPICS),
  ...each("promises.recording", choose.RECORDING_RULES),
  ...each("promises.screenshot", choose.SCREENSHOT_RULES),
  ...each("promises.social", choose.SOCIAL_MEDIA_RULES),
  ...each("promises", ["marked", "not-in-court", "not-in-fights", "no-questioning"]),
  ...each("records.form", choose.RECORD_FORMS),
  ...each("records.access", choose.RECORD_ACCESS),
  ...each("records", ["kept", "kept-minor", "kept-most", "kept-open"]),
  ...each("court", choose.COURT_SECRECY),
  ...each("court", choose.TESTIMONY_RULES),
  ...each("minors", choose.MINOR_LEVELS),
  ...each("minors.told", choose.GUARDIAN_TOPICS),
  ...each("minors", ["tells-first"]),
  ...each("minors.consent", choose.CONSENT_ROUTES),
  ...each("messages", choose.MESSAGE_CHANNELS),
  ...each("messages.answer", choose.MESSAGE_CHANNELS),
  ...each("messages", ["crisis", "no-crisis"]),
  ...each("change", ["everyone-signs", "not-backwards", "withdraw", "check-in", "review"]),
  ...each("worries.route", choose.WORRY_ROUTES),
  ...each("worries.members", choose.LEAK_STEPS),
  ...each("worries.practice", choose.LEAK_PROMISES),
  ...each("worries", ["first-word"]),
] as const;
export type ClauseCode = (typeof CLAUSE_CODES)[number];

const CODES: ReadonlySet<string> = new Set(CLAUSE_CODES);

/** True for a clause that there is. */
export function isClauseCode(text: string): text is ClauseCode {
  return CODES.has(text);
}

/** The part in which a clause stands. */
export function clausePart(code: ClauseCode): AgreementPart {
  const part = AGREEMENT_PARTS.find((one) => code.startsWith(`${one}.`));
  // Every code is made from the name of a part, above.
  return part ?? "client";
}

/** What words for a clause may have put into them, between braces. */
export const CLAUSE_VALUES = [
  "person",
  "minor",
  "guardians",
  "name",
  "number",
  "contact",
  "count",
  "hours",
  "months",
  "years",
] as const;
export type ClauseValue = (typeof CLAUSE_VALUES)[number];

/** The values that a clause has. Words that ask for another refer to nothing. */
export function clauseValues(code: ClauseCode): readonly ClauseValue[] {
  if (code === "client.individual") return ["person"];
  if (code === "telling.sessions" || code === "telling.days") return ["count"];
  if (code.startsWith("outsiders.supporter.")) return ["person", "name"];
  if (code.startsWith("records.kept")) return code === "records.kept-open" ? [] : ["months", "years"];
  if (code.startsWith("minors.consent.")) return ["minor", "guardians"];
  if (code.startsWith("minors.")) return ["minor"];
  if (code.startsWith("messages.answer.") || code === "worries.first-word") return ["hours"];
  if (code === "messages.crisis") return ["name", "number"];
  if (code === "change.check-in" || code === "change.review") return ["months"];
  return code.startsWith("worries.route.") ? ["contact"] : [];
}
