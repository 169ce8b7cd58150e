import { expect, test } from "vitest";
import { Buckets } from "./buckets.ts";

const MINUTE_MS = 60_000;

function make(keysMax = 100) {
  let now = 1_000_000;
  const buckets = new Buckets({ burst: 3, perMinute: 6 }, () => now, keysMax);
  return { buckets, pass: (milliseconds: number) => (now += milliseconds) };
}

test("so many at once, then one after another; and never more than so many at once, however long one waits", () => {
  const { buckets, pass } = make();
  expect([1, 2, 3, 4].map(() => buckets.take("a"))).toEqual([0, 0, 0, 10_000]);
  pass(9_999);
  expect(buckets.take("a")).toBe(1);
  pass(1);
  expect([1, 2].map(() => buckets.take("a"))).toEqual([0, 10_000]);
  pass(1000 * MINUTE_MS);
  expect([1, 2, 3, 4].map(() => buckets.take("a"))).toEqual([0, 0, 0, 10_000]);
});

test("one key's use is nothing to another's", () => {
  const { buckets } = make();
  for (let tries = 0; tries < 50; tries += 1) buckets.take("a");
  expect(buckets.take("b")).toBe(0);
});

test("whatever is charged, nobody waits for longer than a minute", () => {
  const { buckets, pass } = make();
  for (let times = 0; times < 50; times += 1) buckets.charge("a", 10);
  expect(buckets.take("a")).toBe(MINUTE_MS);
  pass(MINUTE_MS);
  expect(buckets.take("a")).toBe(0);
});

test("a key that is filled may be used as if it never had been, and asking takes nothing", () => {
  const { buckets } = make();
  buckets.charge("a", 3);
  expect(buckets.waitOf("a")).toBe(10_000);
  buckets.fill("a");
  expect([1, 2, 3].map(() => buckets.waitOf("a"))).toEqual([0, 0, 0]);
  expect([1, 2, 3, 4].map(() => buckets.take("a"))).toEqual([0, 0, 0, 10_000]);
});

test("a clock that is set back keeps nobody out for longer", () => {
  const { buckets, pass } = make();
  buckets.charge("a", 3);
  pass(-1000 * MINUTE_MS);
  expect(buckets.waitOf("a")).toBe(10_000);
  buckets.charge("a", 1);
  pass(20_000);
  expect(buckets.take("a")).toBe(0);
});

test("only so many keys are kept: those used longest ago are forgotten", () => {
  const { buckets } = make(2);
  buckets.charge("a", 3);
  buckets.charge("b", 3);
  buckets.charge("a", 1);
  buckets.charge("c", 3);
  expect(["a", "b", "c"].map((key) => buckets.has(key))).toEqual([true, false, true]);
});
