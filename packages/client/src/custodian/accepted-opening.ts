import type { RoomId } from "@sotto/domain";
import { checkJoiningEvent, checkRoomEvent, equalBytes, memberOf, parseRoomEvent } from "@sotto/vault";
import type { IdentityOf, RoomEvent, RoomState } from "@sotto/vault";
import { readOrNull } from "../unreadable.ts";
import type { RawItem } from "../sync/room-memory.ts";
import { CustodyFault } from "./custody-fault.ts";

/**
 * An opening that stands in the room and in the key log. There is no other way to one than `acceptOpening`, and nothing is opened without one:
 * the command that reads takes it, and looks here whether it is genuine (threat T23).
 */
export interface AcceptedOpening {
  readonly room: RoomId;
  readonly event: RoomEvent;
  /** When the server took it. */
  readonly at: number;
}

const genuine = new WeakMap<AcceptedOpening, readonly RawItem[]>();

/** The sealed items of the room that was opened. Throws `not-accepted` for anything but what `acceptOpening` gave. */
export function sealedItemsOf(opening: AcceptedOpening): readonly RawItem[] {
  const items = genuine.get(opening);
  if (items === undefined) throw new CustodyFault("not-accepted");
  return items;
}

/**
 * Holds what the server shows of the room against the opening: every event follows the one before by what anybody can see, and the opening is
 * among them. Opens nothing. `isInLog` says whether the key log holds the opening as the room's head.
 */
export async function acceptOpening(claim: {
  readonly room: RoomId;
  readonly account: string;
  readonly event: RoomEvent;
  readonly items: readonly RawItem[];
  readonly identityOf: IdentityOf;
  readonly isInLog: (event: RoomEvent) => Promise<boolean>;
}): Promise<AcceptedOpening> {
  const at = await followTo(claim);
  if (at === null) throw new CustodyFault("not-in-room");
  if (!(await claim.isInLog(claim.event))) throw new CustodyFault("not-in-log");
  const accepted = Object.freeze({ room: claim.room, event: claim.event, at });
  genuine.set(accepted, claim.items);
  return accepted;
}

/** When the opening came, in a log that fits; null when it is not there, or something does not fit. */
const followTo = async ({
  account,
  event: wanted,
  identityOf,
  items,
  room,
}: Parameters<typeof acceptOpening>[0]): Promise<number | null> => {
  let state: RoomState | null = null;
  let at: number | null = null;
  for (const item of items) {
    if (item.kind !== "event") continue;
    const event = readOrNull(() => parseRoomEvent(item.bytes));
    if (event === null || event.room !== room) return null;
    const next: RoomState | null = await stateAfter(event, state, identityOf);
    if (next === null || memberOf(next, account) === null) return null;
    state = next;
    if (equalBytes(event.hash, wanted.hash)) at = item.at;
  }
  return at;
};

const stateAfter = async (
  event: RoomEvent,
  previous: RoomState | null,
  identityOf: IdentityOf,
): Promise<RoomState | null> => {
  const check =
    previous === null && event.epoch > 0
      ? await checkJoiningEvent({ event, identityOf })
      : await checkRoomEvent({ event, previous, identityOf });
  return check.kind === "fits" ? check.state : null;
};
