import { readingGrade } from "@sotto/content/reading-grade";
import { expect, test } from "vitest";
import { english, spanish, textsOf } from "../../testing/all-words.ts";

/** A shorter text is a label: too short to be measured. */
const WORDS_LEAST = 6;

const LANGUAGES = [
  { language: "en", all: english },
  { language: "es", all: spanish },
] as const;

for (const { all, language } of LANGUAGES) {
  const texts = textsOf(all).filter(([, text]) => text.split(/\s+/).length >= WORDS_LEAST);
  const gradeOf = (text: string): number => readingGrade(text, language);

  test(`in ${language} the catalogue as a whole reads at grade 6 or below`, () => {
    expect(texts.length).toBeGreaterThan(400);
    expect(gradeOf(texts.map(([, text]) => text).join(" "))).toBeLessThanOrEqual(6);
  });

  test(`in ${language} no single text is harder than grade 8`, () => {
    const hard = texts.flatMap(([place, text]) =>
      gradeOf(text) > 8 ? [`${gradeOf(text).toFixed(1)} ${place}: ${text}`] : [],
    );
    expect(hard).toEqual([]);
  });
}
