import type { PersonId } from "../id.ts";
import { addMonths } from "../retention/month.ts";
import type { EventMoment } from "./event.ts";
import type { AgreementHolds } from "./sentence.ts";
import type { AgreementState, OfferedVersion } from "./state.ts";
import { versionInForce, openOffer } from "./state.ts";
import type { AgreementVersion } from "./version.ts";

/** Under which rule something was told. `none`: confidential to the speaker. */
export type RuleAt =
  | { readonly kind: "none" }
  | { readonly kind: "version"; readonly version: AgreementVersion; readonly signedAt: number };

/** Something that was told: whose it is, and when by the server's and by its author's word. */
export interface Told extends EventMoment {
  readonly owner: PersonId;
}

/**
 * The version that its owner had signed, and that was in force, when they told something. Whatever happens to the agreement afterwards, the answer for what
 * was told before stays the same. Where a moment is shared by a beginning and a telling, the older rule holds; by a withdrawal and a telling, none. Where the
 * server's word and the author's fall under different rules, none holds: nobody opens something by saying that it was told at another time.
 */
export function ruleAt(state: AgreementState, { at, owner, writtenAt }: Told): RuleAt {
  const [one, other] = [versionAt(state, owner, at), versionAt(state, owner, writtenAt)];
  const isSame = one.kind === "version" && other.kind === "version" && one.version === other.version;
  return isSame ? one : { kind: "none" };
}

const versionAt = ({ versions }: AgreementState, owner: PersonId, at: number): RuleAt => {
  for (const one of versions) {
    const signature = one.signatures.find(
      ({ as, of, person }) => person === owner && of === owner && as !== "guardian",
    );
    if (signature === undefined || !heldAt(one, at)) continue;
    const leftAt = one.left.get(owner);
    if (leftAt !== undefined && at >= leftAt) continue;
    return { kind: "version", version: one.version, signedAt: signature.at };
  }
  return { kind: "none" };
};

const heldAt = ({ stage }: OfferedVersion, at: number): boolean => {
  switch (stage.kind) {
    case "open":
    case "void":
      return false;
    case "in-force":
      return at > stage.since;
    case "superseded":
      return at > stage.since && at <= stage.until;
    case "suspended":
      return at > stage.since && at < stage.until;
  }
};

/** Whether an agreement holds now. After a withdrawal it is suspended until a new version is in force. */
export function agreementHolds(state: AgreementState): AgreementHolds {
  if (versionInForce(state) !== null) return "in-force";
  return state.versions.some(({ stage }) => stage.kind === "suspended") ? "suspended" : "none";
}

/** Where an agreement is in its life (section 18.2). What is drafted and not offered is known to its author's device alone. */
export const AGREEMENT_PHASES = [
  "none",
  "offered",
  "in-force",
  "changing",
  "review-due",
  "suspended",
  "closed",
] as const;
export type AgreementPhase = (typeof AGREEMENT_PHASES)[number];

/** The phase now. `changing`: one is in force and the next waits for signatures. */
export function phaseOf(state: AgreementState, now: number): AgreementPhase {
  if (state.closed) return "closed";
  const holding = versionInForce(state);
  const offer = openOffer(state);
  if (holding === null) {
    if (offer !== null) return "offered";
    return agreementHolds(state) === "suspended" ? "suspended" : "none";
  }
  if (offer !== null) return "changing";
  const { stage, version } = holding;
  if (stage.kind !== "in-force") return "in-force";
  return now >= reviewAt(stage.since, version) ? "review-due" : "in-force";
}

/** When a version that holds since then is to be looked at whole again (section 18.3). */
export function reviewAt(since: number, { choices }: AgreementVersion): number {
  return addMonths(since, choices.change.reviewMonths);
}
