import { expect, test } from "vitest";
import { makeBackground, makeLine } from "./serial.ts";

const gate = () => {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
};
const rest = async (): Promise<void> => {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
};

test("work in a line starts when the one before has ended, well or badly, and answers its own caller", async () => {
  const line = makeLine();
  const first = gate();
  const order: string[] = [];
  const one = line(async () => {
    await first.opened;
    order.push("one");
    throw new Error("one");
  });
  const two = line(async () => {
    order.push("two");
    return 2;
  });
  await rest();
  expect(order).toEqual([]);
  first.open();
  await expect(one).rejects.toThrow("one");
  expect(await two).toBe(2);
  expect(order).toEqual(["one", "two"]);
});

test("background work runs one at a time, and once more for however many calls came meanwhile", async () => {
  const gates = [gate(), gate(), gate()];
  let runs = 0;
  const run = makeBackground(
    async () => {
      runs += 1;
      await gates[runs - 1]?.opened;
    },
    () => undefined,
  );
  run();
  run();
  run();
  await rest();
  expect(runs).toBe(1);
  gates[0]?.open();
  await rest();
  expect(runs).toBe(2);
  gates[1]?.open();
  await rest();
  expect(runs).toBe(2);
});

test("what background work throws goes to whoever decides, and the next call runs it again", async () => {
  const failures: unknown[] = [];
  let runs = 0;
  const run = makeBackground(
    async () => {
      runs += 1;
      if (runs === 1) throw new Error("first");
    },
    (error) => failures.push(error),
  );
  run();
  await rest();
  expect(failures).toHaveLength(1);
  run();
  await rest();
  expect(runs).toBe(2);
});
