import type { RoomId } from "@sotto/domain";
import {
  checkEnding,
  equalBytes,
  fromBase64Url,
  memberOf,
  parseHusk,
  parseRoomEvent,
  wipe,
} from "@sotto/vault";
import type { IdentityOf, RoomEvent, RoomHeadMark, RoomHusk, RoomState, VaultState } from "@sotto/vault";
import type { Call } from "../api.ts";
import { needed } from "../done.ts";
import { readOrNull } from "../unreadable.ts";
import type { RoomMemory } from "./room-memory.ts";

/** What the server shows of how a room came to its end: what stays of its events, and the event that ended it. Nothing of it is believed yet. */
export interface Ending {
  readonly husks: readonly RoomHusk[];
  readonly end: RoomEvent;
  /** When the server took the end. */
  readonly at: number;
}

/** An end that this person has followed, and may believe. */
export interface FollowedEnding {
  readonly state: RoomState;
  readonly by: string;
  readonly at: number;
}

/** Whether this person has followed a room to its end, on any of their devices. */
export function hasEnded({ ended }: VaultState, room: string): boolean {
  return ended.some((line) => line.room === room);
}

/** Reads what the server shows of a room's end. `none` when it shows none to this person, null when it makes no sense. */
export async function fetchEnding(call: Call, room: RoomId): Promise<Ending | "none" | null> {
  const husks: RoomHusk[] = [];
  let last: { readonly end: RoomEvent; readonly at: number } | null = null;
  for (let after = 0; ;) {
    const answer = await call("readEnding", { params: { room }, query: { after: String(after) } });
    if (answer.kind === "refused" && answer.refusal === "not-here") return "none";
    const { items, more } = needed(answer);
    for (const { at, bytes, kind, seq } of items) {
      const isInOrder = seq > after && last === null;
      after = seq;
      if (kind === "husk") {
        const husk = readOrNull(() => parseHusk(fromBase64Url(bytes)));
        if (!isInOrder || husk === null) return null;
        husks.push(husk);
      } else {
        const end = readOrNull(() => parseRoomEvent(fromBase64Url(bytes)));
        if (!isInOrder || end === null) return null;
        last = { end, at };
      }
    }
    if (!more || items.length === 0) return last === null ? null : { husks, ...last };
  }
}

/**
 * Follows a room to its end, by what is known of it: what this device holds open, and the newest head that any of this person's clients has seen. Null
 * when the end is not one that a keeper of this very room has signed. Whoever came in again since, came in by somebody who kept the room as it is known here.
 */
export async function followEnding(
  { at, end, husks }: Ending,
  known: {
    readonly account: string;
    readonly room: RoomId;
    readonly memory: RoomMemory | null;
    readonly mark: Pick<RoomHeadMark, "epoch" | "head"> | null;
    readonly identityOf: IdentityOf;
  },
): Promise<FollowedEnding | null> {
  const { account, identityOf, mark, memory, room } = known;
  const [first] = husks;
  const followed = await checkEnding({ account, from: "first", husks, end, identityOf });
  if (first === undefined || first.room !== room || followed.kind === "refused") return null;
  const seen = [...(mark === null ? [] : [mark]), ...(memory === null ? [] : [memory.state])];
  const leadsOn = seen.every(({ epoch, head }) => {
    if (epoch < first.epoch) return true;
    const state = followed.states.find((each) => each.epoch === epoch);
    return state !== undefined && equalBytes(state.head, head);
  });
  const isAnew = memory !== null && memory.state.epoch < first.epoch;
  const isLetIn = !isAnew || memberOf(memory.state, first.author)?.role === "keeper";
  const state = followed.states.at(-1);
  return leadsOn && isLetIn && state !== undefined ? { state, by: end.author, at } : null;
}

/** Wipes what opened a room, once nobody works with it any more. */
export function wipeRoom({ epochs, past }: RoomMemory): void {
  for (const { keys, seed } of epochs.values()) wipe(keys.content, keys.card, keys.file, seed);
  if (past !== null) wipe(...past.seeds);
}
