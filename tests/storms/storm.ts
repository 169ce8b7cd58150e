import { setTimeout as pause } from "node:timers/promises";
import type { Camp } from "./camp.ts";
import type { Fate } from "./fate.ts";
import type { Kind } from "./kinds.ts";
import { isInStep, restless, waitFor } from "./rest.ts";
import type { Servers } from "./servers.ts";
import { drawStep, takeStep, type Scene } from "./steps.ts";
import { runWorld, type Aftermath, type World } from "./world.ts";

const STEPS_MAX = 9;
const PAUSE_MS_MAX = 12;
/** How long somebody waits for an answer before they do the next thing. */
const PATIENCE_MS = 160;
/** How long they wait to be connected before they begin, and for what they did to have gone out before the weather clears. */
const ARRIVING_MS_MAX = 800;
const SERVER_CLOCKS_MS = [-120_000, 3_600_000, -3_600_000];

export interface StormWish {
  readonly seed: number;
  /** What is left out of it. */
  readonly without?: readonly Kind[];
}

/** Runs the storm of one seed over a camp, and waits until it is calm. Others may be under way on other camps. */
export function runStorm(camp: Camp, { seed, without = [] }: StormWish): Promise<Aftermath> {
  return runWorld(camp, {
    name: `storm ${String(seed)}`,
    seed,
    isOn: (kind) => !without.includes(kind),
    places: (fate) => drawBrowsers(camp, fate),
    mishap: null,
    happen: async (world) => {
      const under = world.browsers.map((browser) => live({ ...world, browser }, world));
      await Promise.all([...under, stormAbove(world)]);
    },
  });
}

/** Two to four of the people, seldom all, each with one browser or two; a therapist is always among them. */
function drawBrowsers(camp: Camp, fate: Fate) {
  const drawn = fate.of("people");
  const count = drawn.pick([2, 2, 3, 3, 4]);
  const order = camp.people
    .map((person) => ({ person, place: person.name === "Ada" ? -1 : drawn.next() }))
    .toSorted((a, b) => a.place - b.place)
    .slice(0, count);
  return order.flatMap(({ person }) => {
    const both = [0, 1].map((browser) => ({ person, browser }));
    return drawn.chance(0.4) ? both : both.slice(0, 1);
  });
}

/** What one browser goes through, step by step. */
async function live(scene: Scene, { blame, tell }: Pick<World, "blame" | "tell">): Promise<void> {
  const { browser } = scene;
  const fate = browser.fate.of("steps");
  await browser.reload().catch(blame);
  await waitFor(ARRIVING_MS_MAX, () => isInStep(browser));
  const count = fate.between(4, STEPS_MAX);
  for (let nth = 0; nth < count; nth++) {
    const at = fate.of(String(nth));
    // A client that lost its connection would wait longer than the storm lasts.
    if (!isInStep(browser) && at.chance(0.7)) browser.network.nudge();
    if (at.chance(0.5)) await waitFor(PATIENCE_MS, () => isInStep(browser) && restless(browser).length === 0);
    const step = drawStep(scene, at);
    tell(`${browser.name}: ${step}`);
    const taken = takeStep(scene, step, at).catch(blame);
    await Promise.race([taken, browser.died, pause(PATIENCE_MS)]);
    if (at.chance(0.6)) await pause(at.between(0, PAUSE_MS_MAX));
  }
  await waitFor(ARRIVING_MS_MAX, () => isInStep(browser) && restless(browser).length === 0);
}

/** What happens to all of them at once. */
async function stormAbove({ camp, fate: all, isOn, servers }: World): Promise<void> {
  const fate = all.of("above");
  const hasFullDisk = isOn("server-disk") && fate.chance(0.25);
  if (isOn("clock") && fate.chance(0.3)) servers.setClock(fate.pick(SERVER_CLOCKS_MS));
  await Promise.all([
    hasFullDisk ? fillTheDisk(camp, fate.of("disk")) : null,
    isOn("clock") && fate.chance(0.3) ? turnAClock(servers, fate.of("clock")) : null,
  ]);
}

async function turnAClock(servers: Servers, fate: Fate): Promise<void> {
  await pause(fate.between(10, 300));
  servers.setClock(fate.pick(SERVER_CLOCKS_MS), fate.between(0, 1));
}

async function fillTheDisk(camp: Camp, fate: Fate): Promise<void> {
  await pause(fate.between(10, 80));
  await camp.ask("update weather.disk set is_full = true");
  await pause(fate.between(10, 120));
  await camp.ask("update weather.disk set is_full = false");
}
