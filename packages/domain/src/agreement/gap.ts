import type { PersonId } from "../id.ts";
import type { AgreementPart } from "./part.ts";

/** What is missing or contradicts itself in an agreement that is composed. */
export const GAP_KINDS = [
  "part-open",
  "part-without-words",
  "nobody-bound",
  "no-therapist",
  "person-twice",
  "person-unknown",
  "does-not-sign",
  "no-place",
  "place-unverified",
  "client-missing",
  "policy-over-unsigned",
  "nobody-to-tell",
  "no-categories",
  "not-screened",
  "alone-though-never-alone",
  "nothing-covered",
  "channel-not-covered",
  "limit-missing",
  "release-too-narrow",
  "supporter-not-allowed",
  "access-too-wide",
  "retention-open",
  "retention-unverified",
  "secrecy-in-court",
  "minor-without-promise",
  "minor-twice",
  "minor-not-party",
  "minor-without-consent",
  "guardian-unknown",
  "promises-differ",
  "risk-not-told",
  "level-against-policy",
  "age-unknown",
  "of-age",
  "level-doubtful",
  "route-doubtful",
  "no-channel",
  "open-channel",
  "no-crisis-line",
  "review-late",
  "no-worry-route",
  "no-leak-promise",
  "out-of-range",
  "own-words-refused",
  "own-words-unsure",
] as const;
export type GapKind = (typeof GAP_KINDS)[number];

/**
 * `blocks`: it cannot be offered so. `doubtful`: a person has to look, and decides. `note`: worth knowing. What the law of a place says never blocks.
 */
export type GapWeight = "blocks" | "doubtful" | "note";

/** Something to mend, and where. */
export interface Gap {
  readonly kind: GapKind;
  readonly weight: GapWeight;
  readonly part: AgreementPart;
  readonly person?: PersonId;
  /** What it is about besides: a limit, a channel, a topic, a reader. */
  readonly about?: string;
  /** The place whose rule makes it doubtful, with what is known of that rule. */
  readonly place?: {
    readonly code: string;
    readonly citation: string;
    readonly verified: boolean;
    readonly asOf: string;
  };
}
