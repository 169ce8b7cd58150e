import type { EntryBody, EntryId, RoomId } from "@sotto/domain";
import { ByteReader, ByteWriter } from "@sotto/vault";
import type { Bytes } from "@sotto/vault";
import type { EntryState } from "../client.ts";
import { decodeEntry, encodeEntry } from "../entry/codec.ts";
import { toId } from "../ids.ts";

/** Something written here that the room's log does not hold yet. */
export interface Waiting {
  readonly entry: EntryId;
  readonly room: RoomId;
  readonly body: EntryBody;
  readonly at: number;
  readonly state: EntryState;
}

const LABEL = "fam/local-outbox/1";
const BODY_BYTES_MAX = 80_000;

/**
 * The record of a waiting entry on this device (docs/formats/local.md). A refusal is not kept: after a reload the entry is
 * tried once more, and refused again if it must be.
 */
export function encodeWaiting(waiting: Waiting): Bytes {
  const { kind, body } = encodeEntry(waiting.body);
  return ByteWriter.labelled(LABEL)
    .id(waiting.room)
    .unsigned(waiting.at, 6)
    .unsigned(kind, 2)
    .block32(body, BODY_BYTES_MAX)
    .bytes();
}

/** Reads such a record; throws the vault's `malformed` for anything else. */
export function decodeWaiting(entry: EntryId, bytes: Bytes): Waiting {
  const reader = ByteReader.labelled(bytes, LABEL, BODY_BYTES_MAX + 100);
  const room = toId<RoomId>(reader.id());
  const at = reader.unsigned(6);
  const kind = reader.unsigned(2);
  const body = decodeEntry({ kind, body: reader.block32(BODY_BYTES_MAX) });
  reader.end();
  return { entry, room, body, at, state: { kind: "waiting" } };
}
