import type { EntryId, FileEntry, RoomId } from "@sotto/domain";
import { ENTRY_KIND_NUMBERS } from "@sotto/domain";
import { ByteReader, ByteWriter, VaultFault } from "@sotto/vault";
import type { Bytes } from "@sotto/vault";
import { decodeEntry, encodeEntry } from "../entry/codec.ts";
import { toId } from "../ids.ts";

/** A file that is on this device, sealed, and whose entry is not in the outbox yet. */
export interface Upload {
  readonly entry: EntryId;
  readonly room: RoomId;
  readonly body: FileEntry;
  /** The accounts that were to read it when it was sent. */
  readonly readers: readonly string[] | null;
  readonly at: number;
  /** `leaving`: it is being taken back, here and from the server. */
  readonly way: "going" | "leaving";
}

const LABEL = "fam/local-upload/1";
const BODY_BYTES_MAX = 20_000;
const READERS_MAX = 1000;
const RECORD_BYTES_MAX = BODY_BYTES_MAX + READERS_MAX * 16 + 100;
const WAYS = ["going", "leaving"] as const;

/** The record of an upload on this device (docs/formats/local.md). */
export function encodeUpload({ at, body, readers, room, way }: Upload): Bytes {
  const writer = ByteWriter.labelled(LABEL).unsigned(WAYS.indexOf(way), 1).id(room).unsigned(at, 6);
  writer.block32(encodeEntry(body).body, BODY_BYTES_MAX);
  writer.optional(readers, (list) => writer.list(list, READERS_MAX, (id) => writer.id(id)));
  return writer.bytes();
}

/** Reads such a record; throws the vault's `malformed` for anything else. */
export function decodeUpload(entry: EntryId, bytes: Bytes): Upload {
  const reader = ByteReader.labelled(bytes, LABEL, RECORD_BYTES_MAX);
  const way = reader.choice(WAYS);
  const room = toId<RoomId>(reader.id());
  const at = reader.unsigned(6);
  const body = decodeEntry({ kind: ENTRY_KIND_NUMBERS.file, body: reader.block32(BODY_BYTES_MAX) });
  const readers = reader.optional(() => reader.list(READERS_MAX, () => reader.id()));
  reader.end();
  if (body.kind !== "file") throw new VaultFault("malformed");
  return { entry, room, body, readers, at, way };
}
