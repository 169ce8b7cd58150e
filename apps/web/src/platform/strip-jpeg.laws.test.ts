import fc from "fast-check";
import { expect, test } from "vitest";
import { stripJpeg } from "./strip-jpeg.ts";

const segment = (kind: number, body: readonly number[]): readonly number[] => [
  0xff,
  kind,
  (body.length + 2) >> 8,
  (body.length + 2) & 0xff,
  ...body,
];
const text = (words: string): readonly number[] => Array.from(words, (letter) => letter.charCodeAt(0));
/** What an Exif says of which way is up: a directory of one field. */
const UP = [0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0];
/** A picture with which way is up, a place, a comment, two scans, and something behind its end. */
const GOOD: readonly number[] = [
  [0xff, 0xd8],
  segment(0xe1, [...text("Exif\0\0MM"), ...UP, ...text("GPS 52.52 13.40")]),
  segment(0xfe, text("said in the garden")),
  segment(0xc0, [8, 0, 1, 0, 1, 1, 1, 0x11, 0]),
  [...segment(0xda, [1, 1, 0, 0, 63, 0]), 0x12, 0xff, 0x00, 0x34],
  [...segment(0xda, [1, 1, 0, 0, 63, 0]), 0xff, 0xd3, 0x56],
  [0xff, 0xd9],
  text("behind the end"),
].flat();

const step = fc.tuple(fc.nat(GOOD.length), fc.nat(6), fc.array(fc.nat(255), { maxLength: 6 }));
const mutated = fc.array(step, { minLength: 1, maxLength: 4 }).map((steps) => {
  let bytes = [...GOOD];
  for (const [at, out, put] of steps) bytes = [...bytes.slice(0, at), ...put, ...bytes.slice(at + out)];
  return new Uint8Array(bytes);
});

test("whatever a picture holds, it is refused or comes out smaller than it may grow by, once and for all, and throws nothing", () => {
  const own = stripJpeg(new Uint8Array(GOOD));
  expect(own).not.toBeNull();
  fc.assert(
    fc.property(mutated, (bytes) => {
      const stripped = stripJpeg(bytes);
      if (stripped === null) return;
      // What is added is the one field that says which way is up.
      expect(stripped.length).toBeLessThanOrEqual(bytes.length + 36);
      expect(stripJpeg(stripped)).toEqual(stripped);
    }),
    { numRuns: Number(process.env["SOTTO_TEST_RUNS"] ?? 1_500) },
  );
});
