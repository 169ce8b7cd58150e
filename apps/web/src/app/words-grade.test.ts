import { readingGrade } from "@sotto/content/reading-grade";
import { expect, test } from "vitest";
import { agreementCheck } from "../words/en/agreement-check.ts";
import { agreementDesk } from "../words/en/agreement-desk.ts";
import { triggers } from "../words/en/triggers.ts";
import { agreementWords } from "../words/en/agreement.ts";
import { agreementSign } from "../words/en/agreement-sign.ts";
import { agreementSign as spanish } from "../words/es/agreement-sign.ts";
import { agreementCompose } from "../words/en/agreement-compose.ts";
import { keeping, keepingFamily } from "../words/en/keeping.ts";
import { page } from "../words/en/page.ts";
import { practiceTemplates } from "../words/en/practice.ts";
import { en } from "../words/en.ts";

/** Every text of the catalogue, with its place. A text that is made from names is made from short ones. */
function textsOf(value: unknown, place: string): readonly (readonly [string, string])[] {
  if (typeof value === "string") return [[place, value]];
  if (typeof value === "object" && value !== null) {
    return Object.entries(value).flatMap(([key, inner]) => textsOf(inner, `${place}.${key}`));
  }
  return [];
}

const gradeOf = (text: string): number => readingGrade(text, "en");

const texts = textsOf(
  {
    ...en,
    agreementWords,
    triggers,
    agreementCheck,
    agreementCompose,
    agreementDesk,
    agreementSign,
    keeping,
    keepingFamily,
    page,
    practiceTemplates,
  },
  "en",
).filter(([, text]) => text.split(/\s+/).length >= 6);

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

test("what is said in Spanish around an agreement reads as easily", () => {
  const all = textsOf(spanish, "es").filter(([, text]) => text.split(/\s+/).length >= 6);
  expect(all.length).toBeGreaterThan(40);
  expect(readingGrade(all.map(([, text]) => text).join(" "), "es")).toBeLessThanOrEqual(6);
  expect(all.filter(([, text]) => readingGrade(text, "es") > 8)).toEqual([]);
});

test("the measure tells hard text from easy", () => {
  expect(gradeOf("The cat sat. The dog ran to it.")).toBeLessThan(2);
  expect(
    gradeOf(
      "Confidentiality obligations notwithstanding, jurisdictional considerations necessitate disclosure.",
    ),
  ).toBeGreaterThan(15);
});
