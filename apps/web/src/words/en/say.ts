const DAY_MS = 24 * 60 * 60 * 1000;

/** Names one after the other, with "and" before the last. */
export const list = (names: readonly string[]): string =>
  new Intl.ListFormat("en", { type: "conjunction" }).format(names);

export const date = (at: number): string => new Intl.DateTimeFormat("en", { dateStyle: "medium" }).format(at);

export const clock = (at: number): string => new Intl.DateTimeFormat("en", { timeStyle: "short" }).format(at);

export const weekday = (at: number): string => new Intl.DateTimeFormat("en", { weekday: "long" }).format(at);

const midnightOf = (at: number): number => new Date(at).setHours(0, 0, 0, 0);

/** The day of a message as people say it. */
export const day = (at: number, now: number): string => {
  // Rounded, because a day with a change of the clock is not 24 hours long.
  const daysAgo = Math.round((midnightOf(now) - midnightOf(at)) / DAY_MS);
  if (daysAgo === 0) return "Today";
  if (daysAgo === 1) return "Yesterday";
  if (daysAgo > 1 && daysAgo < 7) return weekday(at);
  return new Intl.DateTimeFormat("en", { dateStyle: "long" }).format(at);
};

/** When something was said, as short as it can be in a list. */
export const when = (at: number, now: number): string => {
  const said = day(at, now);
  if (said === "Today") return clock(at);
  return said === "Yesterday" || midnightOf(now) - midnightOf(at) < 7 * DAY_MS ? said : date(at);
};
