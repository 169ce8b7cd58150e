import type { FamilyId } from "@sotto/domain";
import { memberOf } from "@sotto/vault";
import type { Home } from "../home.ts";
import type { RoomMemory } from "../sync/room-memory.ts";

/** Why nobody, or not this person, may write in a room. */
export type ReadOnly = "closed" | "leaving" | "reader";

/** Null when this person may write. */
export function whyReadOnly(home: Home, memory: RoomMemory): ReadOnly | null {
  const { card, state } = memory;
  if (state.closed) return "closed";
  // A room's family stands on its card as text.
  if (card.family !== null && isLeaving(home, card.family as FamilyId)) return "leaving";
  const role = memberOf(state, home.person.account)?.role;
  return role === undefined || role === "reader" ? "reader" : null;
}

/** Why what this person would write there is refused; null when they may write. */
export function refusalToWrite(home: Home, memory: RoomMemory): "room-closed" | "not-allowed" | null {
  const why = whyReadOnly(home, memory);
  if (why === null) return null;
  return why === "closed" ? "room-closed" : "not-allowed";
}

/** This person's private room in a family that they are a member of; null for its therapists, and where there is none. */
export function privateRoomIn(home: Home, family: FamilyId): RoomMemory | null {
  const { account, standing } = home.person;
  if (standing === "practice") return null;
  const isMine = ({ card, state }: RoomMemory): boolean =>
    card.kind === "private" && card.family === family && memberOf(state, account)?.role === "member";
  return home.rooms.all.find(isMine) ?? null;
}

/** True from the moment a member has asked to leave the family, sent or not. */
export function isLeaving(home: Home, family: FamilyId): boolean {
  const room = privateRoomIn(home, family);
  if (room === null) return false;
  const isAsked = home.outbox
    .of(room.room)
    .some(({ body, state }) => body.kind === "leave-asked" && state.kind === "waiting");
  return isAsked || room.leaving.has(home.person.account);
}
