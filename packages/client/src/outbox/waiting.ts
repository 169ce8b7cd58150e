import type { EntryBody, EntryId, RoomId } from "@sotto/domain";
import { ByteReader, ByteWriter, VaultFault } from "@sotto/vault";
import type { Bytes } from "@sotto/vault";
import type { ClientRefusal, EntryState } from "../client.ts";
import { decodeEntry, encodeEntry } from "../entry/codec.ts";
import { toId } from "../ids.ts";

/** Something written here that the room's log does not hold yet, or holds in vain. */
export interface Waiting {
  readonly entry: EntryId;
  readonly room: RoomId;
  readonly body: EntryBody;
  /** The accounts that were to read it when it was written: nobody else ever does. Null for what has no such audience. */
  readonly readers: readonly string[] | null;
  readonly at: number;
  readonly state: EntryState;
}

const LABEL = "fam/local-outbox/3";
/** Without the refusal, and without the time to hold too. */
const LABELS_BEFORE = ["fam/local-outbox/2", "fam/local-outbox/1"] as const;
/** Why a deletion was refused, by its number in the record. What stands nowhere here is tried once more. */
const REFUSALS_KEPT = [
  "malformed",
  "not-allowed",
  "not-here",
  "perhaps-sent",
  "room-closed",
  "too-large",
] as const satisfies readonly ClientRefusal[];
const BODY_BYTES_MAX = 80_000;
const READERS_MAX = 1000;
const AROUND_BODY_BYTES = 100 + READERS_MAX * 16;

/**
 * The record of a waiting entry on this device (docs/formats/local.md). That a deletion was refused is kept: what its author has seen to be still there is not deleted later unasked. Of anything
 * else a refusal is not kept: after a reload the entry is tried once more, unless the room's log holds it, and refused again if it must be. How long it is held is kept, so that it can still be taken back after a reload.
 */
export function encodeWaiting(waiting: Waiting): Bytes {
  const { kind, body } = encodeEntry(waiting.body);
  const writer = ByteWriter.labelled(LABEL).id(waiting.room).unsigned(waiting.at, 6).unsigned(kind, 2);
  writer.block32(body, BODY_BYTES_MAX);
  writer.optional(waiting.readers, (readers) => writer.list(readers, READERS_MAX, (id) => writer.id(id)));
  const { state } = waiting;
  writer.optional(state.kind === "held" ? state.until : null, (until) => writer.unsigned(until, 6));
  writer.optional(keptRefusal(waiting), (refusal) => writer.unsigned(REFUSALS_KEPT.indexOf(refusal), 1));
  return writer.bytes();
}

/** Reads such a record, also one of before there was anything to hold, or a refusal to keep; throws the vault's `malformed` for anything else. */
export function decodeWaiting(entry: EntryId, bytes: Bytes): Waiting {
  const label = LABELS_BEFORE.find((before) => bytes[LABEL.length] === versionOf(before)) ?? LABEL;
  const reader = ByteReader.labelled(bytes, label, BODY_BYTES_MAX + AROUND_BODY_BYTES);
  const room = toId<RoomId>(reader.id());
  const at = reader.unsigned(6);
  const kind = reader.unsigned(2);
  const body = decodeEntry({ kind, body: reader.block32(BODY_BYTES_MAX) });
  const readers = reader.optional(() => reader.list(READERS_MAX, () => reader.id()));
  const until = label === LABELS_BEFORE[1] ? null : reader.optional(() => reader.unsigned(6));
  const refusal = label === LABEL ? reader.optional(() => reader.choice(REFUSALS_KEPT)) : null;
  reader.end();
  if (refusal === null) {
    const state: EntryState = until === null ? { kind: "waiting" } : { kind: "held", until };
    return { entry, room, body, readers, at, state };
  }
  if (body.kind !== "deletion" || until !== null) throw new VaultFault("malformed");
  return { entry, room, body, readers, at, state: { kind: "refused", refusal } };
}

function keptRefusal({ body, state }: Waiting): (typeof REFUSALS_KEPT)[number] | null {
  if (body.kind !== "deletion" || state.kind !== "refused") return null;
  return REFUSALS_KEPT.find((refusal) => refusal === state.refusal) ?? null;
}

/** What an entry changes or takes away; null for what stands by itself. */
export const targetOf = (body: EntryBody): EntryId | null =>
  body.kind === "edit" || body.kind === "deletion" ? body.target : null;

const versionOf = (label: string): number | undefined => label.codePointAt(label.length - 1);
