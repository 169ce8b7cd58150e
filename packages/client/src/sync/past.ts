import type { RoomId } from "@sotto/domain";
import { fromBase64Url, isGrantEvent, openGrantedPast, parseRoomEvent } from "@sotto/vault";
import type { Bytes, IdentityOf, IdentitySecret, RoomGrant } from "@sotto/vault";
import type { Call } from "../api.ts";
import { ClientFault, needed } from "../done.ts";
import type { ClientRefusal } from "../refusal.ts";
import type { LocalRecords } from "../local/records.ts";
import { readOrNull } from "../unreadable.ts";
import { decodeItem, encodeItem } from "./local-item.ts";
import { doubtsIn, isSameItem, openRoom, takeItem } from "./room-memory.ts";
import type { ItemEffect, Past, RawItem, RoomMemory } from "./room-memory.ts";

/**
 * The past that a keeper gave somebody: kept on the device beside the room, and opened with it from the granted epoch on.
 * Nothing of it is believed before it has led, hash by hash, to the event that this person came in by.
 */
const placeOf = (room: RoomId, epoch: number): string =>
  `history/${room}/${String(epoch).padStart(10, "0")}/`;

const nameAt = (room: RoomId, grant: RoomGrant, place: number): string =>
  `${placeOf(room, grant.epoch)}${String(place).padStart(12, "0")}`;

/** Under which name an item of the past stands on this device; `seq` is as its room counts, at most 0. */
export function pastItemName(room: RoomId, { grant, length }: Past, seq: number): string {
  return nameAt(room, grant, length + seq);
}

/** Reads the granted past from the server and keeps it, in place of a narrower one. How much it is; null when the room is not there. */
export async function fetchPast(
  { call, local }: { readonly call: Call; readonly local: LocalRecords },
  room: RoomId,
  grant: RoomGrant,
): Promise<number | null> {
  const items: Omit<RawItem, "seq">[] = [];
  for (;;) {
    const query = { after: String(items.length) };
    const answer = await call("readHistory", { params: { room }, query });
    const isGone = answer.kind === "refused" && isGoneFor(answer.refusal);
    if (isGone) return null;
    const page = needed(answer);
    if (page.items.some((item, index) => item.seq !== items.length + index + 1)) {
      throw new ClientFault("bad-answer");
    }
    items.push(...page.items.map((item) => ({ ...item, bytes: fromBase64Url(item.bytes) })));
    if (!page.more || page.items.length === 0) break;
  }
  const old = await local.list(`history/${room}/`);
  await local.writePublic([
    ...old.map((name) => ({ name, value: null })),
    ...items.map((item, index) => ({
      name: nameAt(room, grant, index + 1),
      value: encodeItem({ ...item, seq: index + 1 }),
    })),
  ]);
  return items.length;
}

/** Of a room that has ended there is no past either; that it has, whoever asks for the room itself finds out. */
const isGoneFor = (refusal: ClientRefusal): boolean => refusal === "not-here" || refusal === "room-ended";

/** Where something of the past was missing, or did not open, the server now gives something else: it is to be read anew. */
export async function isPastOtherNow(
  { call, local }: { readonly call: Call; readonly local: LocalRecords },
  { lines, past, room }: RoomMemory,
): Promise<boolean> {
  if (past === null) return false;
  for (const seq of doubtsIn(lines, (line) => line.seq <= 0)) {
    const query = { after: String(past.length + seq - 1) };
    const answer = await call("readHistory", { params: { room }, query });
    if (answer.kind === "refused" && isGoneFor(answer.refusal)) return false;
    const [now] = needed(answer).items;
    const kept = await local.readPublic(pastItemName(room, past, seq));
    const before = kept === null ? null : decodeItem(seq, kept);
    if (now !== undefined && !isSameItem(before, { ...now, bytes: fromBase64Url(now.bytes) })) return true;
  }
  return false;
}

/** What this device keeps of the past from this grant's epoch on, oldest first, counting down to 0. */
async function keptPast(local: LocalRecords, room: RoomId, grant: RoomGrant): Promise<readonly RawItem[]> {
  const kept = await local.readAllPublic(placeOf(room, grant.epoch));
  const items: RawItem[] = [];
  for (const [index, { value }] of kept.entries()) {
    const item = decodeItem(index + 1 - kept.length, value);
    if (item === null) return [];
    items.push(item);
  }
  return items;
}

interface Known {
  readonly items: readonly RawItem[];
  readonly mine: readonly IdentitySecret[];
  readonly archived: (epoch: number) => Bytes | null;
  readonly identityOf: IdentityOf;
}

/** The widest grant to me among these items, opened; null when there is none. Whether it holds is seen when it is reached. */
async function grantedIn(
  items: readonly RawItem[],
  { archived, mine }: Pick<Known, "archived" | "mine">,
): Promise<Omit<Past, "length"> | null> {
  let past: Omit<Past, "length"> | null = null;
  for (const item of items) {
    if (item.kind !== "event" || !isGrantEvent(item.bytes)) continue;
    const event = readOrNull(() => parseRoomEvent(item.bytes));
    if (event?.grant === undefined || (past !== null && past.grant.epoch <= event.grant.epoch)) continue;
    const seeds = await openGrantedPast(event, mine, archived);
    if (seeds !== null) past = { grant: event.grant, seeds };
  }
  return past;
}

/** A room with its past, and what its items did beyond the memory. */
export interface OpenedPast {
  readonly memory: RoomMemory;
  readonly effects: readonly ItemEffect[];
}

/**
 * The room opened from its granted past on, through what this person has of it since they came in. `none` when nothing was
 * given or nothing of it is here; `refused` when it does not lead to the event that they came in by.
 */
export async function openWithPast(
  local: LocalRecords,
  room: RoomId,
  { items, ...opening }: Known,
): Promise<OpenedPast | "none" | "refused"> {
  const past = await grantedIn(items, opening);
  const before = past === null ? [] : await keptPast(local, room, past.grant);
  const [first, ...rest] = before;
  if (past === null || first === undefined) return "none";
  const opened = await openRoom(first, room, { ...opening, past: { ...past, length: before.length } });
  if (opened === null || opened === "destroyed") return "refused";
  const { memory } = opened;
  const effects: ItemEffect[] = [];
  for (const item of [...rest, ...items]) {
    const effect = await takeItem(memory, item, opening);
    if (effect.kind === "removed" || (effect.kind === "refused" && item.seq <= 1)) return "refused";
    if (memory.isBroken && item.seq <= 1) return "refused";
    effects.push(effect);
  }
  const holds = memory.granted?.epoch === past.grant.epoch;
  return holds ? { memory, effects } : "refused";
}
