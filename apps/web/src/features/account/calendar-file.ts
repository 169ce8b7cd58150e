/** A neutral event that comes again and again in somebody's own calendar, as a file for it (RFC 5545). */
export interface CalendarEvent {
  /** Random; names nobody. */
  readonly uid: string;
  /** When the file is made. */
  readonly madeAt: number;
  /** The first time, by the clock on the wall: it stays at that time wherever the calendar is. */
  readonly start: {
    readonly year: number;
    readonly month: number;
    readonly day: number;
    readonly minute: number;
  };
  readonly every: "day" | "week";
  readonly title: string;
  readonly text: string;
}

const LINE_BYTES_MAX = 75;
const MINUTES = 10;

/** The file's text: lines that end in CR LF and are folded at 75 bytes (3.1). */
export function makeCalendarFile(event: CalendarEvent): string {
  const { day, minute, month, year } = event.start;
  const date = `${digits(year, 4)}${digits(month, 2)}${digits(day, 2)}`;
  const time = `${digits(Math.floor(minute / 60), 2)}${digits(minute % 60, 2)}00`;
  const lines = [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//Sotto//EN",
    "BEGIN:VEVENT",
    `UID:${event.uid}`,
    `DTSTAMP:${new Date(event.madeAt).toISOString().replaceAll(/[-:]|\.\d+/g, "")}`,
    // No time zone: a floating time (3.3.5).
    `DTSTART:${date}T${time}`,
    `DURATION:PT${String(MINUTES)}M`,
    `RRULE:FREQ=${event.every === "day" ? "DAILY" : "WEEKLY"}`,
    `SUMMARY:${escape(event.title)}`,
    `DESCRIPTION:${escape(event.text)}`,
    "CLASS:PRIVATE",
    "TRANSP:TRANSPARENT",
    "BEGIN:VALARM",
    "ACTION:DISPLAY",
    `DESCRIPTION:${escape(event.title)}`,
    "TRIGGER:PT0S",
    "END:VALARM",
    "END:VEVENT",
    "END:VCALENDAR",
  ];
  return lines.map((line) => `${fold(line)}\r\n`).join("");
}

const digits = (number: number, count: number): string => String(number).padStart(count, "0");

/** 3.3.11 */
const escape = (text: string): string =>
  text.replaceAll(/[\\;,]/g, (found) => `\\${found}`).replaceAll(/\r?\n/g, "\\n");

/** A line longer than 75 bytes goes on after CR LF and a space; never within one character. */
function fold(line: string): string {
  const parts: string[] = [];
  let part = "";
  for (const character of line) {
    // Every part but the first begins with a space.
    const room = parts.length === 0 ? LINE_BYTES_MAX : LINE_BYTES_MAX - 1;
    if (bytesOf(part) + bytesOf(character) > room) {
      parts.push(part);
      part = "";
    }
    part += character;
  }
  return [...parts, part].join("\r\n ");
}

const bytesOf = (text: string): number => new TextEncoder().encode(text).length;

/** The next day of the week from this moment on, today included while the time is still to come; null for any day. */
export function firstTime(
  now: Date,
  wish: { readonly weekday: number | null; readonly minute: number },
): CalendarEvent["start"] {
  const isOver = now.getHours() * 60 + now.getMinutes() >= wish.minute;
  const ahead = wish.weekday === null ? 0 : (wish.weekday - now.getDay() + 7) % 7;
  const step = wish.weekday === null ? 1 : 7;
  const first = new Date(
    now.getFullYear(),
    now.getMonth(),
    now.getDate() + (ahead === 0 && isOver ? step : ahead),
  );
  return {
    year: first.getFullYear(),
    month: first.getMonth() + 1,
    day: first.getDate(),
    minute: wish.minute,
  };
}
