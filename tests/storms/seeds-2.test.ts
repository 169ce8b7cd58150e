import { afterAll, beforeAll, expect, test } from "vitest";
import { openCamp, type Camp } from "./camp.ts";
import { reportOn } from "./weather-report.ts";

const SEEDS = Array.from({ length: 30 }, (_, index) => 31 + index);

let camp: Camp;

beforeAll(async () => {
  camp = await openCamp();
});

afterAll(() => camp.close());

test.each(SEEDS)("after the storm of seed %i everything that was promised holds", async (seed) => {
  const { broken, story } = await reportOn(camp, seed);
  expect(broken.length === 0 ? [] : [...broken, story]).toEqual([]);
});
