import { VaultFault } from "../codec/bytes.ts";
import type { Bytes } from "../codec/bytes.ts";
import { ByteReader } from "../codec/reader.ts";
import { ByteWriter } from "../codec/writer.ts";
import { sha256 } from "../primitives/hash.ts";
import { parseFrameHeader } from "./header.ts";

/**
 * What stays of a frame whose author took it away, `fam/stub/1`: its place and its hash, and nothing that was sealed. By itself it
 * proves nothing: only a deletion that its author signed says that the frame was theirs to take (threat T7).
 */
const STUB_LABEL = "fam/stub/1";
const STUB_BYTES = 1 + STUB_LABEL.length + 16 + 4 + 16 + 16 + 32;

export type FrameStub = {
  readonly room: string;
  readonly epoch: number;
  /** The entry's id. */
  readonly id: string;
  readonly author: string;
  /** SHA-256 of the whole frame as it was. */
  readonly hash: Bytes;
};

export function encodeFrameStub(stub: FrameStub): Bytes {
  const { room, epoch, id, author, hash } = stub;
  return ByteWriter.labelled(STUB_LABEL)
    .id(room)
    .unsigned(epoch, 4)
    .id(id)
    .id(author)
    .fixed(hash, 32)
    .bytes();
}

/** Reads a stub of exactly this format; throws `malformed`. */
export function parseFrameStub(bytes: Bytes): FrameStub {
  if (bytes.length !== STUB_BYTES) throw new VaultFault("malformed");
  const reader = ByteReader.labelled(bytes, STUB_LABEL, STUB_BYTES);
  const room = reader.id();
  const epoch = reader.unsigned(4);
  const id = reader.id();
  const author = reader.id();
  const hash = reader.fixed(32);
  reader.end();
  return { room, epoch, id, author, hash };
}

/** The stub of a frame; throws `malformed` for bytes that are none. */
export function stubOfFrame(bytes: Bytes): FrameStub {
  const { room, epoch, id, author } = parseFrameHeader(bytes);
  return { room, epoch, id, author, hash: sha256(bytes) };
}
