import type { RoomMember, RoomRole } from "@sotto/vault/public";
import type { Reader, Writer } from "./store.ts";

/** From now on this session reads this room. */
export async function insertOpening(
  writer: Writer,
  opening: { readonly tokenHash: Buffer; readonly room: string; readonly at: number },
): Promise<void> {
  await writer.write(
    "insert into custodian_opening (practice_id, token_hash, room_id, at) values ($1, $2, $3, $4) on conflict do nothing",
    [writer.practice, opening.tokenHash, opening.room, opening.at],
  );
}

/** Whether a custodian has opened this room in this session. */
export async function hasOpened(reader: Reader, tokenHash: Buffer, room: string): Promise<boolean> {
  const rows = await reader.read(
    "select 1 as one from custodian_opening where practice_id = $1 and token_hash = $2 and room_id = $3",
    [reader.practice, tokenHash, room],
  );
  return rows.length > 0;
}

interface RosterRecord {
  room_id: string;
  epoch: number;
  head: Buffer;
  closed: boolean;
  account_id: string;
  role: RoomRole;
  identity: Buffer;
}

export interface RoomOutside {
  readonly room: string;
  readonly epoch: number;
  readonly head: Uint8Array;
  readonly closed: boolean;
  readonly members: readonly RoomMember[];
}

/** The rooms that an account is in as they look from outside, by id. Of those that have ended there is nothing to be opened. */
export async function readRoomsOutside(reader: Reader, account: string): Promise<readonly RoomOutside[]> {
  const rows = await reader.read<RosterRecord>(
    `select r.room_id, r.epoch, r.head, r.closed, m.account_id, m.role, m.identity from room_member own
     join room r on r.practice_id = own.practice_id and r.room_id = own.room_id
     join room_member m on m.practice_id = own.practice_id and m.room_id = own.room_id
     where own.practice_id = $1 and own.account_id = $2 and r.ended_at is null order by r.room_id, m.account_id`,
    [reader.practice, account],
  );
  const rooms = new Map<string, RoomOutside>();
  for (const { account_id, closed, epoch, head, identity, role, room_id } of rows) {
    const member = { account: account_id, role, identity: new Uint8Array(identity) };
    const known = rooms.get(room_id) ?? {
      room: room_id,
      epoch,
      head: new Uint8Array(head),
      closed,
      members: [],
    };
    rooms.set(room_id, { ...known, members: [...known.members, member] });
  }
  return [...rooms.values()];
}
