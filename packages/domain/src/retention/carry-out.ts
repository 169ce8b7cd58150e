import type { RoomId } from "../id.ts";
import type { Disposal, KeptPractice, Staffed } from "./disposal.ts";
import { nextStep, roomsLeft } from "./disposal.ts";
import type { KeptRecord } from "./record.ts";
import type { RetentionRule } from "./rule.ts";
import { standingOf, type RoomsKept } from "./standing.ts";

/**
 * The rooms of a disposal that may be ended at this moment, by what the family's record and the practice's say now: the last word before anything is
 * destroyed. The team room is among them only when every other room of it has ended. Empty when anything at all stands in the way.
 * Never a room of another family, nor the record among the rooms that are kept for less long: the list is one person's word, ids say nothing to the one who confirms, and what stands in that room's way is in another record.
 */
export function mayEndNow(wish: {
  readonly kept: KeptRecord;
  readonly practice: KeptPractice;
  readonly staffed: Staffed;
  readonly disposal: Disposal;
  /** The room of the family's record. */
  readonly team: RoomId;
  /** Whether a room is one of the family whose record this is. */
  readonly isOfFamily: (room: RoomId) => boolean;
  readonly now: number;
}): readonly RoomId[] {
  const { disposal, isOfFamily, kept, practice, staffed, team } = wish;
  if (nextStep(practice, staffed, disposal).kind !== "carry-out") return [];
  if (hasChangedSince(kept, practice.rule, disposal)) return [];
  const left = roomsLeft(disposal);
  const rooms = left.filter((room) => room !== disposal.record);
  const isFree = (which: RoomsKept): boolean =>
    standingOf({ kept, rule: practice.rule, rooms: which, now: wish.now }).obstacles.length === 0;
  if (rooms.length > 0)
    return isFree("family") ? rooms.filter((room) => room !== team && isOfFamily(room)) : [];
  return isFree("record") ? left.filter((room) => room === team) : [];
}

/**
 * A hold has come or gone, or the family was open, since it was proposed, or by rule or age it is now due later than it was said to be: what two people
 * agreed to was something else. It does not wait for its time to come, and end by itself then.
 */
export function hasChangedSince(kept: KeptRecord, rule: RetentionRule | null, disposal: Disposal): boolean {
  const { at } = disposal.proposed;
  const { closedAt, holdChangedAt } = kept;
  if ((holdChangedAt !== null && holdChangedAt > at) || (closedAt !== null && closedAt > at)) return true;
  const { dueAt } = standingOf({
    kept,
    rule,
    rooms: disposal.record === null ? "family" : "record",
    now: at,
  });
  return dueAt === null || dueAt > disposal.dueSince;
}
