import { migrate } from "@sotto/server/copy";
import { expect, test } from "vitest";
import { openTestDatabase } from "../support/database.ts";

const ROUNDS = 4;
const SERVERS = 8;

test("of many servers that bring an empty database up to date in the same moment each step is done by one, and none fails", async () => {
  for (let round = 0; round < ROUNDS; round += 1) {
    const database = await openTestDatabase();
    const applied = await Promise.all(Array.from({ length: SERVERS }, () => migrate(database.ownerUrl)));
    const steps = applied.flat();
    expect(steps.length).toBeGreaterThan(0);
    expect(new Set(steps).size).toBe(steps.length);
    expect(await migrate(database.ownerUrl)).toEqual([]);
    await database.close();
  }
});
