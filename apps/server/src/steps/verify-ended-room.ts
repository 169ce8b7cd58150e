import {
  checkHusk,
  equalBytes,
  huskOf,
  parseHusk,
  parseRoomEvent,
  roomHeadLeaf,
  type IdentityOf,
  type RoomHusk,
  type RoomState,
} from "@sotto/vault/public";
import type { Reader } from "../store/store.ts";
import { findLeftBehind, readWholeItems, type WholeItem } from "../store/whole.ts";
import { compareRoom } from "./compare-room.ts";
import { parsedOrNull, roomFinding, type Finding, type FindingKind } from "./finding.ts";
import { isInLog } from "./verify-accounts.ts";

const ITEMS_AT_ONCE = 200;

/**
 * Goes through what stays of a room that has ended: each husk continues the one before by the rules that anybody can check and names a hash that stands in
 * the log, the last of all is the event that ended it, and of everything else nothing was left behind.
 */
export async function verifyEndedRoom(
  reader: Reader,
  room: string,
  identityOf: IdentityOf,
): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  const find = (kind: FindingKind, seq: number, why = "") =>
    findings.push(roomFinding(reader, { kind, room, seq, why }));
  const since = new Map<string, number>();
  let state: RoomState | null = null;
  let lastSeq = 0;
  for (;;) {
    const items = await readWholeItems(reader, room, lastSeq, ITEMS_AT_ONCE);
    for (const item of items) {
      lastSeq = item.seq;
      if (item.kind === "frame" || item.kind === "erased") {
        find("room-not-empty", item.seq, item.kind);
        continue;
      }
      const event = readStep(item);
      if (event === null) {
        find("room-event-wrong", item.seq, "malformed");
        continue;
      }
      const isNamed = event.room === room && event.author === item.author && equalBytes(event.hash, item.id);
      if (!isNamed) find("room-event-wrong", item.seq, "not what stands beside it");
      const check = await checkHusk({ event, previous: state, identityOf });
      if (check.kind === "refused") {
        find("room-event-wrong", item.seq, check.reason);
        continue;
      }
      state = check.state;
      noteRoster(since, state, item.seq);
      const { epoch, head } = state;
      if (!(await isInLog(reader, roomHeadLeaf({ room, epoch, hash: head }))))
        find("room-event-not-in-log", item.seq);
    }
    if (items.length === 0) break;
  }
  const first = (account: string) => since.get(account);
  findings.push(...(await compareRoom(reader, { room, state, lastSeq, since, first })));
  for (const why of await findLeftBehind(reader, room)) find("room-not-empty", lastSeq, why);
  return findings;
}

/** A husk, or the event that ended the room; null for anything else, a whole event among them. */
const readStep = ({ bytes, kind }: WholeItem): RoomHusk | null => {
  if (kind === "husk") return parsedOrNull(() => parseHusk(bytes));
  const event = kind === "event" ? parsedOrNull(() => parseRoomEvent(bytes)) : null;
  return event?.action === "ended" ? huskOf(event) : null;
};

const noteRoster = (since: Map<string, number>, { members }: RoomState, seq: number): void => {
  const there = new Set(members.map(({ account }) => account));
  for (const account of since.keys()) if (!there.has(account)) since.delete(account);
  for (const account of there) if (!since.has(account)) since.set(account, seq);
};
