import { randomUUID } from "node:crypto";
import { readConfig } from "@sotto/server/config";
import { readServer } from "@sotto/server/hold";
import { openServer, type OpenServer } from "@sotto/server/open";
import {
  beginDemo,
  emptyDemo,
  finishDemo,
  hasDatabaseLeft,
  ourNamesIn,
  readDemo,
  type MadeDemo,
} from "./data-folder.ts";
import { DemoFault } from "./demo-fault.ts";
import { openFrontDoor, type Placed } from "./front-door.ts";
import { readPageScript } from "./page-files.ts";
import { requireFreeRow } from "./listen.ts";
import { openPersonDoor } from "./person-door.ts";
import { play, type Progress } from "./play/play.ts";
import { practice } from "./story/practice.ts";
import type { Wishes } from "./read-wishes.ts";

type Say = (line: string) => void;

/** The demo as it runs. */
export interface RunningDemo {
  readonly address: string;
  readonly close: () => Promise<void>;
}

/**
 * Makes the practice unless it is there, starts its server, and opens the front page and everybody's door. Null when it was stopped before the practice was
 * made. Throws `DemoFault` where it may not.
 */
export async function openDemo(
  wishes: Wishes,
  say: Say,
  stopped: Promise<void>,
): Promise<RunningDemo | null> {
  await requireUnused(wishes);
  await requireFreeRow(wishes.port, 1 + countPeople());
  const made = await findOrMake(wishes, say, stopped);
  if (made === null) return null;
  const endings: (() => Promise<void>)[] = [];
  const close = async (): Promise<void> => {
    for (const end of endings.splice(0)) await end();
  };
  try {
    const server = await openDemoServer(wishes);
    endings.unshift(server.close);
    const front = frontOf(wishes);
    const people = made.cast.map((member, index): Placed => ({ member, port: wishes.port + 1 + index }));
    const comeIn = await readPageScript("come-in.ts");
    for (const { member, port } of people) {
      const { name, words } = member.way;
      const demo = JSON.stringify({ story: made.story, name, words });
      const script = `const demo = ${demo};\n${comeIn}`;
      const target = { port: server.server.port, origin: front };
      endings.unshift(await openPersonDoor({ port, front, server: target, script }));
    }
    endings.unshift(await openFrontDoor(wishes.port, people));
    return { address: front, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Everybody whom the story has. */
const countPeople = (): number =>
  1 + practice.colleagues.length + practice.families.flatMap(({ people }) => people).length;

const frontOf = ({ port }: Wishes): string => `http://localhost:${String(port)}`;

/** The real server on the demo's folder. No setting of this machine's environment reaches it: it is nobody's but the demo's. */
function openDemoServer(wishes: Wishes, wish: { readonly now?: () => number } = {}): Promise<OpenServer> {
  const config = readConfig({
    SOTTO_DATA: wishes.dataFolder,
    SOTTO_ORIGIN: frontOf(wishes),
    SOTTO_LOG: "off",
  });
  return openServer({ ...config, port: 0 }, { ...wish, tell: () => undefined });
}

async function requireUnused({ dataFolder }: Wishes): Promise<void> {
  await ourNamesIn(dataFolder);
  const holder = await readServer(dataFolder);
  if (holder !== null)
    throw new DemoFault(
      "demo-runs",
      `A server runs already on ${dataFolder}, as process ${String(holder)}.`,
      "Stop that one first, or name another folder in --data. Nothing was touched.",
    );
}

async function findOrMake(wishes: Wishes, say: Say, stopped: Promise<void>): Promise<MadeDemo | null> {
  const { dataFolder } = wishes;
  const there = wishes.isFresh ? "short" : await readDemo(dataFolder);
  if (typeof there === "object") {
    say("The practice is there from the last time; npm run demo -- --fresh makes it anew.");
    return there;
  }
  // A database that outlived a killed demo is taken up, so that it ends with it.
  if (await hasDatabaseLeft(dataFolder)) await (await openDemoServer(wishes)).close();
  await emptyDemo(dataFolder);
  await beginDemo(dataFolder);
  const made = await make(wishes, say, stopped);
  if (made !== null) await finishDemo(dataFolder, made);
  return made;
}

/** Plays the story on a server whose clock it moves. Null when it was stopped before the end. */
async function make(wishes: Wishes, say: Say, stopped: Promise<void>): Promise<MadeDemo | null> {
  say(
    "Making the practice: its people write to each other for three weeks. This takes a minute or two, once.",
  );
  const began = Date.now();
  const clock = { now: began };
  const { close, server } = await openDemoServer(wishes, { now: () => clock.now });
  try {
    const origin = `http://127.0.0.1:${String(server.port)}`;
    const today = new Date(began).setHours(0, 0, 0, 0);
    const stage = { origin, clock, setupCode: server.makeSetupCode, today };
    const playing = play(stage, (progress) => say(sayProgress(progress)));
    const cast = await Promise.race([playing, stopped.then(() => null)]);
    // Whoever is still on the stage then finds the server gone.
    playing.catch(() => undefined);
    if (cast === null) return null;
    say(`The practice is made (${String(Math.round((Date.now() - began) / 1000))} s).`);
    return { story: randomUUID(), cast };
  } finally {
    await close();
  }
}

function sayProgress(progress: Progress): string {
  switch (progress.kind) {
    case "opened":
      return `  ${practice.name} opens: ${practice.founder.name} and ${practice.colleagues.map(({ name }) => name).join(" and ")} work there.`;
    case "arrived":
      return `  The family called ${progress.family} has come in.`;
    case "day":
      return progress.daysAgo === 1 ? "  Yesterday." : `  ${String(progress.daysAgo)} days ago.`;
  }
}
