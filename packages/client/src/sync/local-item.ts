import type { RoomId } from "@sotto/domain";
import { ByteReader, ByteWriter } from "@sotto/vault";
import type { Bytes } from "@sotto/vault";
import type { RawItem } from "./room-memory.ts";
import { readOrNull } from "../unreadable.ts";

const LABEL = "fam/local-item/1";
const ERASED_LABEL = "fam/local-erased/1";
const STUB_BYTES_MAX = 1000;
const ITEM_BYTES_MAX = 300_000;
const SEQ_DIGITS = 12;

/** Under which name an item stands on this device: names sort as the room counts. */
export function itemName(room: RoomId, seq: number): string {
  return `room/${room}/${String(seq).padStart(SEQ_DIGITS, "0")}`;
}

/** The record of an item on this device (docs/formats/local.md). */
export function encodeItem(item: RawItem): Bytes {
  if (item.kind === "erased") {
    const writer = ByteWriter.labelled(ERASED_LABEL).unsigned(item.at, 6);
    return writer.block16(item.bytes, STUB_BYTES_MAX).bytes();
  }
  return ByteWriter.labelled(LABEL)
    .unsigned(item.kind === "event" ? 0 : 1, 1)
    .unsigned(item.at, 6)
    .block32(item.bytes, ITEM_BYTES_MAX)
    .bytes();
}

/** Null when it is damaged: this device does not have the item then. */
export function decodeItem(seq: number, bytes: Bytes): RawItem | null {
  return readOrNull(() => readItem(seq, bytes)) ?? readOrNull(() => readErased(seq, bytes));
}

const readErased = (seq: number, bytes: Bytes): RawItem => {
  const reader = ByteReader.labelled(bytes, ERASED_LABEL, STUB_BYTES_MAX + 100);
  const at = reader.unsigned(6);
  const stub = reader.block16(STUB_BYTES_MAX);
  reader.end();
  return { seq, kind: "erased", at, bytes: stub };
};

const readItem = (seq: number, bytes: Bytes): RawItem => {
  const reader = ByteReader.labelled(bytes, LABEL, ITEM_BYTES_MAX + 100);
  const kind = reader.choice(["event", "frame"]);
  const at = reader.unsigned(6);
  const body = reader.block32(ITEM_BYTES_MAX);
  reader.end();
  return { seq, kind, at, bytes: body };
};
