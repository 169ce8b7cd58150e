import fc from "fast-check";
import { expect, test } from "vitest";
import { isEmojiOnly, textParts } from "./text-parts.ts";

const links = (text: string) => textParts(text).flatMap((part) => (part.kind === "link" ? [part.text] : []));

test("addresses are found as they were written, without the sentence around them", () => {
  expect(links("See https://example.org/a?b=c#d.")).toEqual(["https://example.org/a?b=c#d"]);
  expect(links("(http://example.org/wiki/A_(b))")).toEqual(["http://example.org/wiki/A_(b)"]);
  expect(links("HTTPS://Example.org, and http://b.example!")).toEqual([
    "HTTPS://Example.org",
    "http://b.example",
  ]);
  expect(links("مرحبا https://example.org/صفحة نعم")).toEqual(["https://example.org/صفحة"]);
});

test("what is no http address stays words", () => {
  for (const text of [
    "javascript:alert(1)",
    "data:text/html,x",
    "mailto:a@b.c",
    "example.org",
    "ftp://example.org",
    "http://",
  ]) {
    expect(links(text)).toEqual([]);
  }
});

test("a character that turns the direction of writing ends an address", () => {
  expect(links("https://example.org/\u202egro.live")).toEqual(["https://example.org/"]);
});

test("the pieces together are the text, whatever it is", () => {
  const address = fc.string({ unit: "grapheme", maxLength: 12 }).map((path) => `https://example.org/${path}`);
  const piece = fc.oneof(
    fc.string({ unit: "grapheme" }),
    address,
    fc.constantFrom("https://", "(", ")", "."),
  );
  fc.assert(
    fc.property(fc.array(piece), (pieces) => {
      const text = pieces.join(" ");
      const parts = textParts(text);
      expect(parts.map((part) => part.text).join("")).toBe(text);
      const protocols = parts.flatMap((part) => (part.kind === "link" ? [new URL(part.to).protocol] : []));
      expect(protocols.filter((protocol) => !/^https?:$/.test(protocol))).toEqual([]);
    }),
  );
});

test("a text that is made to be slow is not", () => {
  const text = `https://${".".repeat(30_000)}a ${"https://x".repeat(1000)} https://a${")".repeat(20_000)}`;
  expect(
    textParts(text)
      .map((part) => part.text)
      .join(""),
  ).toBe(text);
});

test("one to three emoji are told from everything else, by what a reader sees as one", () => {
  for (const text of ["🙂", "👨‍👩‍👧‍👦", "🙂 🙃 😉", "🏳️‍🌈🇨🇭", " 👍🏽 "]) expect(isEmojiOnly(text)).toBe(true);
  for (const text of ["", "  ", "🙂🙃😉😀", "🙂a", "1", "#", "ok", "🙂".repeat(500)])
    expect(isEmojiOnly(text)).toBe(false);
});
