import fc from "fast-check";
import { expect, test } from "vitest";
import { DAY_MINUTES, isQuiet, isTimeZone, untilQuietMs, QUIET_AT_FIRST } from "./quiet.ts";

const at = (text: string): number => Date.parse(text);
const berlin = { ...QUIET_AT_FIRST, zone: "Europe/Berlin" };

test("quiet hours over midnight begin and end by the person's own clock", () => {
  // Winter: one hour ahead of UTC.
  expect(isQuiet(berlin, at("2026-01-15T19:59:59Z"))).toBe(false);
  expect(isQuiet(berlin, at("2026-01-15T20:00:00Z"))).toBe(true);
  expect(isQuiet(berlin, at("2026-01-16T06:59:59Z"))).toBe(true);
  expect(isQuiet(berlin, at("2026-01-16T07:00:00Z"))).toBe(false);
  // Summer: two hours ahead.
  expect(isQuiet(berlin, at("2026-07-15T19:00:00Z"))).toBe(true);
  expect(isQuiet(berlin, at("2026-07-16T06:00:00Z"))).toBe(false);
  expect(isQuiet({ ...berlin, zone: "Asia/Kathmandu" }, at("2026-01-15T15:14:00Z"))).toBe(false);
  expect(isQuiet({ ...berlin, zone: "Asia/Kathmandu" }, at("2026-01-15T15:15:00Z"))).toBe(true);
});

test("quiet hours within one day leave the night alone", () => {
  const siesta = { from: 13 * 60, until: 15 * 60, zone: "UTC" };
  expect(isQuiet(siesta, at("2026-01-15T14:00:00Z"))).toBe(true);
  expect(isQuiet(siesta, at("2026-01-15T02:00:00Z"))).toBe(false);
});

test("how long until it is quiet is told by the clock on the wall", () => {
  expect(untilQuietMs(berlin, at("2026-01-15T19:30:20Z"))).toBe(30 * 60_000);
  expect(untilQuietMs(berlin, at("2026-01-15T22:00:00Z"))).toBe(0);
  expect(untilQuietMs({ from: 60, until: 60, zone: "UTC" }, at("2026-01-15T22:00:00Z"))).toBeNull();
});

test("a zone is one that the machine knows", () => {
  expect(["Europe/Berlin", "UTC", "America/Argentina/Ushuaia"].map(isTimeZone)).toEqual([true, true, true]);
  expect(["", "Europe/Nowhere", "Mars", "../etc"].map(isTimeZone)).toEqual([false, false, false, false]);
});

test("the same minute twice is never quiet, and otherwise as much of the day is quiet as lies between the two", () => {
  const minute = fc.integer({ min: 0, max: DAY_MINUTES - 1 });
  fc.assert(
    fc.property(minute, minute, (from, until) => {
      const quiet = { from, until, zone: "UTC" };
      const quietMinutes = Array.from({ length: DAY_MINUTES }, (_, index) =>
        isQuiet(quiet, index * 60_000),
      ).filter(Boolean).length;
      expect(quietMinutes).toBe((until - from + DAY_MINUTES) % DAY_MINUTES);
    }),
    { numRuns: 10 },
  );
});
