import { memberOf, parseHusk, parseRoomEvent, type Bytes } from "@sotto/vault/public";
import type { Reader } from "./store.ts";

/** One event of a room, as the key log names it. */
export interface RoomHead {
  readonly room: string;
  readonly epoch: number;
  readonly hash: Bytes;
}

/** A room that has ended, as what stays of it says. */
export interface EndedRoom {
  readonly room: string;
  readonly endedAt: number;
  /** Everybody who was ever in it, with what took them out of it last: that event, or its end. */
  readonly out: ReadonlyMap<string, RoomHead>;
}

/** The rooms that have ended, the oldest end first. */
export async function readEndedRooms(reader: Reader): Promise<readonly EndedRoom[]> {
  const rooms = await reader.read<{ room_id: string; ended_at: string }>(
    "select room_id, ended_at from room where practice_id = $1 and ended_at is not null order by ended_at, room_id",
    [reader.practice],
  );
  const ended: EndedRoom[] = [];
  for (const { ended_at, room_id: room } of rooms)
    ended.push({ room, endedAt: Number(ended_at), out: await readWaysOut(reader, room) });
  return ended;
}

async function readWaysOut(reader: Reader, room: string): Promise<ReadonlyMap<string, RoomHead>> {
  const rows = await reader.read<{ kind: string; bytes: Buffer }>(
    `select kind, bytes from room_item where practice_id = $1 and room_id = $2 and kind in ('husk', 'event')
     order by seq`,
    [reader.practice, room],
  );
  const inside = new Set<string>();
  const out = new Map<string, RoomHead>();
  for (const { bytes, kind } of rows) {
    const event = (kind === "husk" ? parseHusk : parseRoomEvent)(new Uint8Array(bytes));
    const { epoch, hash, members } = event;
    for (const { account } of members) inside.add(account);
    for (const account of inside) {
      const isIn = memberOf(event, account) !== null;
      // Whoever is still in it at the last of all is taken out by that.
      out.set(account, { room, epoch, hash });
      if (!isIn) inside.delete(account);
    }
  }
  return out;
}

export interface AccountStanding {
  readonly account: string;
  readonly standing: "practice" | "family" | "custodian";
  /** Whether anybody can come in by it. */
  readonly hasWayIn: boolean;
  /** The hash of each identity that it has published. */
  readonly identities: readonly Bytes[];
}

export async function readStandings(
  reader: Reader,
  accounts: readonly string[],
): Promise<readonly AccountStanding[]> {
  const rows = await reader.read<{
    account_id: string;
    standing: AccountStanding["standing"];
    has_way_in: boolean;
    identities: readonly Buffer[] | null;
  }>(
    `select account.account_id, account.standing,
       account.ended_at is null and exists (select from factor where factor.practice_id = $1 and factor.account_id = account.account_id) as has_way_in,
       (select array_agg(identity.hash) from identity where identity.practice_id = $1 and identity.account_id = account.account_id) as identities
     from account where account.practice_id = $1 and account.account_id = any($2::uuid[]) order by account.account_id`,
    [reader.practice, accounts],
  );
  return rows.map((row) => ({
    account: row.account_id,
    standing: row.standing,
    hasWayIn: row.has_way_in,
    identities: (row.identities ?? []).map((hash) => new Uint8Array(hash)),
  }));
}

/** Sealed files of ended rooms whose bytes are still to be taken away. */
export async function countFilesToSweep(
  reader: Reader,
): Promise<{ readonly files: number; readonly bytes: number }> {
  const rows = await reader.read<{ files: string; bytes: string }>(
    `select count(*) as files, coalesce(sum(file.bytes), 0) as bytes from file
     join room on room.practice_id = $1 and room.room_id = file.room_id and room.ended_at is not null
     where file.practice_id = $1`,
    [reader.practice],
  );
  return { files: Number(rows[0]?.files ?? 0), bytes: Number(rows[0]?.bytes ?? 0) };
}
