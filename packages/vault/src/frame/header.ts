import { VaultFault } from "../codec/bytes.ts";
import type { Bytes } from "../codec/bytes.ts";
import { ByteReader } from "../codec/reader.ts";
import { ByteWriter } from "../codec/writer.ts";

/** The part of a content frame, `fam/msg/1`, that the server reads. All of it is bound to the sealed part. */
export const FRAME_LABEL = "fam/msg/1";
export const FRAME_HEADER_BYTES = 94;
/** The only lengths a frame may have, so that a length says little about what was written (threat T22). */
export const FRAME_BUCKETS = [256, 1024, 4096, 16_384, 65_536] as const;

export type FrameHeader = {
  readonly room: string;
  readonly epoch: number;
  /** The first 16 bytes of the room's head: which branch of a forked room this belongs to. */
  readonly head16: Bytes;
  /** The entry's id, made by the author's client. */
  readonly id: string;
  readonly author: string;
  readonly salt: Bytes;
};

export function encodeFrameHeader(header: FrameHeader): Bytes {
  return ByteWriter.labelled(FRAME_LABEL)
    .id(header.room)
    .unsigned(header.epoch, 4)
    .fixed(header.head16, 16)
    .id(header.id)
    .id(header.author)
    .fixed(header.salt, 16)
    .bytes();
}

/** Reads what is readable of a frame; throws `malformed` for another format or a length that is no bucket. */
export function parseFrameHeader(bytes: Bytes): FrameHeader {
  if (!FRAME_BUCKETS.some((bucket) => bucket === bytes.length)) throw new VaultFault("malformed");
  const reader = ByteReader.labelled(bytes, FRAME_LABEL, bytes.length);
  const room = reader.id();
  const epoch = reader.unsigned(4);
  const head16 = reader.fixed(16);
  const id = reader.id();
  const author = reader.id();
  const salt = reader.fixed(16);
  return { room, epoch, head16, id, author, salt };
}
