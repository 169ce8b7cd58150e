import { ByteReader, ByteWriter } from "@sotto/vault";
import type { Bytes } from "@sotto/vault";
import { readOrNull } from "../unreadable.ts";

/** What one account on this device remembers of its devices. It stays here: another device is not told what this one has let pass. */
export interface DeviceRecord {
  /** By which this device is known again. */
  readonly own: string;
  /** Devices that the person knows, and sessions that were looked at, the newest last. */
  readonly known: readonly string[];
}

const LABEL = "fam/local-devices/1";
const KNOWN_MAX = 2_000;
const BYTES_MAX = 40_000;

/** The record with these taken in; the oldest make way. */
export function withKnown(record: DeviceRecord, ids: readonly string[]): DeviceRecord {
  const kept = record.known.filter((id) => !ids.includes(id));
  return { ...record, known: [...kept, ...ids].slice(-KNOWN_MAX) };
}

export function encodeDeviceRecord(record: DeviceRecord): Bytes {
  const writer = ByteWriter.labelled(LABEL).id(record.own);
  return writer.list(record.known, KNOWN_MAX, (id) => writer.id(id)).bytes();
}

/** Null when it is damaged: this device begins anew then. */
export function decodeDeviceRecord(bytes: Bytes): DeviceRecord | null {
  return readOrNull(() => {
    const reader = ByteReader.labelled(bytes, LABEL, BYTES_MAX);
    const own = reader.id();
    const known = reader.list(KNOWN_MAX, () => reader.id());
    reader.end();
    return { own, known };
  });
}
