const DAY_MS = 24 * 60 * 60 * 1000;

/** Names one after the other, with "and" before the last. */
export const list = (names: readonly string[]): string =>
  new Intl.ListFormat("en", { type: "conjunction" }).format(names);

/** The reader's own English for dates, so that a month has one language with the words around it. */
const english = (): string => navigator.languages.find((language) => /^en\b/.test(language)) ?? "en-GB";

const formats = new Map<string, Intl.DateTimeFormat>();

/** Making a format takes longer than a hundred uses of it. */
const format = (locale: string | undefined, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat => {
  const key = `${locale ?? ""} ${JSON.stringify(options)}`;
  const made = formats.get(key) ?? new Intl.DateTimeFormat(locale, options);
  formats.set(key, made);
  return made;
};

export const date = (at: number): string => format(english(), { dateStyle: "medium" }).format(at);

/** The time of day as the reader's own locale writes it. */
export const clock = (at: number): string => format(navigator.language, { timeStyle: "short" }).format(at);

export const weekday = (at: number): string => new Intl.DateTimeFormat("en", { weekday: "long" }).format(at);

const midnightOf = (at: number): number => new Date(at).setHours(0, 0, 0, 0);

// Rounded, because a day with a change of the clock is not 24 hours long.
const daysBefore = (at: number, now: number): number =>
  Math.round((midnightOf(now) - midnightOf(at)) / DAY_MS);

/** The day of a message as people say it. */
export const day = (at: number, now: number): string => {
  const daysAgo = daysBefore(at, now);
  if (daysAgo === 0) return "Today";
  if (daysAgo === 1) return "Yesterday";
  const isThisYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  const options = { weekday: "long", day: "numeric", month: "long" } as const;
  return format(english(), isThisYear ? options : { ...options, year: "numeric" }).format(at);
};

/** When something was said, as short as it can be in a list. */
export const when = (at: number, now: number): string => {
  const daysAgo = daysBefore(at, now);
  if (daysAgo === 0) return clock(at);
  if (daysAgo === 1) return "Yesterday";
  return daysAgo > 1 && daysAgo < 7 ? format(english(), { weekday: "long" }).format(at) : date(at);
};
