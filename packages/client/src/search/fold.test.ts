import fc from "fast-check";
import { expect, test } from "vitest";
import { fold, spansOf, termsOf } from "./fold.ts";

const finds = (text: string, query: string) => termsOf(query).every((term) => fold(text).includes(term));
const marked = (text: string, query: string) =>
  spansOf(text, termsOf(query)).map(({ from, to }) => text.slice(from, to));

test("case and accents make no difference, in either direction", () => {
  expect(finds("Mañana iré al CINE", "manana cine")).toBe(true);
  expect(finds("manana", "MAÑANA")).toBe(true);
  expect(finds("Straße", "strasse")).toBe(true);
  expect(finds("İstanbul", "istanbul")).toBe(true);
  expect(finds("Ὀδυσσεύς", "οδυσσευσ")).toBe(true);
  expect(finds("Ёлка", "елка")).toBe(true);
});

test("Arabic is found without its vowel signs, forms of alef, and lengthened lines", () => {
  expect(finds("السَّلَامُ عَلَيْكُم", "السلام")).toBe(true);
  expect(finds("أحمد في المدرسة", "احمد المدرسه")).toBe(true);
  expect(finds("مـــرحبا", "مرحبا")).toBe(true);
  expect(marked("قال: السَّلَام", "السلام")).toEqual(["السَّلَام"]);
});

test("Chinese is found by any part, also in full width", () => {
  expect(finds("我们星期五见面吧", "星期五")).toBe(true);
  expect(finds("我们星期五见面吧", "星期六")).toBe(false);
  expect(finds("ＡＢＣ", "abc")).toBe(true);
  expect(marked("我们星期五见面吧", "星期五")).toEqual(["星期五"]);
});

test("marks that make another syllable are kept", () => {
  expect(finds("किताब", "कताब")).toBe(false);
  expect(finds("が", "が")).toBe(true);
});

test("every word must be there, as the start of a word or a part; what is in quotation marks, as it is", () => {
  expect(finds("The holidays begin on Friday", "holi fri")).toBe(true);
  expect(finds("The holidays begin on Friday", "holi monday")).toBe(false);
  expect(finds("a b  c\nd", '"b c d"')).toBe(true);
  expect(finds("c b", '"b c"')).toBe(false);
  expect(termsOf('  "open ended ')).toEqual(["open ended"]);
  expect(termsOf("a a A")).toEqual(["a"]);
  expect(termsOf(' "" ')).toEqual([]);
});

test("whatever is found is marked where it stands, within the text and in order", () => {
  const piece = fc.oneof(
    fc.string({ unit: "grapheme", maxLength: 6 }),
    fc.constantFrom("ñ", "ﬁ", "ß", "لا", "\n"),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), fc.nat(), fc.nat(), (pieces, from, length) => {
      const text = pieces.join("");
      const query = text.slice(from % (text.length + 1), (from % (text.length + 1)) + (length % 5));
      const spans = spansOf(text, termsOf(query));
      let end = 0;
      for (const span of spans) {
        expect(span.from).toBeGreaterThanOrEqual(end);
        expect(span.to).toBeGreaterThan(span.from);
        expect(span.to).toBeLessThanOrEqual(text.length);
        end = span.to;
      }
    }),
  );
});
