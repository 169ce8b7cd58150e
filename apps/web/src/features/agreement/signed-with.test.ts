import { expect, test } from "vitest";
import { deviceClass, signedWith } from "./signed-with.ts";

const looked = (isTouched: boolean, width: number, height: number) => ({
  matchMedia: (query: string) => ({ matches: isTouched && query === "(pointer: coarse)" }),
  screen: { width, height },
});

test("a phone is a phone however it is held, and what is not touched is a computer however small", () => {
  expect(deviceClass(looked(true, 390, 844))).toBe("phone");
  expect(deviceClass(looked(true, 844, 390))).toBe("phone");
  expect(deviceClass(looked(true, 820, 1180))).toBe("tablet");
  expect(deviceClass(looked(false, 390, 844))).toBe("computer");
});

test("the clock is ahead of UTC in the east, and behind it in the west", () => {
  const at = (offset: number) =>
    signedWith(looked(false, 1, 1), { getTimezoneOffset: () => offset }).utcOffsetMinutes;
  expect([at(-330), at(0), at(480)]).toEqual([330, 0, -480]);
});
