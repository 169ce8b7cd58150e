import { expect, test } from "vitest";
import { bytesInWords, durationInWords } from "./words.ts";

test.each([
  [0, "0 bytes"],
  [999, "999 bytes"],
  [1_000, "1.0 kB"],
  [4_893_911, "4.9 MB"],
  [250_000_000, "250 MB"],
  [3e15, "3000 TB"],
])("%d bytes are said as %s", (bytes, words) => {
  expect(bytesInWords(bytes)).toBe(words);
});

test.each([
  [5_000, "5 seconds"],
  [150_000, "2 minutes"],
  [3 * 3_600_000, "3 hours"],
  [49 * 3_600_000, "2 days"],
])("%d ms are said as %s", (milliseconds, words) => {
  expect(durationInWords(milliseconds)).toBe(words);
});
