import { randomUUID } from "node:crypto";
import { setImmediate } from "node:timers/promises";
import { expect, test } from "vitest";
import type { World } from "../steps/world.ts";
import { Follower } from "./follower.ts";
import type { Hub } from "./hub.ts";
import type { Lookout } from "./lookout.ts";

test("a hint that comes in the moment in which a look ends is looked for too", async () => {
  const hint = {
    kind: "items",
    practice: randomUUID(),
    room: randomUUID(),
    first: 1,
    last: 1,
    roster: false,
  } as const;
  for (let turns = 0; turns < 30; turns += 1) {
    let looks = 0;
    const read = async (): Promise<readonly never[]> => {
      looks += 1;
      return [];
    };
    // Nothing else of them is asked for when somebody is connected and there is no news.
    const world = { store: { read } } as unknown as World;
    const hub = { accountsOf: () => [randomUUID()] } as unknown as Hub;
    const follower = new Follower(world, hub, {} as unknown as Lookout);
    follower.follow([hint]);
    for (let turn = 0; turn < turns; turn += 1) await Promise.resolve();
    follower.follow([hint]);
    await setImmediate();
    expect([turns, looks]).toEqual([turns, 2]);
  }
});
