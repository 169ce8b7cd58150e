import { setTimeout as pause } from "node:timers/promises";
import type { Camp } from "./camp.ts";
import { COURSES, personOf, STEPS, type CourseName } from "./courses.ts";
import { isInStep, restless } from "./rest.ts";
import { runWorld, type Aftermath, type Mishap, type World } from "./world.ts";

export interface Drilled extends Aftermath {
  /** The points at which something could go wrong in this course, each with all the ways in which it could. */
  readonly points: readonly (readonly Mishap[])[];
  /** Whether what was to go wrong has. */
  readonly isMet: boolean;
}

/** How many points there have been at which something can go wrong. */
interface Points {
  readonly statements: number;
  /** Of each browser. */
  readonly pages: ReadonlyMap<string, readonly number[]>;
  readonly asks: ReadonlyMap<string, number>;
}

const PATIENCE_MS = 400;
const SETTLING_MS_MAX = 2000;
const LOOK_MS = 3;
const QUIET_LOOKS = 8;
const VAULT_WRITTEN_MS = 600;

/**
 * One course, the same each time, in fair weather, one step after the other. At the one point of it that is named a server or a page dies, or a request is
 * lost; null lets all be well. Whoever died comes back and goes on. So every point can be tried, one by one.
 */
export async function runDrill(camp: Camp, name: CourseName, mishap: Mishap | null): Promise<Drilled> {
  const { beginsOpen, steps } = COURSES[name];
  let [before, until]: [Points, Points] = [NOWHERE, NOWHERE];
  let isMet = false;
  const aftermath = await runWorld(camp, {
    name: `drill ${name}`,
    seed: 0,
    isOn: () => false,
    mishap,
    places: () =>
      [...new Set(steps.map(([browser]) => browser))].map((browser) => ({
        person: personOf(camp, browser),
        browser: 0,
      })),
    happen: async (world) => {
      const { blame, browsers, servers, tell } = world;
      if (!beginsOpen) before = pointsOf(world);
      await Promise.all(browsers.map((browser) => browser.reload().catch(blame)));
      await settle(world);
      if (beginsOpen) before = pointsOf(world);
      for (const [of, step] of steps) {
        const browser = browsers.find(({ person }) => person.name === of);
        const client = browser?.client ?? null;
        // Who is not back by now leaves this out.
        if (browser === undefined || client === null) continue;
        tell(`${of}: ${step}`);
        const taken = STEPS[step]({ ...world, browser, client }).catch(blame);
        // Where all is well every step is done before the next begins.
        await (mishap === null ? taken : Promise.race([taken, browser.died, pause(PATIENCE_MS)]));
        await settle(world);
      }
      // A vault is written a while after it was changed.
      if (mishap === null) await pause(VAULT_WRITTEN_MS);
      await settle(world);
      until = pointsOf(world);
      isMet = servers.deaths > 0 || browsers.some(({ isStruck }) => isStruck);
    },
  });
  return { ...aftermath, points: pointsBetween(before, until), isMet };
}

const NOWHERE: Points = { statements: 0, pages: new Map(), asks: new Map() };

const pointsOf = ({ browsers, servers }: World): Points => ({
  statements: servers.statements,
  pages: new Map(browsers.map(({ name, points }) => [name, points])),
  asks: new Map(browsers.map(({ name, network }) => [name, network.asks])),
});

const numbersBetween = (before: number, until: number): readonly number[] =>
  Array.from({ length: Math.max(0, until - before) }, (_, index) => before + index + 1);

const EITHER = [false, true];

function pointsBetween(before: Points, until: Points): readonly (readonly Mishap[])[] {
  const ofServer = numbersBetween(before.statements, until.statements).map((statement) =>
    (["before", "after"] as const).map((when) => ({ server: { statement, when } })),
  );
  const ofPages = [...until.pages].flatMap(([browser, counts]) =>
    counts.flatMap((count, index) =>
      numbersBetween(before.pages.get(browser)?.[index] ?? 0, count).map((point) =>
        EITHER.map((isDone) => ({ browser, page: { nth: index + 1, point, isDone } })),
      ),
    ),
  );
  const ofAsks = [...until.asks].flatMap(([browser, count]) =>
    numbersBetween(before.asks.get(browser) ?? 0, count).map((nth) =>
      EITHER.flatMap((isDone) => EITHER.map((isDeaf) => ({ browser, ask: { nth, isDone, isDeaf } }))),
    ),
  );
  return [...ofServer, ...ofPages, ...ofAsks];
}

/** Whoever died comes back, and everybody does what there is to do; what is held waits. */
async function settle(world: World): Promise<void> {
  const { blame, browsers, servers } = world;
  const until = Date.now() + SETTLING_MS_MAX;
  let [looks, before] = [0, -1];
  while (looks < QUIET_LOOKS && Date.now() < until) {
    await pause(LOOK_MS);
    for (const browser of browsers) if (browser.client === null) await browser.reload().catch(blame);
    const isSettled =
      servers.statements === before &&
      browsers.every(
        (one) => isInStep(one) && one.inFlight === 0 && restless(one, { mayHold: true }).length === 0,
      );
    looks = isSettled ? looks + 1 : 0;
    before = servers.statements;
  }
}
