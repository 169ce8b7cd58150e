import { expect, test } from "vitest";
import { isUsable, tellApart } from "./tell-apart.ts";

const SEEDS = Array.from({ length: 100 }, (_, index) => index + 1);
const ALIKE = { share: 0.5, deviations: 0 } as const;

/** Times as they come from a busy machine: mostly around 2 ms, some of them late. The seed makes them the same in every run. */
function times(seed: number, count: number, laterMs = 0): number[] {
  let state = seed;
  const next = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  return Array.from({ length: count }, () => {
    const noise = (next() + next() + next() - 1.5) * 0.4;
    return 2 + laterMs + noise + (next() < 0.02 ? 20 * next() : 0);
  });
}

test("the share and the deviations are those of the textbook", () => {
  expect(tellApart([1, 2, 3], [4, 5, 6])).toEqual({ share: 0, deviations: -4.5 / Math.sqrt(5.25) });
  expect(tellApart([4, 5, 6], [1, 2, 3]).share).toBe(1);
  expect(tellApart([1, 2], [1, 2])).toEqual({ share: 0.5, deviations: 0 });
  expect(tellApart([7, 7], [7, 7])).toEqual({ share: 0.5, deviations: 0 });
});

test("of two lists of one kind none is told apart, in a hundred tries", () => {
  const apart = SEEDS.map((seed) => tellApart(times(seed, 1000), times(seed + 1000, 1000)));
  expect(SEEDS.filter((_, index) => isUsable(apart[index] ?? ALIKE))).toEqual([]);
});

test("a difference of a tenth of a millisecond is found in each of a hundred tries, late answers or not", () => {
  const apart = SEEDS.map((seed) => tellApart(times(seed, 1000, 0.1), times(seed + 1000, 1000)));
  expect(SEEDS.filter((_, index) => !isUsable(apart[index] ?? ALIKE))).toEqual([]);
});

test("a difference that is sure and too small to learn by is none that can be used", () => {
  const apart = tellApart(times(1, 40_000, 0.02), times(2, 40_000));
  expect(Math.abs(apart.deviations)).toBeGreaterThan(4);
  expect(isUsable(apart)).toBe(false);
});
