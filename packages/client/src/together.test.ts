import { expect, test } from "vitest";
import { together } from "./together.ts";

test("everything is done, and never more at once than said", async () => {
  let [running, most] = [0, 0];
  const done: number[] = [];
  await together([1, 2, 3, 4, 5, 6, 7], 3, async (item) => {
    running += 1;
    most = Math.max(most, running);
    await Promise.resolve();
    done.push(item);
    running -= 1;
  });
  expect(done.toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7]);
  expect(most).toBe(3);
});

test("after a failure nothing new is begun, what runs ends, and the failure is told", async () => {
  const ended: number[] = [];
  const work = async (item: number): Promise<void> => {
    await Promise.resolve();
    if (item === 2) throw new Error("the second");
    await Promise.resolve();
    ended.push(item);
  };
  await expect(together([1, 2, 3, 4, 5], 2, work)).rejects.toThrow("the second");
  expect(ended).toEqual([1]);
});
