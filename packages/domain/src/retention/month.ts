/** A month of a year, 1 to 12: as exactly as anybody has to say when somebody comes of age. */
export interface Month {
  readonly year: number;
  readonly month: number;
}

export const MONTH_YEARS = { least: 1900, most: 2200 } as const;

export function isMonth({ month, year }: Month): boolean {
  const isYear = Number.isInteger(year) && year >= MONTH_YEARS.least && year <= MONTH_YEARS.most;
  return isYear && Number.isInteger(month) && month >= 1 && month <= 12;
}

/** When a month is over, in UTC: nobody who comes of age in it has not by then. */
export function endOfMonth({ month, year }: Month): number {
  return Date.UTC(year, month, 1);
}

/** So many months later, in UTC; the month's last moment where it has no such day. A later beginning never gives an earlier end. */
export function addMonths(at: number, months: number): number {
  const from = new Date(at);
  const [year, month] = [from.getUTCFullYear(), from.getUTCMonth()];
  const sameDay = Date.UTC(year, month + months, from.getUTCDate());
  const monthEnd = Date.UTC(year, month + months + 1, 1);
  // What is left of the day is the same on every day of UTC.
  return sameDay < monthEnd ? sameDay + (at - Date.UTC(year, month, from.getUTCDate())) : monthEnd - 1;
}
