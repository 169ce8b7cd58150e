const DAY_MS = 24 * 60 * 60 * 1000;

/** Names one after the other, with "y" before the last. */
export const list = (names: readonly string[]): string =>
  new Intl.ListFormat("es", { type: "conjunction" }).format(names);

/** The reader's own Spanish for dates. */
const spanish = (): string => navigator.languages.find((language) => /^es\b/.test(language)) ?? "es-419";

const formats = new Map<string, Intl.DateTimeFormat>();

/** Making a format takes longer than a hundred uses of it. */
const format = (options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat => {
  const key = JSON.stringify(options);
  const made = formats.get(key) ?? new Intl.DateTimeFormat(spanish(), options);
  formats.set(key, made);
  return made;
};

export const date = (at: number): string => format({ dateStyle: "medium" }).format(at);

/** The time of day as the reader's own locale writes it. */
export const clock = (at: number): string =>
  new Intl.DateTimeFormat(navigator.language, { timeStyle: "short" }).format(at);

export const weekday = (at: number): string => format({ weekday: "long" }).format(at);

const midnightOf = (at: number): number => new Date(at).setHours(0, 0, 0, 0);

// Rounded, because a day with a change of the clock is not 24 hours long.
const daysBefore = (at: number, now: number): number =>
  Math.round((midnightOf(now) - midnightOf(at)) / DAY_MS);

/** The day of a message as people say it. */
export const day = (at: number, now: number): string => {
  const daysAgo = daysBefore(at, now);
  if (daysAgo === 0) return "Hoy";
  if (daysAgo === 1) return "Ayer";
  const isThisYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  const options = { weekday: "long", day: "numeric", month: "long" } as const;
  return format(isThisYear ? options : { ...options, year: "numeric" }).format(at);
};

/** When something was said, as short as it can be in a list. */
export const when = (at: number, now: number): string => {
  const daysAgo = daysBefore(at, now);
  if (daysAgo === 0) return clock(at);
  if (daysAgo === 1) return "Ayer";
  return daysAgo > 1 && daysAgo < 7 ? weekday(at) : date(at);
};
