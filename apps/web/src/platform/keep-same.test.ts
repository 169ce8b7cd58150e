import fc from "fast-check";
import { expect, test } from "vitest";
import { keepSame } from "./keep-same.ts";

test("what says the same is the same, and what changed is what came", () => {
  const before = {
    title: "a",
    entries: [
      { entry: "1", text: "x" },
      { entry: "2", text: "y" },
    ],
  };
  const again = keepSame(before, structuredClone(before));
  expect(again).toBe(before);
  const next = {
    title: "a",
    entries: [
      { entry: "1", text: "x" },
      { entry: "2", text: "changed" },
      { entry: "3", text: "z" },
    ],
  };
  const kept = keepSame(before, next);
  expect(kept).toEqual(next);
  expect(kept.entries[0]).toBe(before.entries[0]);
  expect(kept.entries[1]).not.toBe(before.entries[1]);
});

test("entries are found again when others come before them", () => {
  const [one, two] = [
    { entry: "1", text: "x" },
    { entry: "2", text: "y" },
  ];
  const kept = keepSame([one, two], [{ entry: "0", text: "w" }, structuredClone(one), structuredClone(two)]);
  expect(kept[1]).toBe(one);
  expect(kept[2]).toBe(two);
  const [first, second] = [{ room: "1" }, { room: "2" }];
  expect(keepSame([first, second], [{ room: "2" }, { room: "1" }])[0]).toBe(second);
});

test("whatever came before, the result says what came now", () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (before, next) => {
      expect(keepSame(before, next)).toEqual(next);
    }),
  );
});
