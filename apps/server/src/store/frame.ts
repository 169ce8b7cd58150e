import { idToBytes, toHex, type Bytes } from "@sotto/vault/public";
import { bytesArray } from "./bytes-array.ts";
import { insertItem, type MemberPlace } from "./room.ts";
import type { Lane } from "./lane.ts";
import type { Writer } from "./store.ts";

export interface NewFrame {
  readonly room: string;
  readonly author: string;
  readonly id: string;
  readonly epoch: number;
  readonly head16: Bytes;
  readonly bytes: Bytes;
  readonly at: number;
}

/** Where a frame went, and whom to tell of it. */
export interface FramePlace {
  readonly seq: number;
  readonly places: readonly MemberPlace[];
}

/**
 * Stores frames of different rooms, each with its place, in one transaction: the more are stored at once, the less each costs. Answers the place of each in its room's
 * own count. Waits for nobody. Null for a frame that it left out: the room is held by somebody else, is of another epoch or head, has the frame already, is closed, or does
 * not let its author write; which of these is for the caller to find out. At most one frame a room.
 */
export async function insertFrames(
  lane: Lane,
  frames: readonly NewFrame[],
): Promise<readonly (number | null)[]> {
  const { practice } = lane;
  const rooms = frames.map((frame) => frame.room);
  const ids = frames.map((frame) => idToBytes(frame.id));
  const stored = await lane.writeTwo<{ item_id: Buffer; seq: string }>(
    {
      text: STORE_FRAMES,
      values: [
        practice,
        rooms,
        frames.map((frame) => frame.author),
        frames.map((frame) => frame.epoch),
        bytesArray(frames.map((frame) => frame.head16)),
        bytesArray(ids),
        bytesArray(frames.map((frame) => frame.bytes)),
        frames.map((frame) => frame.at),
      ],
    },
    { text: MOVE_ROOMS, values: [practice, rooms] },
  );
  const seqs = new Map(stored.map(({ item_id, seq }) => [toHex(item_id), Number(seq)]));
  return ids.map((id) => seqs.get(toHex(id)) ?? null);
}

// Membership is read as it was when the statement began, the room as it is once it is held. They cannot come apart: whatever changes the members changes
// the epoch, and the frame's epoch must be the room's. A room is held for its members only, so that nobody else can keep them waiting.
const STORE_FRAMES = `
insert into room_item (practice_id, room_id, seq, kind, item_id, author_id, bytes, at)
select $1, held.room_id, held.seq, 'frame', held.item_id, held.author_id, held.bytes, held.at from (
  select sent.*, room.next_seq as seq
  from unnest($2::uuid[], $3::uuid[], $4::int[], $5::bytea[], $6::bytea[], $7::bytea[], $8::bigint[])
    as sent (room_id, author_id, epoch, head16, item_id, bytes, at)
  join room on room.practice_id = $1 and room.room_id = sent.room_id
    and room.epoch = sent.epoch and substring(room.head from 1 for 16) = sent.head16 and not room.closed
  where exists (select from room_member member where member.practice_id = $1 and member.room_id = sent.room_id
    and member.account_id = sent.author_id and member.role <> 'reader')
  for update of room skip locked) held
on conflict (practice_id, author_id, item_id, room_id) do nothing
returning item_id, seq`;

// A room's count moves only for a frame that was stored just now, so that there is never a gap: nothing else ever stands where the count is, and what others
// are storing cannot be seen yet. It is looked for by its place, which the key finds, however much the room holds.
const MOVE_ROOMS = `
update room set next_seq = room.next_seq + 1
where room.practice_id = $1 and room.room_id = any($2::uuid[]) and exists (
  select from room_item item where item.practice_id = $1 and item.room_id = room.room_id and item.seq = room.next_seq)`;

/**
 * Stores one frame, waiting for whoever holds the room; null when the room is of another epoch, closed, or does not let its author write. Throws what `isTaken` knows
 * when the frame is there already.
 */
export async function insertFrame(writer: Writer, frame: NewFrame): Promise<FramePlace | null> {
  const taken = await takeSeq(writer, frame);
  if (taken === null) return null;
  const { room, author, bytes, at } = frame;
  await insertItem(writer, {
    room,
    author,
    bytes,
    at,
    seq: taken.seq,
    kind: "frame",
    id: idToBytes(frame.id),
  });
  return taken;
}

/** Takes the next seq, with whom to tell. One statement, so that the check and the count cannot come apart. */
async function takeSeq(writer: Writer, frame: NewFrame): Promise<FramePlace | null> {
  const rows = await writer.read<{ seq: string; places: MemberPlace[] }>(
    `update room set next_seq = next_seq + 1
     where practice_id = $1 and room_id = $2 and epoch = $3 and substring(head from 1 for 16) = $4 and not closed
       and exists (select from room_member m where m.practice_id = $1 and m.room_id = $2 and m.account_id = $5 and m.role <> 'reader')
     returning next_seq - 1 as seq, (
       select json_agg(json_build_object('account', m.account_id, 'fromSeq', m.from_seq)) from room_member m
       where m.practice_id = $1 and m.room_id = $2) as places`,
    [writer.practice, frame.room, frame.epoch, Buffer.from(frame.head16), frame.author],
  );
  const [row] = rows;
  return row === undefined ? null : { seq: Number(row.seq), places: row.places };
}
