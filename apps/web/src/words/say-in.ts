const DAY_MS = 24 * 60 * 60 * 1000;

const formats = new Map<string, Intl.DateTimeFormat>();

/** Making a format takes longer than a hundred uses of it. */
const format = (locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat => {
  const key = `${locale} ${JSON.stringify(options)}`;
  const made = formats.get(key) ?? new Intl.DateTimeFormat(locale, options);
  formats.set(key, made);
  return made;
};

const midnightOf = (at: number): number => new Date(at).setHours(0, 0, 0, 0);

// Rounded, because a day with a change of the clock is not 24 hours long.
const daysBefore = (at: number, now: number): number =>
  Math.round((midnightOf(now) - midnightOf(at)) / DAY_MS);

/** How names, days and times are said in a language. `usual`: its kind where the reader's browser names none. */
export interface Saying {
  readonly language: string;
  readonly usual: string;
  readonly today: string;
  readonly yesterday: string;
}

/** What says names, days and times in one language: the reader's own kind of it, so that a month has one language with the words around it. */
export function sayIn({ language, today, usual, yesterday }: Saying) {
  const isOfIt = new RegExp(`^${language}\\b`);
  const locale = (): string => navigator.languages.find((one) => isOfIt.test(one)) ?? usual;
  const date = (at: number): string => format(locale(), { dateStyle: "medium" }).format(at);
  const clock = (at: number): string => format(navigator.language, { timeStyle: "short" }).format(at);
  const weekday = (at: number): string => format(locale(), { weekday: "long" }).format(at);
  return {
    /** Names one after the other, with "and" before the last. */
    list: (names: readonly string[]): string =>
      new Intl.ListFormat(language, { type: "conjunction" }).format(names),
    date,
    /** The time of day as the reader's own locale writes it. */
    clock,
    weekday,
    /** The day of a message as people say it. */
    day: (at: number, now: number): string => {
      const daysAgo = daysBefore(at, now);
      if (daysAgo === 0) return today;
      if (daysAgo === 1) return yesterday;
      const isThisYear = new Date(at).getFullYear() === new Date(now).getFullYear();
      const options = { weekday: "long", day: "numeric", month: "long" } as const;
      return format(locale(), isThisYear ? options : { ...options, year: "numeric" }).format(at);
    },
    /** When something was said, as short as it can be in a list. */
    when: (at: number, now: number): string => {
      const daysAgo = daysBefore(at, now);
      if (daysAgo === 0) return clock(at);
      if (daysAgo === 1) return yesterday;
      return daysAgo > 1 && daysAgo < 7 ? weekday(at) : date(at);
    },
  };
}
