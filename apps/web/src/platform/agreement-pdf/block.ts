/** What stands on the paper, from top to bottom. How it looks is not said here. */
export type Block =
  | { readonly kind: "heading"; readonly level: 1 | 2 | 3; readonly text: string }
  | { readonly kind: "paragraph"; readonly text: string; readonly isSoft?: boolean }
  | { readonly kind: "list"; readonly items: readonly string[] }
  | { readonly kind: "facts"; readonly rows: readonly Fact[] }
  | { readonly kind: "new-page" };

export interface Fact {
  readonly label: string;
  readonly value: string;
  /** Digits that people compare one by one. */
  readonly isDigits?: boolean;
}

/** Puts values where the words ask for them. A value is put in as it is: what stands between braces in a name asks for nothing. */
export function fill(words: string, values: { readonly [name: string]: string | number }): string {
  return words.replaceAll(/\{([a-z]+)\}/g, (asked: string, name: string) => String(values[name] ?? asked));
}
