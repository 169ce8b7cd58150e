import { setTimeout as pause } from "node:timers/promises";
import { now, roomNow, statesOf } from "../support/clients.ts";
import type { Browser } from "./browser.ts";
import type { Camp } from "./camp.ts";
import { sendHeld } from "./deeds.ts";
import type { World } from "./world.ts";

const ROUNDS_MAX = 25;
const LOOK_MS = 4;
const QUIET_LOOKS = 4;

/**
 * Everybody comes in and connects anew, and again as long as somebody has something left to do or lacks something. What others do from here on they hear of
 * while they are connected: in fair weather that is enough.
 */
export async function comeToRest({
  browsers,
  camp,
  ledger,
}: Pick<World, "browsers" | "camp" | "ledger">): Promise<void> {
  await Promise.all(browsers.map((browser) => browser.calm()));
  let before = "";
  for (let round = 0; round < ROUNDS_MAX; round++) {
    await quiet(browsers);
    const now = await fingerprint(camp);
    const left = [...browsers.flatMap((browser) => restless(browser)), ...(await behind(camp, browsers))];
    if (now === before && left.length === 0) return;
    if (round === ROUNDS_MAX - 1) ledger.faults.push(`no rest: ${left.join(", ") || "rooms go on changing"}`);
    before = now;
    for (const browser of browsers) await sendHeld(browser, () => true);
    if (left.length > 0) for (const { network } of browsers) network.reconnect();
    await pause(LOOK_MS);
  }
}

/** Done when it holds, or after that long: in a storm it may never hold. */
export async function waitFor(ms: number, holds: () => boolean): Promise<void> {
  const until = Date.now() + ms;
  while (!holds() && Date.now() < until) await pause(LOOK_MS);
}

export function isInStep({ client }: Browser): boolean {
  if (client === null) return false;
  const { inStep, online, state } = now(client, "session");
  return state === "unlocked" && online && inStep;
}

/** Nobody waits for anything outside of their page, and has not for a moment. */
async function quiet(browsers: readonly Browser[]): Promise<void> {
  for (let looks = 0; looks < QUIET_LOOKS;) {
    await pause(LOOK_MS);
    const isBusy = browsers.some(({ client, inFlight }) => {
      if (inFlight > 0 || client === null) return true;
      const { inStep, online, state } = now(client, "session");
      return state === "unlocked" && !(online && inStep);
    });
    looks = isBusy ? 0 : looks + 1;
  }
}

/** What this browser has still to do. */
export function restless({ client, name }: Browser, { mayHold = false } = {}): readonly string[] {
  if (client === null || now(client, "session").state !== "unlocked") return [`${name} is not in`];
  return now(client, "rooms").flatMap(({ room }) => {
    const waiting = statesOf(roomNow(client, room)).filter(
      (state) => state !== "sent" && state !== "refused" && !(mayHold && state === "held"),
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
