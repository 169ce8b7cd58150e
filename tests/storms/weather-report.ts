import type { Camp } from "./camp.ts";
import { takeEvidence } from "./evidence.ts";
import { judge } from "./judge.ts";
import type { Kind } from "./kinds.ts";
import { runStorm } from "./storm.ts";

export interface Report {
  /** What breaks a law. */
  readonly broken: readonly string[];
  /** What happened, for whoever looks into a seed. */
  readonly story: string;
  /** How many statements the servers asked of the database while it stormed, and in all. */
  readonly statements: { readonly stormy: number; readonly all: number };
}

/** The storm of one seed, judged. */
export async function reportOn(camp: Camp, seed: number, without: readonly Kind[] = []): Promise<Report> {
  const storm = await runStorm(camp, { seed, without });
  try {
    const broken = await judge(await takeEvidence(storm));
    const { statements } = storm;
    return { broken, statements, story: `seed ${String(seed)}\n${storm.story}` };
  } finally {
    await storm.close();
  }
}
