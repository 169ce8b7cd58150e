import {
  roomHeadLeaf,
  type Bytes,
  type Random,
  type RoomEvent,
  type RoomMember,
  type RoomRole,
  type RoomState,
} from "@sotto/vault/public";
import { appendLeaf } from "./key-log.ts";
import type { Reader, Writer } from "./store.ts";

export interface MemberPlace {
  readonly account: string;
  readonly fromSeq: number;
}

/** Who is in a room at one of its heads. With whoever comes or goes the head is another, so that they are the same as long as it is this one. */
export interface Roster {
  /** The first 16 bytes of the head, as frames name it. */
  readonly head16: Bytes;
  readonly places: readonly MemberPlace[];
}

export interface Room {
  readonly state: RoomState;
  readonly nextSeq: number;
  readonly places: readonly MemberPlace[];
}

/** An item's place in its reader's own count. 0: it is older than their joining; it is their own, from a time when they were in the room before. */
export const ownSeq = (seq: number, fromSeq: number): number => Math.max(0, seq - fromSeq + 1);

interface RoomRecord {
  epoch: number;
  head: Buffer;
  next_seq: string;
  closed: boolean;
  ended_at: string | null;
}

interface MemberRecord {
  account_id: string;
  role: RoomRole;
  identity: Buffer;
  from_seq: string;
}

/** The room with its roster; null when there is none. `lock` holds the row until the commit. */
export async function readRoomState(
  reader: Reader,
  room: string,
  lock: "lock" | "look",
): Promise<Room | null> {
  const rows = await reader.read<RoomRecord>(
    `select epoch, head, next_seq, closed, ended_at from room where practice_id = $1 and room_id = $2${lock === "lock" ? " for update" : ""}`,
    [reader.practice, room],
  );
  const [row] = rows;
  if (row === undefined) return null;
  const members = await reader.read<MemberRecord>(
    "select account_id, role, identity, from_seq from room_member where practice_id = $1 and room_id = $2 order by account_id",
    [reader.practice, room],
  );
  return {
    state: {
      room,
      epoch: row.epoch,
      head: new Uint8Array(row.head),
      members: members.map((member): RoomMember => ({
        account: member.account_id,
        role: member.role,
        identity: new Uint8Array(member.identity),
      })),
      closed: row.closed,
      ended: row.ended_at !== null,
    },
    nextSeq: Number(row.next_seq),
    places: members.map((member) => ({ account: member.account_id, fromSeq: Number(member.from_seq) })),
  };
}

/** Where the reader's own count begins, and whether the room has ended; null when they are not in the room, or it is not there. */
export async function readPlace(
  reader: Reader,
  room: string,
  account: string,
): Promise<{ readonly fromSeq: number; readonly ended: boolean } | null> {
  const rows = await reader.read<{ from_seq: string; ended: boolean }>(
    `select member.from_seq, room.ended_at is not null as ended from room_member member
     join room on room.practice_id = member.practice_id and room.room_id = member.room_id
     where member.practice_id = $1 and member.room_id = $2 and member.account_id = $3`,
    [reader.practice, room, account],
  );
  const [row] = rows;
  return row === undefined ? null : { fromSeq: Number(row.from_seq), ended: row.ended };
}

/** Who is in the room now, for somebody who is in it; null when they are not, or it is not there, which both cost the database the same. */
export async function readRoster(reader: Reader, room: string, account: string): Promise<Roster | null> {
  const rows = await reader.read<{ head16: Buffer; account_id: string; from_seq: string }>(
    `select substring(room.head from 1 for 16) as head16, member.account_id, member.from_seq from room_member own
     join room on room.practice_id = own.practice_id and room.room_id = own.room_id
     join room_member member on member.practice_id = own.practice_id and member.room_id = own.room_id
     where own.practice_id = $1 and own.room_id = $2 and own.account_id = $3`,
    [reader.practice, room, account],
  );
  const [row] = rows;
  if (row === undefined) return null;
  const places = rows.map((member) => ({ account: member.account_id, fromSeq: Number(member.from_seq) }));
  return { head16: new Uint8Array(row.head16), places };
}

