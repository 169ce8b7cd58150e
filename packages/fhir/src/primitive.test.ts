import fc from "fast-check";
import { expect, test } from "vitest";
import { base64, dayText, given, instantText, listed, writtenText } from "./primitive.ts";

test("bytes are written as RFC 4648 writes them", () => {
  const vectors = ["", "Zg==", "Zm8=", "Zm9v", "Zm9vYg==", "Zm9vYmE=", "Zm9vYmFy"];
  const bytes = [102, 111, 111, 98, 97, 114];
  expect(vectors.map((_, length) => base64(new Uint8Array(bytes.slice(0, length))))).toEqual(vectors);
  expect(base64(new Uint8Array([251, 239, 255]))).toBe("++//");
});

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

test("all bytes come back from their writing", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      const text = base64(bytes);
      const bits = Array.from(text.replaceAll("=", ""))
        .map((letter) => ALPHABET.indexOf(letter).toString(2).padStart(6, "0"))
        .join("");
      const back = Array.from(bytes, (_, place) => Number.parseInt(bits.slice(place * 8, place * 8 + 8), 2));
      expect(back).toEqual([...bytes]);
      expect(text.length % 4).toBe(0);
    }),
  );
});

test("a moment is written in UTC, a day without a zone", () => {
  expect(instantText(Date.UTC(2030, 0, 2, 3, 4, 5, 6))).toBe("2030-01-02T03:04:05.006Z");
  expect(dayText({ year: 2030, month: 1, day: 2 })).toBe("2030-01-02");
});

test("what FHIR forbids in a text is marked, and a text with nothing in it is none", () => {
  expect(writtenText("Zo\u{eb}\tand\nMia")).toBe("Zo\u{eb}\tand\nMia");
  expect(writtenText("A\u{0}na\u{1b}\u{7f}")).toBe("A\u{fffd}na\u{fffd}\u{fffd}");
  expect(writtenText("\u{d800}")).toBe("\u{fffd}");
  expect([writtenText(""), writtenText(" \n")]).toEqual([null, null]);
});

test("what has no value is not there", () => {
  expect([given("name", null), given("name", ""), given("name", 0)]).toEqual([{}, { name: "" }, { name: 0 }]);
  expect([listed([]), listed([1])]).toEqual([null, [1]]);
});
