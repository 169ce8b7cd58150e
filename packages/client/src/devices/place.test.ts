import { expect, test } from "vitest";
import { placeOf } from "./place.ts";

test("the town of a time zone is a place; a zone without one is none", () => {
  expect(placeOf("Europe/Berlin")).toBe("Berlin");
  expect(placeOf("America/New_York")).toBe("New York");
  expect(placeOf("America/Argentina/Buenos_Aires")).toBe("Buenos Aires");
  expect(placeOf("America/Port-au-Prince")).toBe("Port-au-Prince");
  for (const zone of ["", "UTC", "Etc/UTC", "Etc/GMT+3", "GMT", "EST5EDT", "Europe/<b>", "a/b/1"]) {
    expect(placeOf(zone)).toBeNull();
  }
});
