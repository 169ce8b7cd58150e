/** Hours in which nothing rings or lights up, in minutes of the day of the person's own time zone. The same minute twice means: no quiet hours. */
export interface QuietHours {
  readonly from: number;
  readonly until: number;
  /** A name of the IANA time zone database. */
  readonly zone: string;
}

export const DAY_MINUTES = 24 * 60;
const MINUTE_MS = 60_000;

/** Nine in the evening until eight in the morning. */
export const QUIET_AT_FIRST = { from: 21 * 60, until: 8 * 60 } as const;

/** True for a time zone that this machine knows. */
export function isTimeZone(zone: string): boolean {
  try {
    minuteOfDay(zone, 0);
    return true;
  } catch {
    return false;
  }
}

/** Throws `RangeError` for a zone that is none. */
function minuteOfDay(zone: string, at: number): number {
  const clock = new Intl.DateTimeFormat("en-GB", {
    timeZone: zone,
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  });
  const [hours = "", minutes = ""] = clock.format(at).split(":");
  return Number(hours) * 60 + Number(minutes);
}

const after = (from: number, to: number): number => (to - from + DAY_MINUTES) % DAY_MINUTES;

export function isQuiet(quiet: QuietHours, at: number): boolean {
  const now = minuteOfDay(quiet.zone, at);
  return after(quiet.from, now) < after(quiet.from, quiet.until);
}

/**
 * How long from here until the quiet hours begin, by the clock on the wall; 0 within them, null when there are none. A change of the clock in between makes
 * it wrong by that change.
 */
export function untilQuietMs(quiet: QuietHours, at: number): number | null {
  if (quiet.from === quiet.until) return null;
  return isQuiet(quiet, at) ? 0 : after(minuteOfDay(quiet.zone, at), quiet.from) * MINUTE_MS;
}
