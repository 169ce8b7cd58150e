import { expect, test } from "vitest";
import { day, when } from "./say.ts";

const noon = (year: number, month: number, date: number) => new Date(year, month - 1, date, 12).getTime();
const now = noon(2026, 3, 5);

test("a day is said as people say it: today, yesterday, the day and month, and the year when it is another", () => {
  expect(day(now, now)).toBe("Today");
  expect(day(noon(2026, 3, 4), now)).toBe("Yesterday");
  const monday = day(noon(2026, 3, 2), now);
  expect(monday).toContain("Monday");
  expect(monday).toContain("March");
  expect(monday).not.toContain("2026");
  expect(day(noon(2025, 12, 31), now)).toContain("2025");
});

test("the days around a change of the clock are whole days", () => {
  for (let date = 1; date < 360; date++) {
    const at = noon(2026, 1, date);
    expect(day(at, noon(2026, 1, date + 1))).toBe("Yesterday");
    expect(day(new Date(2026, 0, date, 23, 59).getTime(), noon(2026, 1, date))).toBe("Today");
  }
});

test("in a list it is as short as it can be", () => {
  expect(when(noon(2026, 3, 4), now)).toBe("Yesterday");
  expect(when(noon(2026, 3, 2), now)).toBe("Monday");
  expect(when(noon(2026, 2, 1), now)).toContain("2026");
});
