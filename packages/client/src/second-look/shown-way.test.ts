import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { SHOWN_LASTS_MS, ShownWay } from "./shown-way.ts";

let clock = 0;
let way: ShownWay;

beforeEach(() => {
  vi.useFakeTimers();
  clock = 1_000_000;
  way = new ShownWay(() => clock);
});

afterEach(() => vi.useRealTimers());

test("nothing counts as shown before it was, nor after it was taken back", () => {
  expect(way.isFresh()).toBe(false);
  way.show();
  expect(way.isFresh()).toBe(true);
  way.close();
  expect(way.isFresh()).toBe(false);
});

test("it lasts five minutes by the clock, for a device that slept through its timers", () => {
  way.show();
  clock += SHOWN_LASTS_MS - 1;
  expect(way.isFresh()).toBe(true);
  clock += 1;
  expect(way.isFresh()).toBe(false);
});

test("a clock that is set back does not make it last: neither at once nor after five minutes", () => {
  way.show();
  clock -= 1;
  expect(way.isFresh()).toBe(false);
  clock += 1;
  vi.advanceTimersByTime(SHOWN_LASTS_MS);
  expect(way.isFresh()).toBe(false);
});

test("shown again, it lasts from then on", () => {
  way.show();
  vi.advanceTimersByTime(SHOWN_LASTS_MS - 1);
  clock += SHOWN_LASTS_MS - 1;
  way.show();
  vi.advanceTimersByTime(SHOWN_LASTS_MS - 1);
  clock += SHOWN_LASTS_MS - 1;
  expect(way.isFresh()).toBe(true);
});
