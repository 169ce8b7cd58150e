import fc from "fast-check";
import { expect, test } from "vitest";
import { LOOK_SPAN_MS, nextLook } from "./look.ts";

test("there is one look in each span, and its moment is drawn, not kept", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 4_000_000_000_000 }),
      fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      (at, fraction) => {
        const next = nextLook(at, fraction);
        expect(Math.floor(next / LOOK_SPAN_MS)).toBe(Math.floor(at / LOOK_SPAN_MS) + 1);
      },
    ),
  );
  expect(nextLook(0, 0)).toBe(LOOK_SPAN_MS);
  expect(nextLook(0, 0.5)).toBe(1.5 * LOOK_SPAN_MS);
});
