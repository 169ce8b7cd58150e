import { expect, test } from "vitest";
import { requirePossibleClock } from "./check-clock.ts";

test.each(["1970-01-01", "2000-01-01", "2024-12-31", "2099-01-01"])(
  "a clock that says %s cannot be right",
  (day) => {
    expect(() => requirePossibleClock(Date.parse(day))).toThrow(
      expect.objectContaining({ code: "clock", message: expect.stringContaining(day) }),
    );
  },
);

test("a clock of these years may be right", () => {
  for (const day of ["2025-06-01", "2026-11-25", "2040-01-01"])
    expect(() => requirePossibleClock(Date.parse(day))).not.toThrow();
});
