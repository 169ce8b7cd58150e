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

interface Known {
  readonly account: string;
  readonly room: RoomId;
  /** What this device holds open of it; null when nothing. */
  readonly memory: Pick<RoomMemory, "state"> | null;
  readonly mark: Pick<RoomHeadMark, "epoch" | "head"> | null;
  readonly identityOf: IdentityOf;
}

/**
 * Follows a room to its end: from what this device holds open, or, where it holds nothing of the room, from the event that let this person in, as with
 * every room that is seen for the first time. Null when no keeper of this very room has signed its end, or when the way there leads past the newest head
 * that any of this person's clients has seen.
 */
export async function followEnding(ending: Ending, known: Known): Promise<FollowedEnding | null> {
  const { account, identityOf, mark, room } = known;
  const start = startOf(ending, known);
  if (start === null || start.room !== room) return null;
  const followed = await checkEnding({ account, identityOf, end: ending.end, ...start });
  const state = followed.kind === "ended" ? followed.states.at(-1) : undefined;
  if (followed.kind === "refused" || state === undefined) return null;
  const first = followed.states[0]?.epoch ?? state.epoch;
  const marked = followed.states.find(({ epoch }) => epoch === mark?.epoch);
  const isPast = mark !== null && mark.epoch >= first;
  if (isPast && (marked === undefined || !equalBytes(marked.head, mark.head))) return null;
  return { state, by: ending.end.author, at: ending.at };
}

/** Where to begin; null where nothing leads on from what is known. Of a husk nobody can tell what was in it, so what is held whole decides first. */
const startOf = (
  { husks }: Ending,
  { memory, room }: Known,
): (Pick<Parameters<typeof checkEnding>[0], "from" | "husks"> & { readonly room: string }) | null => {
  const [first] = husks;
  if (first === undefined) return null;
  if (memory === null) return { from: "first", husks, room: first.room };
  const { state } = memory;
  if (first.epoch <= state.epoch + 1)
    return { from: state, husks: husks.filter(({ epoch }) => epoch > state.epoch), room };
  // Taken out and let in again meanwhile: by somebody who kept the room as it is known here.
  const isLetIn = memberOf(state, first.author)?.role === "keeper";
  return isLetIn ? { from: "first", husks, room: first.room } : null;
};

/** Wipes what opened a room, once nobody works with it any more. */
export function wipeRoom({ epochs, past }: RoomMemory): void {
  for (const { keys, seed } of epochs.values()) wipe(keys.content, keys.card, keys.file, seed);
  if (past !== null) wipe(...past.seeds);
}
