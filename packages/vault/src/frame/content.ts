import { concatBytes, VaultFault } from "../codec/bytes.ts";
import type { Bytes } from "../codec/bytes.ts";
import { ByteReader } from "../codec/reader.ts";
import { fromHex, toHex } from "../codec/text.ts";
import { ByteWriter } from "../codec/writer.ts";
import { TAG_BYTES } from "../primitives/salted-seal.ts";
import { FRAME_BUCKETS, FRAME_HEADER_BYTES, FRAME_LABEL } from "./header.ts";

export const SEEN_MAX = 32;
const SIGNATURE_BYTES = 64;
const FRAME_BYTES_MAX = 65_536;

/** One running client of an author: 8 random bytes as 16 hexadecimal digits. */
export type StreamId = string;

/** The latest frame of a stream that an author had seen when writing. */
export type SeenEntry = {
  readonly stream: StreamId;
  readonly epoch: number;
  readonly sequence: number;
  /** The first 16 bytes of that frame's hash. */
  readonly hash16: Bytes;
};

/** The author's view of the key log: every conversation partner becomes a witness (threat T8). */
export type LogGossip = { readonly size: number; readonly root: Bytes };

/** The author's own frame before this one in the same stream. */
export type PreviousFrame = { readonly epoch: number; readonly hash: Bytes };

export type FrameContent = {
  readonly stream: StreamId;
  /** Counts the frames of one stream in one room, from 0. */
  readonly sequence: number;
  /** Null exactly at sequence 0. */
  readonly previous: PreviousFrame | null;
  readonly seen: readonly SeenEntry[];
  /** Which kind of entry the body is; the numbers belong to the application. */
  readonly kind: number;
  readonly sentAt: number;
  readonly gossip: LogGossip | null;
  readonly body: Bytes;
};

/** The signed inner part of a frame; throws `misuse` beyond its limits. */
export function encodeFrameContent(content: FrameContent): Bytes {
  if ((content.sequence === 0) !== (content.previous === null)) throw new VaultFault("misuse");
  const writer = new ByteWriter().fixed(fromHex(content.stream), 8).unsigned(content.sequence, 4);
  writer.optional(content.previous, ({ epoch, hash }) => writer.unsigned(epoch, 4).fixed(hash, 32));
  writer.list(content.seen, SEEN_MAX, (entry) =>
    writer
      .fixed(fromHex(entry.stream), 8)
      .unsigned(entry.epoch, 4)
      .unsigned(entry.sequence, 4)
      .fixed(entry.hash16, 16),
  );
  writer.unsigned(content.kind, 2).unsigned(content.sentAt, 6);
  writer.optional(content.gossip, ({ size, root }) => writer.unsigned(size, 8).fixed(root, 32));
  return writer.block32(content.body, FRAME_BYTES_MAX).bytes();
}

const messageLabel = ByteWriter.labelled(`${FRAME_LABEL} frame`).bytes();

/** What the author signs: the outer header and the inner part. */
export function frameMessage(header: Bytes, content: Bytes): Bytes {
  return concatBytes(messageLabel, header, content);
}

const bucketFor = (plainBytes: number): number | null =>
  FRAME_BUCKETS.find((bucket) => plainBytes + FRAME_HEADER_BYTES + TAG_BYTES <= bucket) ?? null;

/** Content and signature, filled up with zero bytes to the smallest bucket; throws `misuse` when none is large enough. */
export function padFrame(content: Bytes, signature: Bytes): Bytes {
  const bucket = bucketFor(content.length + SIGNATURE_BYTES);
  if (bucket === null) throw new VaultFault("misuse");
  const padded = new Uint8Array(bucket - FRAME_HEADER_BYTES - TAG_BYTES);
  padded.set(content);
  padded.set(signature, content.length);
  return padded;
}

export type DecodedFrame = {
  readonly content: FrameContent;
  readonly signed: Bytes;
  readonly signature: Bytes;
};

/** Reads an opened inner part of exactly this format; throws `malformed`. */
export function decodeFrameContent(padded: Bytes): DecodedFrame {
  const reader = new ByteReader(padded);
  const stream = toHex(reader.fixed(8));
  const sequence = reader.unsigned(4);
  const previous = reader.optional(() => ({ epoch: reader.unsigned(4), hash: reader.fixed(32) }));
  if ((sequence === 0) !== (previous === null)) throw new VaultFault("malformed");
  const seen = reader.list(SEEN_MAX, () => ({
    stream: toHex(reader.fixed(8)),
    epoch: reader.unsigned(4),
    sequence: reader.unsigned(4),
    hash16: reader.fixed(16),
  }));
  const kind = reader.unsigned(2);
  const sentAt = reader.unsigned(6);
  const gossip = reader.optional(() => ({ size: reader.unsigned(8), root: reader.fixed(32) }));
  const body = reader.block32(FRAME_BYTES_MAX);
  const signedEnd = reader.offset;
  const signature = reader.fixed(SIGNATURE_BYTES);
  const isSmallest = bucketFor(reader.offset) === padded.length + FRAME_HEADER_BYTES + TAG_BYTES;
  if (!isSmallest || reader.rest().some((byte) => byte !== 0)) throw new VaultFault("malformed");
  const content = { stream, sequence, previous, seen, kind, sentAt, gossip, body };
  return { content, signed: padded.slice(0, signedEnd), signature };
}

/** How long a body may be beside so many `seen` entries and a gossip. */
export function frameBodyBytesMax({
  seen,
  gossip,
}: {
  readonly seen: number;
  readonly gossip: boolean;
}): number {
  const fixed = 8 + 4 + 37 + 2 + 2 + 6 + 1 + 4 + SIGNATURE_BYTES;
  return FRAME_BYTES_MAX - FRAME_HEADER_BYTES - TAG_BYTES - fixed - seen * 32 - (gossip ? 40 : 0);
}
