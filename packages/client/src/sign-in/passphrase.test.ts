import { expect, test } from "vitest";
import { drawBelow, makePassphrase, normalizeWords } from "./passphrase.ts";

/** Gives these 16-bit numbers, one after the other. */
const drawing = (numbers: readonly number[]) => {
  let next = 0;
  return (count: number) => {
    expect(count).toBe(2);
    const number = numbers[next % numbers.length] ?? 0;
    next += 1;
    return new Uint8Array([number >> 8, number & 255]);
  };
};

const letter = (number: number) => String.fromCodePoint(97 + (Math.floor(number) % 26));
const words = Array.from(
  { length: 2048 },
  (_, index) => letter(index / 676) + letter(index / 26) + letter(index),
);

test.each([1, 3, 100, 1297, 2048, 65_535])(
  "below %i, every number is drawn from as many values as every other",
  (limit) => {
    const counts = new Map<number, number>();
    for (let number = 0; number < 65_536; number += 1) {
      const usable = 65_536 - (65_536 % limit);
      if (number >= usable) continue;
      const drawn = drawBelow(limit, drawing([number]));
      counts.set(drawn, (counts.get(drawn) ?? 0) + 1);
    }
    expect(counts.size).toBe(limit);
    expect(new Set(counts.values()).size).toBe(1);
  },
);

test("a number beyond the largest multiple is thrown away, and another one drawn", () => {
  expect(drawBelow(100, drawing([65_535, 65_500, 7]))).toBe(7);
});

test("a passphrase is six words of the list, and its sign-in name two words of it and two digits", () => {
  const random = (count: number) => crypto.getRandomValues(new Uint8Array(count));
  const seen = new Set<string>();
  for (let round = 0; round < 200; round += 1) {
    const made = makePassphrase(words, random);
    const drawn = made.words.split(" ");
    expect(drawn).toHaveLength(6);
    expect(drawn.every((word) => words.includes(word))).toBe(true);
    const [first = "", second = "", digits = ""] = made.name.split("-");
    expect(words).toContain(first);
    expect(words).toContain(second);
    expect(digits).toMatch(/^[0-9]{2}$/);
    seen.add(made.words);
  }
  expect(seen.size).toBe(200);
});

test("words that the name's form does not take stand in no name", () => {
  const random = (count: number) => crypto.getRandomValues(new Uint8Array(count));
  const list = ["unbelievablylong", "it's", "plain"];
  for (let round = 0; round < 20; round += 1) {
    expect(makePassphrase(list, random).name).toMatch(/^plain-plain-[0-9]{2}$/);
  }
});

test("what is typed counts as what was made: any case, any spaces", () => {
  expect(normalizeWords("  Able  baker\tCHARLIE \n")).toBe("able baker charlie");
});
