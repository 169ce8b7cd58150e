import fc from "fast-check";
import ICAL from "ical.js";
import { expect, test } from "vitest";
import { firstTime, makeCalendarFile, type CalendarEvent } from "./calendar-file.ts";

const EVENT: CalendarEvent = {
  uid: "5f6f6a0e-3d0c-4f0e-9f52-0d8f3a1b2c3d",
  madeAt: Date.UTC(2026, 10, 25, 16, 30, 5),
  start: { year: 2026, month: 11, day: 27, minute: 19 * 60 + 5 },
  every: "week",
  title: "Sotto",
  text: "Have a look when you have a quiet moment.",
};

/** The one event of a file, read by a program that is not ours. */
function read(text: string) {
  const calendar = new ICAL.Component(ICAL.parse(text) as unknown[]);
  const [component] = calendar.getAllSubcomponents("vevent");
  if (component === undefined) throw new Error("no event");
  return { component, event: new ICAL.Event(component) };
}

test("another program reads the event as it was meant", () => {
  const { component, event } = read(makeCalendarFile(EVENT));
  expect(event.uid).toBe(EVENT.uid);
  expect([event.summary, event.description]).toEqual(["Sotto", EVENT.text]);
  expect(event.startDate.toString()).toBe("2026-11-27T19:05:00");
  expect(event.startDate.zone.tzid).toBe("floating");
  expect(String(component.getFirstPropertyValue("dtstamp"))).toBe("2026-11-25T16:30:05Z");
  const times = event.iterator();
  expect([1, 2, 3].map(() => times.next()?.toString())).toEqual([
    "2026-11-27T19:05:00",
    "2026-12-04T19:05:00",
    "2026-12-11T19:05:00",
  ]);
  const [alarm] = component.getAllSubcomponents("valarm");
  expect(String(alarm?.getFirstPropertyValue("action"))).toBe("DISPLAY");
  expect(String(alarm?.getFirstPropertyValue("trigger"))).toBe("PT0S");
});

test("an event of every day comes the next day too", () => {
  const times = read(makeCalendarFile({ ...EVENT, every: "day" })).event.iterator();
  expect([1, 2].map(() => times.next()?.toString())).toEqual(["2026-11-27T19:05:00", "2026-11-28T19:05:00"]);
});

test("any text comes back as it was, and no line is longer than 75 bytes", () => {
  const text = fc.string({ unit: "grapheme", maxLength: 200 }).filter((value) => !/\p{Cc}/u.test(value));
  fc.assert(
    fc.property(text, text, (title, long) => {
      const file = makeCalendarFile({ ...EVENT, title, text: `${long}\n; , \\ ${long}` });
      for (const line of file.split("\r\n"))
        expect(new TextEncoder().encode(line).length).toBeLessThanOrEqual(75);
      expect(file.replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
      const { event } = read(file);
      expect([event.summary, event.description]).toEqual([title, `${long}\n; , \\ ${long}`]);
    }),
  );
});

test("the first time is the next such day, today while its time is still to come", () => {
  // A Wednesday, 16:30 by the clock on the wall.
  const now = new Date(2026, 10, 25, 16, 30);
  const on = (weekday: number | null, minute: number) => {
    const { day, month } = firstTime(now, { weekday, minute });
    return `${String(month)}-${String(day)}`;
  };
  expect(on(3, 17 * 60)).toBe("11-25");
  expect(on(3, 16 * 60)).toBe("12-2");
  expect(on(4, 9 * 60)).toBe("11-26");
  expect(on(2, 9 * 60)).toBe("12-1");
  expect(on(null, 17 * 60)).toBe("11-25");
  expect(on(null, 16 * 60 + 30)).toBe("11-26");
});
