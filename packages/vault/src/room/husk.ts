import { VaultFault } from "../codec/bytes.ts";
import type { Bytes } from "../codec/bytes.ts";
import { ByteReader } from "../codec/reader.ts";
import { ByteWriter } from "../codec/writer.ts";
import { sha256 } from "../primitives/hash.ts";
import { digestsOf, encodeRoomHeader, readRoomHeader } from "./event.ts";
import type { RoomEvent, RoomHeader, SignedDigests } from "./event.ts";

/**
 * What stays of an event once its room has ended, `fam/husk/1`: the header, the digests of what was sealed in it, and the signature over both.
 * Enough to follow the chain to its end by the rules that anybody can check, and nothing that any key could open.
 */
const HUSK_LABEL = "fam/husk/1";
const HEADER_BYTES_MAX = 8 * 1024;
export const HUSK_BYTES_MAX = HEADER_BYTES_MAX + 512;

/** An event without what was sealed in it. Of a whole event `hash` is its own; of bytes that were read it is a claim, which the next event's `previous` proves. */
export type RoomHusk = RoomHeader &
  SignedDigests & {
    readonly signature: Bytes;
    readonly hash: Bytes;
  };

/** The husk of an event. */
export function huskOf(event: RoomEvent): RoomHusk {
  const { sealedCard: _card, sealedPast: _past, sealedSeeds: _seeds, ...open } = event;
  return { ...open, ...digestsOf(event) };
}

/** The bytes of a husk; throws `misuse` for an `ended`, which has nothing to lose and stays as it is. */
export function encodeHusk(husk: RoomHusk): Bytes {
  const { card, confirm, hash, past, seeds, signature } = husk;
  if (confirm === null || seeds === null) throw new VaultFault("misuse");
  const writer = ByteWriter.labelled(HUSK_LABEL).block16(encodeRoomHeader(husk), HEADER_BYTES_MAX);
  writer.fixed(hash, 32).fixed(seeds, 32);
  if (past !== null) writer.fixed(past, 32);
  if (card !== null) writer.fixed(card, 32);
  return writer.fixed(confirm, 32).fixed(signature, 64).bytes();
}

/** Reads a husk of exactly this format; throws `malformed`. */
export function parseHusk(bytes: Bytes): RoomHusk {
  const reader = ByteReader.labelled(bytes, HUSK_LABEL, HUSK_BYTES_MAX);
  const block = reader.block16(HEADER_BYTES_MAX);
  const { bytes: headerBytes, header } = readRoomHeader(block);
  if (headerBytes.length !== block.length || header.action === "ended") throw new VaultFault("malformed");
  const hash = reader.fixed(32);
  const seeds = reader.fixed(32);
  const past = header.action === "grant-history" ? reader.fixed(32) : null;
  const card = header.action === "opened" ? null : reader.fixed(32);
  const confirm = reader.fixed(32);
  const signature = reader.fixed(64);
  reader.end();
  return { ...header, headerHash: sha256(headerBytes), hash, seeds, past, card, confirm, signature };
}
