import { afterAll, beforeAll, expect, test } from "vitest";
import { Camps, TOGETHER } from "./camps.ts";
import { reportOn } from "./weather-report.ts";

const SEEDS = Array.from({ length: 100 }, (_, index) => 101 + index);

let camps: Camps;

beforeAll(async () => {
  camps = await Camps.open(TOGETHER);
});

afterAll(() => camps.close());

test.concurrent.each(SEEDS)("after the storm of seed %i everything that was promised holds", async (seed) => {
  const { broken, story } = await camps.with((camp) => reportOn(camp, seed));
  expect(broken.length === 0 ? [] : [...broken, story]).toEqual([]);
});
