import type { Random } from "@sotto/vault";

const WORDS = 6;
const NAME_WORD_LETTERS_MAX = 12;

/** A whole number below `limit`, each as likely: draws beyond the largest multiple are thrown away. */
export function drawBelow(limit: number, random: Random): number {
  const usable = 65_536 - (65_536 % limit);
  for (;;) {
    const [high = 0, low = 0] = random(2);
    const drawn = high * 256 + low;
    if (drawn < usable) return drawn % limit;
  }
}

/**
 * A sign-in name of two words and two digits, and six words: 66 bits with a list of 2048. Neither says anything of the
 * person (docs/decisions/0003).
 */
export function makePassphrase(
  wordList: readonly string[],
  random: Random,
): { readonly name: string; readonly words: string } {
  const short = wordList.filter((word) => /^[a-z]+$/.test(word) && word.length <= NAME_WORD_LETTERS_MAX);
  const pick = (list: readonly string[]): string => list[drawBelow(list.length, random)] ?? "";
  const digits = String(drawBelow(100, random)).padStart(2, "0");
  const words = Array.from({ length: WORDS }, () => pick(wordList));
  return { name: `${pick(short)}-${pick(short)}-${digits}`, words: words.join(" ") };
}

/** What the person typed, as it was made: lower case, single spaces. */
export function normalizeWords(typed: string): string {
  return typed.trim().toLowerCase().normalize("NFKC").split(/\s+/).join(" ");
}
