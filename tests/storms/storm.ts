import { AsyncLocalStorage } from "node:async_hooks";
import { setTimeout as pause } from "node:timers/promises";
import { now, roomNow, statesOf } from "../support/clients.ts";
import { openTestFolder } from "../support/test-folder.ts";
import { Browser } from "./browser.ts";
import type { Camp } from "./camp.ts";
import { Fate } from "./fate.ts";
import type { Kind } from "./kinds.ts";
import { Ledger } from "./ledger.ts";
import { Servers } from "./servers.ts";
import { drawStep, sendHeld, takeStep, type Scene } from "./steps.ts";

const STEPS_MAX = 9;
const PAUSE_MS_MAX = 12;
/** How long somebody waits for an answer before they do the next thing. */
const PATIENCE_MS = 160;
/** How long they wait to be connected before they begin, and for what they did to have gone out before the weather clears. */
const ARRIVING_MS_MAX = 800;
const ROUNDS_MAX = 25;
const SERVER_CLOCKS_MS = [-120_000, 3_600_000, -3_600_000];
const QUIET_MS = 4;
const QUIET_LOOKS = 4;

export interface StormWish {
  readonly seed: number;
  /** What is left out of it. */
  readonly without?: readonly Kind[];
}

/** What is left when a storm is over: everybody is open, in step, and has nothing left to do. */
export interface Aftermath {
  readonly camp: Camp;
  readonly seed: number;
  readonly browsers: readonly Browser[];
  readonly ledger: Ledger;
  readonly filesFolder: string;
  /** How many statements the servers asked of the database while it stormed, and in all. */
  readonly statements: { readonly stormy: number; readonly all: number };
  /** What happened, for whoever looks into a seed. */
  readonly story: string;
  /** Waits until everybody has come to rest once more. */
  readonly rest: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Of which storm something is that happens in this process. */
const within = new AsyncLocalStorage<Ledger>();
const underWay = new Set<Ledger>();

/** Runs the storm of one seed over a camp, and waits until it is calm. Others may be under way on other camps. */
export function runStorm(camp: Camp, wish: StormWish): Promise<Aftermath> {
  const ledger = new Ledger();
  return within.run(ledger, () => storm(camp, wish, ledger));
}

async function storm(camp: Camp, { seed, without = [] }: StormWish, ledger: Ledger): Promise<Aftermath> {
  await camp.putBack();
  const files = await openTestFolder();
  const isOn = (kind: Kind) => !without.includes(kind);
  const fate = new Fate(`storm ${String(seed)}`);
  const note = (error: unknown) => ledger.faults.push(`thrown: ${describe(error)}`);
  const noteOwn = (error: unknown) => {
    const of = within.getStore();
    // What is of none that is under way is held against all of them.
    if (of === ledger || of === undefined || !underWay.has(of)) note(error);
  };
  underWay.add(ledger);
  process.on("unhandledRejection", noteOwn);
  const servers = new Servers(camp, { filesFolder: files.path, fate: fate.of("servers"), isOn });
  await servers.start();
  const browsers = drawBrowsers(camp, fate).map(
    (place) => new Browser(place, { servers, fate: fate.of("browser"), ledger, isOn }),
  );
  const story: string[] = [];
  const under: Promise<unknown>[] = browsers.map((browser) =>
    live({ camp, browser, ledger, isOn }, { note, story }),
  );
  under.push(stormAbove(camp, servers, fate.of("above"), isOn));
  await Promise.all(under);
  const stormy = servers.statements;
  await camp.ask("update weather.disk set is_full = false");
  await servers.calm();
  const rest = async (): Promise<void> => {
    await comeToRest(camp, browsers, ledger);
    await ledger.settled();
  };
  await rest();
  return {
    camp,
    rest,
    seed,
    browsers,
    ledger,
    filesFolder: files.path,
    statements: { stormy, all: servers.statements },
    story: [`servers: ${String(servers.count)}, deaths: ${String(servers.deaths)}`, ...story].join("\n"),
    close: async () => {
      for (const browser of browsers) await browser.end();
      await servers.end();
      await files.remove();
      process.off("unhandledRejection", noteOwn);
      underWay.delete(ledger);
    },
  };
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
async function live(
  scene: Scene,
  { note, story }: { readonly note: (error: unknown) => void; readonly story: string[] },
): Promise<void> {
  const { browser } = scene;
  const fate = browser.fate.of("steps");
  await browser.reload().catch(note);
  await waitFor(ARRIVING_MS_MAX, () => isInStep(browser));
  const count = fate.between(4, STEPS_MAX);
  for (let nth = 0; nth < count; nth++) {
    const at = fate.of(String(nth));
    // A client that lost its connection would wait longer than the storm lasts.
    if (!isInStep(browser) && at.chance(0.7)) browser.network.nudge();
    if (at.chance(0.5)) await waitFor(PATIENCE_MS, () => isInStep(browser) && restless(browser).length === 0);
    const step = drawStep(scene, at);
    story.push(`${browser.name}: ${step}`);
    const taken = takeStep(scene, step, at).catch(note);
    await Promise.race([taken, browser.died, pause(PATIENCE_MS)]);
    if (at.chance(0.6)) await pause(at.between(0, PAUSE_MS_MAX));
  }
  await waitFor(ARRIVING_MS_MAX, () => isInStep(browser) && restless(browser).length === 0);
}

/** Done when it holds, or after that long: in a storm it may never hold. */
async function waitFor(ms: number, holds: () => boolean): Promise<void> {
  const until = Date.now() + ms;
  while (!holds() && Date.now() < until) await pause(QUIET_MS);
}

function isInStep({ client }: Browser): boolean {
  if (client === null) return false;
  const { inStep, online, state } = now(client, "session");
  return state === "unlocked" && online && inStep;
}

/** What happens to all of them at once. */
async function stormAbove(
  camp: Camp,
  servers: Servers,
  fate: Fate,
  isOn: (kind: Kind) => boolean,
): Promise<void> {
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

/**
 * Everybody comes in and connects anew, and again as long as somebody has something left to do or lacks something. What others do from here on they hear of
 * while they are connected: in fair weather that is enough.
 */
async function comeToRest(camp: Camp, browsers: readonly Browser[], ledger: Ledger): Promise<void> {
  await Promise.all(browsers.map((browser) => browser.calm()));
  let before = "";
  for (let round = 0; round < ROUNDS_MAX; round++) {
    await quiet(browsers);
    const now = await fingerprint(camp);
    const left = [...browsers.flatMap(restless), ...(await behind(camp, browsers))];
    if (now === before && left.length === 0) return;
    if (round === ROUNDS_MAX - 1) ledger.faults.push(`no rest: ${left.join(", ") || "rooms go on changing"}`);
    before = now;
    for (const browser of browsers) await sendHeld(browser, () => true);
    if (left.length > 0) for (const { network } of browsers) network.reconnect();
    await pause(QUIET_MS);
  }
}

/** Nobody waits for anything outside of their page, and has not for a moment. */
async function quiet(browsers: readonly Browser[]): Promise<void> {
  for (let looks = 0; looks < QUIET_LOOKS;) {
    await pause(QUIET_MS);
    const isBusy = browsers.some(({ client, inFlight }) => {
      if (inFlight > 0 || client === null) return true;
      const { inStep, online, state } = now(client, "session");
      return state === "unlocked" && !(online && inStep);
    });
    looks = isBusy ? 0 : looks + 1;
  }
}

/** What this browser has still to do. */
function restless({ client, name }: Browser): readonly string[] {
  if (client === null || now(client, "session").state !== "unlocked") return [`${name} is not in`];
  return now(client, "rooms").flatMap(({ room }) => {
    const waiting = statesOf(roomNow(client, room)).filter(
      (state) => state !== "sent" && state !== "refused",
    );
    return waiting.length === 0 ? [] : [`${name} still has ${String(waiting.length)} to send`];
  });
}

/** Whose device does not hold as much of a room as its person may read, or holds a room that they are not in. */
async function behind({ ask }: Camp, browsers: readonly Browser[]): Promise<readonly string[]> {
  const places = await ask(
    "select account_id, room_id, next_seq - from_seq as count from room_member join room using (room_id)",
  );
  return browsers.flatMap(({ name, person: { account }, store }) => {
    const held = new Map<string, number>();
    for (const key of store.values.keys()) {
      const [of, whose, kind, room = ""] = key.split("/");
      if (of === "of" && whose === account && kind === "room") held.set(room, (held.get(room) ?? 0) + 1);
    }
    const theirs = places.filter((place) => place["account_id"] === account);
    const isBehind =
      held.size !== theirs.length ||
      theirs.some((place) => held.get(String(place["room_id"])) !== Number(place["count"]));
    return isBehind ? [`${name} is behind`] : [];
  });
}

async function fingerprint({ ask }: Camp): Promise<string> {
  const rooms = await ask("select room_id, next_seq, epoch from room order by room_id");
  const kinds = await ask("select kind, count(*) as count from room_item group by kind order by kind");
  return JSON.stringify([rooms, kinds]);
}

const describe = (error: unknown): string =>
  error instanceof Error
    ? `${error.name} ${error.message} ${(error.stack ?? "").split("\n")[1] ?? ""}`
    : String(error);
