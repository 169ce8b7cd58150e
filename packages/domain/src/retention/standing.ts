import type { HoldReason, KeptRecord } from "./record.ts";
import { addMonths, endOfMonth } from "./month.ts";
import type { RetentionRule } from "./rule.ts";

/** The rooms with the family, or the professionals' own: each has its period. */
export type RoomsKept = "family" | "record";

/** What keeps rooms from being ended. `not-due` and `minor` name when they no longer do. */
export type Obstacle =
  | { readonly kind: "no-rule" }
  | { readonly kind: "open" }
  | { readonly kind: "held"; readonly reason: HoldReason }
  | { readonly kind: "minor-unknown" }
  | { readonly kind: "minor"; readonly until: number }
  | { readonly kind: "not-due"; readonly until: number };

/** How rooms of a family stand to the practice's rule. */
export interface Standing {
  /** Everything that stands in the way, all of it at once; nothing when they may be ended. */
  readonly obstacles: readonly Obstacle[];
  /** When time alone no longer stands in the way; null while that cannot be known. */
  readonly dueAt: number | null;
  /** After which the place does not allow them to be kept. It moves nothing that stands in the way: two people weigh the one against the other. */
  readonly maximumAt: number | null;
  readonly isPastMaximum: boolean;
}

/** What stands in the way of ending these rooms of a family now, and when they are due. */
export function standingOf(wish: {
  readonly kept: KeptRecord;
  readonly rule: RetentionRule | null;
  readonly rooms: RoomsKept;
  readonly now: number;
}): Standing {
  const { kept, now, rooms, rule } = wish;
  const { closedAt, comesOfAge, hasMinor, hold } = kept;
  const obstacles: Obstacle[] = [];
  if (rule === null) obstacles.push({ kind: "no-rule" });
  if (closedAt === null) obstacles.push({ kind: "open" });
  if (hold !== null) obstacles.push({ kind: "held", reason: hold });
  // Whoever was named under age by mistake is dealt with by a month that is over; nothing is dealt with by renaming them.
  const isMinorUnknown = hasMinor && comesOfAge === null;
  if (isMinorUnknown) obstacles.push({ kind: "minor-unknown" });
  const ofAgeAt =
    rule === null || comesOfAge === null ? null : addMonths(endOfMonth(comesOfAge), rule.minorMonths);
  if (ofAgeAt !== null && now < ofAgeAt) obstacles.push({ kind: "minor", until: ofAgeAt });
  const months = rule === null ? null : rooms === "family" ? rule.familyMonths : rule.recordMonths;
  const overAt = months === null || closedAt === null ? null : addMonths(closedAt, months);
  if (overAt !== null && now < overAt) obstacles.push({ kind: "not-due", until: overAt });
  const isKnown = overAt !== null && !isMinorUnknown;
  const maximumMonths = rule?.maximumMonths ?? null;
  const maximumAt = closedAt === null || maximumMonths === null ? null : addMonths(closedAt, maximumMonths);
  return {
    obstacles,
    dueAt: isKnown ? Math.max(overAt, ofAgeAt ?? overAt) : null,
    maximumAt,
    isPastMaximum: maximumAt !== null && now >= maximumAt,
  };
}
