/**
 * What the law of a place says of minors, as it was when an agreement was made. It is shown, and makes things doubtful; it never decides. All of it
 * comes as data with its citation, and goes into the version that is signed, so that it can be seen later what was known then.
 */

/** Who lets guardians know, by that place: the minor who may consent, the professional, guardians who are to take part, whoever consented, or other law. */
export const PLACE_TELLING = [
  "minor-decides",
  "professional-may-tell",
  "guardians-take-part",
  "by-consent",
  "other-law",
] as const;
export type PlaceTelling = (typeof PLACE_TELLING)[number];

export interface Place {
  /** The code of its law in the reference data. */
  readonly code: string;
  readonly name: string;
  /** From which age a minor may consent alone; null where no age is fixed or it is not said. */
  readonly minorAge: number | null;
  /** There is more to it than an age, and a person has to look. */
  readonly hasConditions: boolean;
  /** A place may say more than one of them. */
  readonly telling: readonly PlaceTelling[];
  readonly citation: string;
  /** False: to be confirmed with counsel. */
  readonly verified: boolean;
  readonly asOf: string;
}

/** At which somebody is no minor any more in every place that is known here (domain R-61). */
export const OF_AGE = 18;

/** The ages at which something may change in these places, the lowest first. */
export function thresholdsOf(places: readonly Place[]): readonly number[] {
  const ages = places.flatMap(({ minorAge }) => (minorAge === null ? [] : [minorAge]));
  return [...new Set([...ages, OF_AGE])].toSorted((one, other) => one - other);
}
