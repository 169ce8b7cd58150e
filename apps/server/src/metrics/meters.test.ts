import { expect, test } from "vitest";
import { Meters } from "./meters.ts";

test("requests are counted by endpoint and status", () => {
  const meters = new Meters();
  meters.requested("health", 200);
  meters.requested("health", 200);
  meters.requested("page", 404);
  const text = meters.write([]);
  expect(text).toContain('sotto_requests_total{endpoint="health",status="200"} 2\n');
  expect(text).toContain('sotto_requests_total{endpoint="page",status="404"} 1\n');
});

test("the histogram of appends counts each in its bucket and all above", () => {
  const meters = new Meters();
  meters.appended(0.004);
  meters.appended(0.2);
  meters.appended(60);
  const lines = meters.write([]).split("\n");
  expect(lines).toContain('sotto_append_seconds_bucket{le="0.0025"} 0');
  expect(lines).toContain('sotto_append_seconds_bucket{le="0.005"} 1');
  expect(lines).toContain('sotto_append_seconds_bucket{le="0.25"} 2');
  expect(lines).toContain('sotto_append_seconds_bucket{le="5"} 2');
  expect(lines).toContain('sotto_append_seconds_bucket{le="+Inf"} 3');
  expect(lines).toContain("sotto_append_seconds_count 3");
});

test("every line is a comment or a number that a scraper can read, and ends the text with a line break", () => {
  const meters = new Meters();
  meters.requested("appendFrame", 409);
  const text = meters.write([{ name: "sotto_live_connections", says: "Live connections.", value: 3 }]);
  expect(text.endsWith("\n")).toBe(true);
  const shape =
    /^(# (HELP|TYPE) sotto_[a-z_]+ .+|sotto_[a-z_]+(\{[a-z]+="[^"]*"(,[a-z]+="[^"]*")*\})? -?[0-9.e+-]+)$/;
  for (const line of text.trimEnd().split("\n")) expect(line).toMatch(shape);
  expect(text).toContain("sotto_live_connections 3\n");
});
