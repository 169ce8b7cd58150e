import { setTimeout as pause } from "node:timers/promises";
import type { PageDeath } from "./browser.ts";
import type { Camp } from "./camp.ts";
import { COURSES, personOf, type CourseName } from "./courses.ts";
import type { Death } from "./database-door.ts";
import { isInStep, restless } from "./rest.ts";
import { runWorld, type Aftermath, type World } from "./world.ts";

/** The one thing that goes wrong in a drill. */
export type DrillDeath = { readonly server: Death } | { readonly browser: string; readonly page: PageDeath };

export interface Drilled extends Aftermath {
  /** The deaths that could have been in this course, each at a point of its own. */
  readonly deaths: readonly DrillDeath[];
  /** Whether the point was reached at which something was to die. */
  readonly died: boolean;
}

/** How many points there have been at which something can die. */
interface Points {
  readonly statements: number;
  readonly pages: ReadonlyMap<string, readonly number[]>;
}

const PATIENCE_MS = 400;
const SETTLING_MS_MAX = 2000;
const LOOK_MS = 3;
const QUIET_LOOKS = 8;

/**
 * One course, the same each time, in fair weather, one step after the other. In it one server or one page dies at the one point that is named, or nobody does;
 * whoever it was comes back and goes on. So every point can be tried, one by one.
 */
export async function runDrill(camp: Camp, name: CourseName, death: DrillDeath | null): Promise<Drilled> {
  const { beginsOpen, steps } = COURSES[name];
  let [before, until]: [Points, Points] = [NOWHERE, NOWHERE];
  let deaths = 0;
  const aftermath = await runWorld(camp, {
    name: `drill ${name}`,
    seed: 0,
    isOn: () => false,
    ...(death === null ? {} : { death }),
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
        // Who could not come back in time does nothing more before it is calm.
        if (browser === undefined || client === null) continue;
        tell(`${of}: ${step.name}`);
        const taken = step({ ...world, browser, client }).catch(blame);
        await Promise.race([taken, browser.died, pause(PATIENCE_MS)]);
        await settle(world);
      }
      until = pointsOf(world);
      deaths = servers.deaths;
    },
  });
  const died = death !== null && ("server" in death ? deaths > 0 : isReached(death, until));
  return { ...aftermath, deaths: deathsBetween(before, until), died };
}

const NOWHERE: Points = { statements: 0, pages: new Map() };

const pointsOf = ({ browsers, servers }: World): Points => ({
  statements: servers.statements,
  pages: new Map(browsers.map(({ name, points }) => [name, points])),
});

const isReached = (
  { browser, page }: { readonly browser: string; readonly page: PageDeath },
  { pages }: Points,
): boolean => (pages.get(browser)?.[page.nth - 1] ?? 0) >= page.point;

const numbersBetween = (before: number, until: number): readonly number[] =>
  Array.from({ length: Math.max(0, until - before) }, (_, index) => before + index + 1);

function deathsBetween(before: Points, until: Points): readonly DrillDeath[] {
  const ofServer = numbersBetween(before.statements, until.statements).flatMap((statement) =>
    (["before", "after"] as const).map((when) => ({ server: { statement, when } })),
  );
  const ofPages = [...until.pages].flatMap(([browser, counts]) =>
    counts.flatMap((count, index) =>
      numbersBetween(before.pages.get(browser)?.[index] ?? 0, count).flatMap((point) =>
        [false, true].map((isDone) => ({ browser, page: { nth: index + 1, point, isDone } })),
      ),
    ),
  );
  return [...ofServer, ...ofPages];
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
      browsers.every((one) => isInStep(one) && one.inFlight === 0 && restless(one, ["held"]).length === 0);
    looks = isSettled ? looks + 1 : 0;
    before = servers.statements;
  }
}
