import type { RoomId } from "@sotto/domain";
import { ByteReader, ByteWriter } from "@sotto/vault";
import type { Bytes } from "@sotto/vault";
import type { RawItem } from "./room-memory.ts";
import { readOrNull } from "../unreadable.ts";

const LABEL = "fam/local-item/1";
const ITEM_BYTES_MAX = 300_000;
const SEQ_DIGITS = 12;

/** Under which name an item stands on this device: names sort as the room counts. */
export function itemName(room: RoomId, seq: number): string {
  return `room/${room}/${String(seq).padStart(SEQ_DIGITS, "0")}`;
}

/** The record of an item on this device (docs/formats/local.md). */
export function encodeItem(item: RawItem): Bytes {
  return ByteWriter.labelled(LABEL)
    .unsigned(item.kind === "event" ? 0 : 1, 1)
    .unsigned(item.at, 6)
    .block32(item.bytes, ITEM_BYTES_MAX)
    .bytes();
}

/** Null when it is damaged: this device does not have the item then. */
export function decodeItem(seq: number, bytes: Bytes): RawItem | null {
  return readOrNull(() => {
    const reader = ByteReader.labelled(bytes, LABEL, ITEM_BYTES_MAX + 100);
    const kind = reader.choice(["event", "frame"]);
    const at = reader.unsigned(6);
    const body = reader.block32(ITEM_BYTES_MAX);
    reader.end();
    return { seq, kind, at, bytes: body };
  });
}