export async function readRoomLines(reader: Reader, account: string) {
  const rows = await reader.read<{
    room_id: string;
    next_seq: string;
    epoch: number;
    from_seq: string;
    ended: boolean;
  }>(
    `select m.room_id, r.next_seq, r.epoch, m.from_seq, r.ended_at is not null as ended from room_member m
     join room r on r.practice_id = m.practice_id and r.room_id = m.room_id
     where m.practice_id = $1 and m.account_id = $2 order by m.room_id`,
    [reader.practice, account],
  );
  return rows.map((row) => ({
    room: row.room_id,
    seq: Number(row.next_seq) - Number(row.from_seq),
    epoch: row.epoch,
    ended: row.ended,
  }));
}

export interface StoredItem {
  readonly seq: number;
  readonly kind: "event" | "frame" | "erased";
  readonly bytes: Bytes;
  readonly at: number;
}

/** Items after a seq of the room's own count, oldest first. */
export async function readItems(
  reader: Reader,
  room: string,
  after: number,
  countMax: number,
): Promise<readonly StoredItem[]> {
  const rows = await reader.read<{ seq: string; kind: StoredItem["kind"]; bytes: Buffer; at: string }>(
    "select seq, kind, bytes, at from room_item where practice_id = $1 and room_id = $2 and seq > $3 order by seq limit $4",
    [reader.practice, room, after, countMax],
  );
  return rows.map((row) => ({
    seq: Number(row.seq),
    kind: row.kind,
    bytes: new Uint8Array(row.bytes),
    at: Number(row.at),
  }));
}

/** Items `first` to `last` of a room, in the room's own count. */
export interface ItemRange {
  readonly room: string;
  readonly first: number;
  readonly last: number;
}

/** The items of several rooms that are in these ranges, in the order of each room; no more than `countMax` in all. */
export async function readRanges(
  reader: Reader,
  ranges: readonly ItemRange[],
  countMax: number,
): Promise<readonly (StoredItem & { readonly room: string })[]> {
  const rows = await reader.read<{
    room_id: string;
    seq: string;
    kind: StoredItem["kind"];
    bytes: Buffer;
    at: string;
  }>(
    `select item.room_id, item.seq, item.kind, item.bytes, item.at
     from unnest($2::uuid[], $3::bigint[], $4::bigint[]) as asked (room_id, first, last)
     join room_item item on item.practice_id = $1 and item.room_id = asked.room_id and item.seq between asked.first and asked.last
     where item.practice_id = $1 order by item.room_id, item.seq limit $5`,
    [
      reader.practice,
      ranges.map(({ room }) => room),
      ranges.map(({ first }) => first),
      ranges.map(({ last }) => last),
      countMax,
    ],
  );
  return rows.map((row) => ({
    room: row.room_id,
    seq: Number(row.seq),
    kind: row.kind,
    bytes: new Uint8Array(row.bytes),
    at: Number(row.at),
  }));
}

/** Where these accounts' counts begin in those of these rooms that they are in. */
export async function readPlacesOf(
  reader: Reader,
  rooms: readonly string[],
  accounts: readonly string[],
): Promise<readonly (MemberPlace & { readonly room: string })[]> {
  const rows = await reader.read<{ room_id: string; account_id: string; from_seq: string }>(
    `select room_id, account_id, from_seq from room_member
     where practice_id = $1 and room_id = any($2::uuid[]) and account_id = any($3::uuid[])`,
    [reader.practice, rooms, accounts],
  );
  return rows.map((row) => ({
    room: row.room_id,
    account: row.account_id,
    fromSeq: Number(row.from_seq),
  }));
}

/** An item that this author appended before under this id; null when there is none. */
export async function findItem(
  reader: Reader,
  item: { readonly room: string; readonly author: string; readonly id: Bytes },
): Promise<{ readonly seq: number; readonly at: number } | null> {
  const rows = await reader.read<{ seq: string; at: string }>(
    "select seq, at from room_item where practice_id = $1 and room_id = $2 and author_id = $3 and item_id = $4",
    [reader.practice, item.room, item.author, Buffer.from(item.id)],
  );
  return rows[0] === undefined ? null : { seq: Number(rows[0].seq), at: Number(rows[0].at) };
}

