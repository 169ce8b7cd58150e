/** Names one after the other, with "y" before the last. */
export const list = (names: readonly string[]): string =>
  new Intl.ListFormat("es", { type: "conjunction" }).format(names);

/** The reader's own Spanish for dates. */
const spanish = (): string => navigator.languages.find((language) => /^es\b/.test(language)) ?? "es-ES";

export const date = (at: number): string =>
  new Intl.DateTimeFormat(spanish(), { dateStyle: "medium" }).format(at);
