/** A day of the calendar. A birthday has no hour and no time zone. */
export interface Day {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** True for a day that there is. */
export function isDay({ day, month, year }: Day): boolean {
  const at = new Date(Date.UTC(year, month - 1, day));
  return (
    Number.isInteger(year) &&
    year >= 1900 &&
    year <= 2200 &&
    at.getUTCFullYear() === year &&
    at.getUTCMonth() === month - 1 &&
    at.getUTCDate() === day
  );
}

/** When somebody comes to be so many years old, in UTC. Who was born on 29 February does on 1 March in other years. */
export function birthdayAt(born: Day, age: number): number {
  return Date.UTC(born.year + age, born.month - 1, born.day);
}

/** How many whole years old somebody is on a day. */
export function ageOn(born: Day, on: Day): number {
  const isBefore = on.month < born.month || (on.month === born.month && on.day < born.day);
  return on.year - born.year - (isBefore ? 1 : 0);
}
