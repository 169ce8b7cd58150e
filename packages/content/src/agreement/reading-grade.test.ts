import { expect, test } from "vitest";
import { readingGrade, readingOf } from "./reading-grade.ts";

test("the measure tells hard text from easy, in both languages", () => {
  expect(readingGrade("The cat sat. The dog ran to it.", "en")).toBeLessThan(2);
  expect(
    readingGrade(
      "Confidentiality obligations notwithstanding, jurisdictional considerations necessitate disclosure.",
      "en",
    ),
  ).toBeGreaterThan(15);
  expect(readingGrade("El sol es un pan. Yo como pan con mi tía.", "es")).toBeLessThan(4);
  expect(
    readingGrade(
      "Las obligaciones de confidencialidad profesional determinan jurisdiccionalmente la comunicación extraordinaria.",
      "es",
    ),
  ).toBeGreaterThan(15);
});

test("a known sentence measures what its formula says", () => {
  // 6 words, 1 sentence, 6 syllables: 0.39 * 6 + 11.8 - 15.59.
  expect(readingGrade("The cat sat on the mat.", "en")).toBe(0);
  // 8 words, 12 syllables (we-ek is one): 0.39 * 8 + 11.8 * 1.5 - 15.59.
  expect(readingGrade("My sister never told another person about it.", "en")).toBeCloseTo(
    0.39 * 8 + (11.8 * 14) / 8 - 15.59,
    5,
  );
  // 5 words, 10 syllables: ca-sa, blan-ca, tie-ne, u-na, puer-ta.
  expect(readingGrade("Casa blanca tiene una puerta.", "es")).toBeCloseTo(13 - (206.84 - 120 - 5.1) / 10, 5);
  // Ma-rí-a, o-í-a, and a silent u: que, quie-re.
  expect(readingGrade("María oía que quiere.", "es")).toBeCloseTo(
    13 - (206.84 - (60 * 9) / 4 - 4.08) / 10,
    5,
  );
});

test("the hardest sentences come first, and very short ones are not among them", () => {
  const text =
    "You can go now. Disclosure necessitates extraordinary authorisation procedures. We talk about it every week.";
  expect(readingOf(text, "en", 2).hardest.map(({ sentence }) => sentence)).toEqual([
    "Disclosure necessitates extraordinary authorisation procedures.",
    "We talk about it every week.",
  ]);
  expect(readingOf("", "en")).toEqual({ grade: 0, hardest: [] });
  expect(readingOf("123. ...", "es")).toEqual({ grade: 0, hardest: [] });
});
