/**
 * How long the practice keeps a family's rooms, as it has decided. Periods are whole months, counted after the family was closed; where somebody under age
 * is in the record, `minorMonths` counts from when the youngest comes of age, and the later of the two holds. The rest says where the practice
 * started from.
 */
export interface RetentionRule {
  /** The place whose rule it started from; empty when the practice wrote its own. */
  readonly place: string;
  readonly title: string;
  readonly citation: string;
  /** False: to be confirmed with counsel. */
  readonly verified: boolean;
  readonly asOf: string;
  /** The rooms with the family: shared, of some, private. */
  readonly familyMonths: number;
  /** The professionals' own room, which is the record. Never shorter than the other. */
  readonly recordMonths: number;
  readonly minorMonths: number;
  /** After which the place does not allow it to be kept any longer; null where it says nothing of that. */
  readonly maximumMonths: number | null;
}

export const RETENTION_MONTHS_MAX = 1200;

export type RuleProblem = "out-of-range" | "record-shorter" | "beyond-maximum";

/** Why a rule makes no sense; null when it does. A rule with a problem is nobody's. */
export function problemOfRule(rule: RetentionRule): RuleProblem | null {
  const { familyMonths, maximumMonths, minorMonths, recordMonths } = rule;
  const isInRange = (months: number): boolean =>
    Number.isInteger(months) && months >= 0 && months <= RETENTION_MONTHS_MAX;
  const all = [familyMonths, recordMonths, minorMonths, ...(maximumMonths === null ? [] : [maximumMonths])];
  if (!all.every(isInRange)) return "out-of-range";
  if (recordMonths < familyMonths) return "record-shorter";
  return maximumMonths !== null && maximumMonths < recordMonths ? "beyond-maximum" : null;
}