/** Stores an event that fits, the roster after it, and its leaf. */
export async function writeEvent(
  writer: Writer,
  step: {
    readonly event: RoomEvent;
    readonly bytes: Bytes;
    readonly before: Room | null;
    readonly after: RoomState;
    readonly at: number;
  },
  random: Random,
): Promise<number> {
  const { event, before, after, at } = step;
  const { practice } = writer;
  const seq = before === null ? 1 : before.nextSeq;
  const values = [practice, event.room, after.epoch, Buffer.from(after.head), seq + 1, after.closed];
  if (before === null) {
    await writer.write(
      "insert into room (practice_id, room_id, epoch, head, next_seq, closed) values ($1, $2, $3, $4, $5, $6)",
      values,
    );
  } else {
    await writer.write(
      "update room set epoch = $3, head = $4, next_seq = $5, closed = $6 where practice_id = $1 and room_id = $2",
      values,
    );
  }
  await writeRoster(writer, after, seq);
  await insertItem(writer, {
    room: event.room,
    seq,
    kind: "event",
    id: event.hash,
    author: event.author,
    bytes: step.bytes,
    at,
  });
  await appendLeaf(writer, roomHeadLeaf({ room: event.room, epoch: after.epoch, hash: event.hash }), random);
  return seq;
}

/** Makes the stored roster this one. Who is new counts from this event; who stays keeps their place; who left has none. */
async function writeRoster(writer: Writer, after: RoomState, seq: number): Promise<void> {
  await writer.write(
    "delete from room_member where practice_id = $1 and room_id = $2 and not (account_id = any($3::uuid[]))",
    [writer.practice, after.room, after.members.map((member) => member.account)],
  );
  for (const member of after.members) {
    await writer.write(
      `insert into room_member (practice_id, room_id, account_id, role, identity, from_seq) values ($1, $2, $3, $4, $5, $6)
       on conflict (practice_id, room_id, account_id) do update set role = excluded.role, identity = excluded.identity`,
      [writer.practice, after.room, member.account, member.role, Buffer.from(member.identity), seq],
    );
  }
}

export async function insertItem(
  writer: Writer,
  item: {
    readonly room: string;
    readonly seq: number;
    readonly kind: "event" | "frame";
    readonly id: Bytes;
    readonly author: string;
    readonly bytes: Bytes;
    readonly at: number;
  },
): Promise<void> {
  await writer.write(
    "insert into room_item (practice_id, room_id, seq, kind, item_id, author_id, bytes, at) values ($1, $2, $3, $4, $5, $6, $7, $8)",
    [
      writer.practice,
      item.room,
      item.seq,
      item.kind,
      Buffer.from(item.id),
      item.author,
      Buffer.from(item.bytes),
      item.at,
    ],
  );
}

/** Everybody in the room with the place their count begins at: whom to tell of a new item. */
export async function readPlaces(reader: Reader, room: string): Promise<readonly MemberPlace[]> {
  const rows = await reader.read<{ account_id: string; from_seq: string }>(
    "select account_id, from_seq from room_member where practice_id = $1 and room_id = $2",
    [reader.practice, room],
  );
  return rows.map((row) => ({ account: row.account_id, fromSeq: Number(row.from_seq) }));
}

/** True when both are in a room that the one keeps, and that goes on. */
export async function isKeptTogether(
  reader: Reader,
  pair: { readonly keeper: string; readonly account: string },
): Promise<boolean> {
  const rows = await reader.read(
    `select m.room_id from room_member m
     join room_member k on k.practice_id = m.practice_id and k.room_id = m.room_id
     join room r on r.practice_id = m.practice_id and r.room_id = m.room_id and r.ended_at is null
     where m.practice_id = $1 and m.account_id = $2 and k.account_id = $3 and k.role = 'keeper' limit 1`,
    [reader.practice, pair.account, pair.keeper],
  );
  return rows.length > 0;
}
