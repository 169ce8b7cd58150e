import { expect } from "vitest";
import type { Camp } from "./camp.ts";
import { takeEvidence } from "./evidence.ts";
import { judge } from "./judge.ts";
import { runStorm } from "./storm.ts";

/** The storm of one seed leaves nothing that breaks a law. What happened in it is told with what it broke. */
export async function expectCalmAfter(camp: Camp, seed: number): Promise<void> {
  const storm = await runStorm(camp, { seed });
  try {
    const broken = await judge(await takeEvidence(storm));
    expect(broken, `seed ${String(seed)}\n${storm.story}`).toEqual([]);
  } finally {
    await storm.close();
  }
}
