import { setImmediate } from "node:timers/promises";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { beginEvenNo } from "./even-no.ts";

beforeEach(() => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] }));
afterEach(() => void vi.useRealTimers());

/** After how many milliseconds a no is said that was found after so many. */
async function saidAfter(refuseAfterMs: number, foundAfterMs: number): Promise<number> {
  const no = beginEvenNo(refuseAfterMs);
  let said: number | null = null;
  vi.advanceTimersByTime(foundAfterMs);
  void no.due().then(() => {
    said = foundAfterMs;
  });
  let waited = foundAfterMs;
  await setImmediate();
  while (said === null && waited < 1000) {
    vi.advanceTimersByTime(1);
    waited += 1;
    await setImmediate();
  }
  return waited;
}

test.each([0, 1, 7, 29])(
  "a no that was found after %i ms is said when any other is",
  async (foundAfterMs) => {
    expect(await saidAfter(30, foundAfterMs)).toBe(30);
  },
);

test("a no that took longer to be found is not held back", async () => {
  expect(await saidAfter(30, 45)).toBe(45);
});

test("where it need not be even, a no is said at once", async () => {
  expect(await saidAfter(0, 3)).toBe(3);
});

test("what was no no leaves nothing behind that waits", () => {
  beginEvenNo(30).letGo();
  expect(vi.getTimerCount()).toBe(0);
});
