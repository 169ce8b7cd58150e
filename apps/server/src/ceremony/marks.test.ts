import { expect, test } from "vitest";
import { makeMarkKey, makeMarks } from "./marks.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
const account = "3f2b8c1e-7a55-4d09-9a41-2f6d0c9b7e13";
const other = "aaaaaaaa-7a55-4d09-9a41-2f6d0c9b7e13";
const now = Date.UTC(2026, 10, 26);

test("a mark names its account, for half a year", () => {
  const marks = makeMarks(makeMarkKey());
  const mark = marks.make(account, now);
  expect(marks.read(mark, now)).toBe(account);
  expect(marks.read(mark, now + 180 * DAY_MS)).toBe(account);
  expect(marks.read(mark, now + 181 * DAY_MS)).toBeNull();
});

test("what another server made, or somebody changed, is no mark", () => {
  const marks = makeMarks(makeMarkKey());
  const mark = marks.make(account, now);
  const [whose, , proof] = mark.split(".");
  const changed = [
    makeMarks(makeMarkKey()).make(account, now),
    mark.replace(account, other),
    [whose, "9999999", proof].join("."),
    mark.slice(0, -1),
    `${mark}A`,
    `${mark} `,
    "",
    "..",
  ];
  expect(changed.map((text) => marks.read(text, now))).toEqual(changed.map(() => null));
});
