import { encodeHusk, huskOf, parseRoomEvent, type Bytes } from "@sotto/vault/public";
import type { Reader, Writer } from "./store.ts";

const EVENTS_AT_ONCE = 200;

/**
 * Takes away everything that was in a room, in the transaction that takes the event which ends it: what was said, files, what was let read of the past,
 * what reminders and a custodian's session know of it. Of the events before that one husks stay. The bytes of files go after the commit.
 */
export async function emptyRoom(
  writer: Writer,
  end: { readonly room: string; readonly seq: number; readonly at: number },
): Promise<void> {
  const { room } = end;
  const values = [writer.practice, room];
  await writer.write("update room set ended_at = $3 where practice_id = $1 and room_id = $2", [
    ...values,
    end.at,
  ]);
  for (let after = 0; after < end.seq - 1;) after = await huskSome(writer, room, { after, before: end.seq });
  for (const statement of TAKEN_AWAY) await writer.write(statement, values);
}

const TAKEN_AWAY = [
  "delete from room_item where practice_id = $1 and room_id = $2 and kind in ('frame', 'erased')",
  "update file set state = 'removed' where practice_id = $1 and room_id = $2",
  "update room_member set history_seq = null where practice_id = $1 and room_id = $2",
  "delete from custodian_opening where practice_id = $1 and room_id = $2",
  "delete from reminder_seen where practice_id = $1 and room_id = $2",
] as const;

/** Puts husks in the place of some events, in order. Answers how far it came. */
async function huskSome(
  writer: Writer,
  room: string,
  { after, before }: { readonly after: number; readonly before: number },
): Promise<number> {
  const rows = await writer.read<{ seq: string; bytes: Buffer }>(
    `select seq, bytes from room_item where practice_id = $1 and room_id = $2 and kind = 'event' and seq > $3 and seq < $4
     order by seq limit $5`,
    [writer.practice, room, after, before, EVENTS_AT_ONCE],
  );
  if (rows.length === 0) return before;
  const husks = rows.map(({ bytes }) => encodeHusk(huskOf(parseRoomEvent(new Uint8Array(bytes)))));
  await writer.write(
    `update room_item set kind = 'husk', bytes = husk.bytes from unnest($3::bigint[], $4::bytea[]) as husk (seq, bytes)
     where practice_id = $1 and room_id = $2 and room_item.seq = husk.seq`,
    [writer.practice, room, rows.map(({ seq }) => seq), husks.map((husk) => Buffer.from(husk))],
  );
  return Number(rows.at(-1)?.seq);
}

export interface EndingItem {
  readonly seq: number;
  readonly kind: "husk" | "event";
  readonly bytes: Bytes;
  readonly at: number;
}

/** What stays of a room that has ended after a seq of the room's own count, oldest first. */
export async function readEndingItems(
  reader: Reader,
  room: string,
  after: number,
  countMax: number,
): Promise<readonly EndingItem[]> {
  const rows = await reader.read<{ seq: string; kind: EndingItem["kind"]; bytes: Buffer; at: string }>(
    `select seq, kind, bytes, at from room_item
     where practice_id = $1 and room_id = $2 and kind in ('husk', 'event') and seq > $3 order by seq limit $4`,
    [reader.practice, room, after, countMax],
  );
  return rows.map((row) => ({
    seq: Number(row.seq),
    kind: row.kind,
    bytes: new Uint8Array(row.bytes),
    at: Number(row.at),
  }));
}
