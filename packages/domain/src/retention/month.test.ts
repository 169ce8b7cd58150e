import fc from "fast-check";
import { expect, test } from "vitest";
import { addMonths, endOfMonth, isMonth } from "./month.ts";

const at = (text: string): number => Date.parse(text);

test("months later is the same day and time, or the last moment of a shorter month", () => {
  expect(addMonths(at("2026-01-15T10:20:30Z"), 84)).toBe(at("2033-01-15T10:20:30Z"));
  expect(addMonths(at("2026-01-31T23:59:59Z"), 1)).toBe(at("2026-02-28T23:59:59.999Z"));
  expect(addMonths(at("2024-02-29T00:00:00Z"), 12)).toBe(at("2025-02-28T23:59:59.999Z"));
  expect(addMonths(at("2026-11-25T00:00:00Z"), 2)).toBe(at("2027-01-25T00:00:00Z"));
  expect(addMonths(at("2026-11-25T12:00:00Z"), 0)).toBe(at("2026-11-25T12:00:00Z"));
});

test("of two days that a shorter month has not, the later at an earlier hour does not end earlier", () => {
  expect(addMonths(at("1997-08-29T20:00:00Z"), 1194)).toBe(at("2097-02-28T23:59:59.999Z"));
  expect(addMonths(at("1997-08-31T10:00:00Z"), 1194)).toBe(at("2097-02-28T23:59:59.999Z"));
});

test("what begins later never ends earlier, and more months never end earlier", () => {
  const time = fc.integer({ min: 0, max: 4_000_000_000_000 });
  const months = fc.integer({ min: 0, max: 1200 });
  fc.assert(
    fc.property(time, fc.nat(90 * 86_400_000), months, fc.nat(12), (from, later, count, more) => {
      expect(addMonths(from + later, count)).toBeGreaterThanOrEqual(addMonths(from, count));
      expect(addMonths(from, count + more)).toBeGreaterThanOrEqual(addMonths(from, count));
      expect(addMonths(from, count)).toBeGreaterThanOrEqual(from + count * 28 * 86_400_000);
    }),
  );
});

test("somebody who comes of age in a month has done so when it is over", () => {
  expect(endOfMonth({ year: 2026, month: 1 })).toBe(at("2026-02-01T00:00:00Z"));
  expect(endOfMonth({ year: 2026, month: 12 })).toBe(at("2027-01-01T00:00:00Z"));
});

test("what is no month is none", () => {
  expect(isMonth({ year: 2026, month: 12 })).toBe(true);
  for (const [year, month] of [
    [2026, 0],
    [2026, 13],
    [1899, 1],
    [2201, 1],
    [2026, 1.5],
  ] as const) {
    expect(isMonth({ year, month })).toBe(false);
  }
});
