import { Agent } from "node:http";
import type { EndpointName } from "@sotto/contract";
import { REFUSE_AFTER_MS } from "@sotto/server/wiring";
import { ASKS, type Naming } from "@sotto/tests/insider-asks";
import { openInsiderStage, type Insider, type InsiderStage } from "@sotto/tests/insider-stage";
import { askWhole, type Wish } from "@sotto/tests/whole-answer";
import { benchLine, type BenchLine } from "./line.ts";
import { isUsable, tellApart } from "./tell-apart.ts";

const ROUNDS = Number(process.env["SOTTO_INSIDER_ROUNDS"] ?? "600");
/** What the control is later by: the test must find it, or it would find nothing. */
const CONTROL_MS = 0.25;

/** Who asks for what: the endpoints that look at different things, by those who come nearest to them and must not learn anything. */
const WHO: { readonly [Name in EndpointName]?: string } = {
  openInvitation: "somebody without a session",
  signInPasskey: "somebody without a session",
  signInPassphraseStart: "somebody without a session",
  signInRecovery: "somebody without a session",
  closeAccount: "receptionist",
  appendEvent: "receptionist",
  appendFrame: "removed",
  readRoom: "removed",
  finishFile: "removed",
  readChunk: "removed",
  keepPushReminder: "elsewhere",
};

/** What is good once has to be made anew for each asking. */
const GOOD_ONCE: ReadonlySet<string> = new Set<EndpointName>(["signInPasskey"]);

type Arm = "real" | "absent" | "again" | "later";
type Times = { readonly [Name in Arm]: number[] };
const ARMS = ["real", "absent", "again", "later"] as const;

/**
 * Whether somebody who may not have a thing can tell by the time of the no whether it is there. Each round asks, in an order drawn by lot, for somebody's thing,
 * for one that is not there, for the one that is not there once more, and for it with a known delay. Value: how often the first took longer than the second, in percent; reference:
 * the same of the second and the third, which are of one kind. Server and asker are one process: no network hides anything.
 */
export async function benchInsiderTiming(): Promise<readonly BenchLine[]> {
  const stage = await openInsiderStage({ refuseAfterMs: REFUSE_AFTER_MS });
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const usable: string[] = [];
  let found = 0;
  const lines: BenchLine[] = [];
  const judge = (name: string, times: Times): void => {
    const [apart, alike] = [tellApart(times.real, times.absent), tellApart(times.again, times.absent)];
    const control = tellApart(times.later, times.absent);
    if (isUsable(apart))
      usable.push(`${name} (${apart.share.toFixed(3)}, ${apart.deviations.toFixed(1)} deviations)`);
    if (isUsable(control)) found += 1;
    console.error(
      `${name}: ${[apart, alike, control].map(({ share, deviations }) => `${share.toFixed(3)} (${deviations.toFixed(1)})`).join(", ")}`,
    );
    lines.push(benchLine(`insider.${name}`, "%", apart.share * 100, alike.share * 100));
    lines.push(benchLine(`insider.${name}.control`, "%", control.share * 100, alike.share * 100));
  };
  try {
    for (const [name, who] of Object.entries(WHO)) {
      // The names are the keys of the contract's table.
      const row = ASKS[name as EndpointName];
      const [naming] = "names" in row ? row.names : [];
      if (naming === undefined) throw new Error(`${name} names nothing`);
      const asker = stage.insider(who);
      judge(name, await measure(preparing(stage, agent, { name: name as EndpointName, naming, asker })));
    }
    judge("session", await measure((arm) => prepareSession(stage, agent, arm)));
  } finally {
    agent.destroy();
    await stage.close();
  }
  const pairs = lines.length / 2;
  console.error(
    `${String(pairs)} pairs, ${String(ROUNDS)} rounds each; the control was found in ${String(found)}.`,
  );
  if (usable.length > 0) console.error(`A stranger could use: ${usable.join("; ")}.`);
  if (usable.length > 0 || found < pairs / 2) process.exitCode = 1;
  return lines;
}

interface Asking {
  readonly name: EndpointName;
  readonly naming: Naming;
  readonly asker: Insider;
}

/** Makes ready what is asked, which takes its time; answers what makes each asking. */
function preparing({ absent, origin, real }: InsiderStage, agent: Agent, { asker, name, naming }: Asking) {
  const made = new Map<Arm, Wish>();
  return async (arm: Arm): Promise<() => Promise<unknown>> => {
    const before = GOOD_ONCE.has(name) ? undefined : made.get(arm);
    const wish = before ?? (await naming.ask(arm === "real" ? real : absent, asker, origin));
    made.set(arm, wish);
    return () => askWhole(origin, name, { token: asker.token, wish, agent });
  };
}

/** A session that ran out, and one that never was. */
async function prepareSession(stage: InsiderStage, agent: Agent, arm: Arm): Promise<() => Promise<unknown>> {
  const { token } = stage.insider(arm === "real" ? "expired" : "somebody who makes up a token");
  return () => askWhole(stage.origin, "listRooms", { token, wish: {}, agent });
}

async function measure(prepared: (arm: Arm) => Promise<() => Promise<unknown>>): Promise<Times> {
  const times: Times = { real: [], absent: [], again: [], later: [] };
  for (let round = -20; round < ROUNDS; round += 1) {
    for (const arm of shuffled(ARMS)) {
      const run = await prepared(arm);
      const from = performance.now();
      await run();
      if (arm === "later") waitBusy(CONTROL_MS);
      const took = performance.now() - from;
      // The first rounds warm everything up.
      if (round >= 0) times[arm].push(took);
    }
  }
  return times;
}

function waitBusy(milliseconds: number): void {
  const until = performance.now() + milliseconds;
  while (performance.now() < until);
}

const shuffled = <Value>(values: readonly Value[]): readonly Value[] =>
  values
    .map((value) => ({ value, at: Math.random() }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ value }) => value);
