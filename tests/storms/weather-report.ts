import type { Camp } from "./camp.ts";
import type { CourseName } from "./courses.ts";
import { runDrill, type Drilled } from "./drill.ts";
import { takeEvidence } from "./evidence.ts";
import { judge } from "./judge.ts";
import type { Kind } from "./kinds.ts";
import { runStorm } from "./storm.ts";
import type { Aftermath, Mishap } from "./world.ts";

export interface Report {
  /** What breaks a law. */
  readonly broken: readonly string[];
  /** What happened, for whoever looks into it. */
  readonly story: string;
  /** How many statements the servers asked of the database until it was calm, and in all. */
  readonly statements: { readonly stormy: number; readonly all: number };
}

/** The storm of one seed, judged. */
export async function reportOn(camp: Camp, seed: number, without: readonly Kind[] = []): Promise<Report> {
  return judged(await runStorm(camp, { seed, without }), `seed ${String(seed)}`);
}

/** One course in which one thing goes wrong, or nothing, judged. */
export async function reportOnDrill(
  camp: Camp,
  course: CourseName,
  mishap: Mishap | null,
): Promise<Report & Pick<Drilled, "isMet" | "ledger" | "points">> {
  const drilled = await runDrill(camp, course, mishap);
  const { isMet, ledger, points } = drilled;
  return { ...(await judged(drilled, `${course} ${JSON.stringify(mishap)}`)), isMet, ledger, points };
}

async function judged(aftermath: Aftermath, name: string): Promise<Report> {
  try {
    const broken = await judge(await takeEvidence(aftermath));
    const { statements } = aftermath;
    return { broken, statements, story: `${name}\n${aftermath.story}` };
  } finally {
    await aftermath.close();
  }
}
