import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { IdleLock } from "./idle-lock.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const lockAfter = (afterMs: number | null) => {
  const seen = { at: 0, locked: 0 };
  const idle = new IdleLock({
    afterMs,
    now: () => seen.at,
    lock: () => {
      seen.locked += 1;
    },
  });
  return { seen, idle };
};

test("locks when nobody has touched it for the time, counted from the last touch", () => {
  const { idle, seen } = lockAfter(1000);
  idle.begin();
  vi.advanceTimersByTime(900);
  seen.at = 900;
  expect(idle.touch()).toBe(true);
  vi.advanceTimersByTime(900);
  expect(seen.locked).toBe(0);
  vi.advanceTimersByTime(100);
  expect(seen.locked).toBe(1);
});

test("a touch after a sleep, in which timers stood still, comes too late", () => {
  const { idle, seen } = lockAfter(1000);
  idle.begin();
  seen.at = 5000;
  expect(idle.touch()).toBe(false);
  expect(seen.locked).toBe(1);
  vi.runAllTimers();
  expect(seen.locked).toBe(1);
});

test("without a time, and after it was stopped, it never locks", () => {
  const never = lockAfter(null);
  never.idle.begin();
  never.seen.at = 1e12;
  expect(never.idle.touch()).toBe(true);
  const stopped = lockAfter(1000);
  stopped.idle.begin();
  stopped.idle.stop();
  vi.runAllTimers();
  expect([never.seen.locked, stopped.seen.locked]).toEqual([0, 0]);
});
