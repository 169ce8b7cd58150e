import type { AgreementLanguage, ClauseCode } from "@sotto/domain";
import { alone } from "./en/alone.ts";
import { living } from "./en/living.ts";
import { outside } from "./en/outside.ts";
import { alone as aloneEs } from "./es/alone.ts";
import { living as livingEs } from "./es/living.ts";
import { outside as outsideEs } from "./es/outside.ts";
import type { Worded } from "./worded.ts";

/**
 * Every sentence that an agreement can say, in each language, for each kind of reader. Own words after domain.md 3 to 9 and 15 to 18 and leaks.md; no legal
 * advice: a practice has them looked at by its counsel. What stands between braces is put in by whoever shows it.
 */
export const CLAUSE_WORDS: {
  readonly [Language in AgreementLanguage]: { readonly [Code in ClauseCode]: Worded };
} = {
  en: { ...alone, ...outside, ...living },
  es: { ...aloneEs, ...outsideEs, ...livingEs },
};

/** Where these words come from, and how far they were looked at. */
export const CLAUSE_WORDS_SOURCE = {
  source: "Own words after the practice guide of the field (domain.md, leaks.md), 2026-11-23",
  version: 1,
  verified: false,
  asOf: "2026-11-23",
} as const;
