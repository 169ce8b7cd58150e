import { parseRoomEvent, type RoomEvent, type RoomGrant } from "@sotto/vault/public";
import type { Reader, Writer } from "./store.ts";

/** What somebody may read of a room from before they came in, by the room's own count: from `first`, up to before `joined`. */
export interface HistoryPlace {
  readonly first: number;
  readonly joined: number;
  /** Then there is no past any more. */
  readonly ended: boolean;
}

/** Null when they are not in the room. Without a grant nothing lies between the two. */
export async function readHistoryPlace(
  reader: Reader,
  room: string,
  account: string,
): Promise<HistoryPlace | null> {
  const rows = await reader.read<{ from_seq: string; history_seq: string | null; ended: boolean }>(
    `select member.from_seq, member.history_seq, room.ended_at is not null as ended from room_member member
     join room on room.practice_id = member.practice_id and room.room_id = member.room_id
     where member.practice_id = $1 and member.room_id = $2 and member.account_id = $3`,
    [reader.practice, room, account],
  );
  const [row] = rows;
  if (row === undefined) return null;
  const joined = Number(row.from_seq);
  const first = row.history_seq === null ? joined : Number(row.history_seq);
  return { first, joined, ended: row.ended };
}

/** For everybody in the room from where on they may read it, by the room's own count. */
export async function readHistoryFirsts(reader: Reader, room: string): Promise<ReadonlyMap<string, number>> {
  const rows = await reader.read<{ account_id: string; first: string }>(
    "select account_id, coalesce(history_seq, from_seq) as first from room_member where practice_id = $1 and room_id = $2",
    [reader.practice, room],
  );
  return new Map(rows.map((row) => [row.account_id, Number(row.first)]));
}

/** The event that a grant names, with its place; null when this room has no such event. */
export async function findGranted(
  reader: Reader,
  room: string,
  grant: RoomGrant,
): Promise<{ readonly event: RoomEvent; readonly seq: number } | null> {
  const rows = await reader.read<{ seq: string; bytes: Buffer }>(
    "select seq, bytes from room_item where practice_id = $1 and room_id = $2 and kind = 'event' and item_id = $3",
    [reader.practice, room, Buffer.from(grant.head)],
  );
  const [row] = rows;
  if (row === undefined) return null;
  const event = parseRoomEvent(new Uint8Array(row.bytes));
  return event.epoch === grant.epoch ? { event, seq: Number(row.seq) } : null;
}

/** Lets somebody in the room read from there on. A grant only ever widens. */
export async function writeHistoryPlace(
  writer: Writer,
  place: { readonly room: string; readonly account: string; readonly first: number },
): Promise<void> {
  await writer.write(
    `update room_member set history_seq = least(coalesce(history_seq, from_seq), $4)
     where practice_id = $1 and room_id = $2 and account_id = $3`,
    [writer.practice, place.room, place.account, place.first],
  );
}
