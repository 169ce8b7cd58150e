import { expect, test } from "vitest";
import { keeping, keepingFamily } from "./en/keeping.ts";
import { page } from "./en/page.ts";
import { en } from "./en.ts";

/** Every text of the catalogue, with its place. A text that is made from names is made from short ones. */
function textsOf(value: unknown, place: string): readonly (readonly [string, string])[] {
  if (typeof value === "string") return [[place, value]];
  if (typeof value === "object" && value !== null) {
    return Object.entries(value).flatMap(([key, inner]) => textsOf(inner, `${place}.${key}`));
  }
  return [];
}

const vowelGroups = (word: string): number =>
  Math.max(
    1,
    word
      .toLowerCase()
      .replace(/(?:[^laeiouy]es|[^td]ed|[^l]e)$/, "")
      .match(/[aeiouy]+/g)?.length ?? 1,
  );

/** Flesch-Kincaid grade level (Kincaid et al. 1975), with syllables counted as groups of vowels. */
function gradeOf(text: string): number {
  const sentences = text.split(/[.!?:…]+/).filter((sentence) => /[a-z]/i.test(sentence));
  const words = text.match(/[a-z']+/gi) ?? [];
  const syllables = words.reduce((sum, word) => sum + vowelGroups(word), 0);
  return 0.39 * (words.length / sentences.length) + 11.8 * (syllables / words.length) - 15.59;
}

const texts = textsOf({ ...en, keeping, keepingFamily, page }, "en").filter(
  ([, text]) => text.split(/\s+/).length >= 6,
);

test("the catalogue as a whole reads at grade 6 or below", () => {
  expect(texts.length).toBeGreaterThan(60);
  expect(gradeOf(texts.map(([, text]) => text).join(" "))).toBeLessThanOrEqual(6);
});

test("no single text is harder than grade 8", () => {
  const hard = texts.flatMap(([place, text]) =>
    gradeOf(text) > 8 ? [`${gradeOf(text).toFixed(1)} ${place}: ${text}`] : [],
  );
  expect(hard).toEqual([]);
});

test("the measure tells hard text from easy", () => {
  expect(gradeOf("The cat sat. The dog ran to it.")).toBeLessThan(2);
  expect(
    gradeOf(
      "Confidentiality obligations notwithstanding, jurisdictional considerations necessitate disclosure.",
    ),
  ).toBeGreaterThan(15);
});
