import { equalBytes } from "../codec/bytes.ts";
import type { Bytes } from "../codec/bytes.ts";
import type { StreamId } from "./content.ts";
import type { OpenedFrame } from "./frame.ts";
import type { StreamNotice } from "./streams.ts";

/** Frames of a stream that were not shown, as the frame that mentions them tells. */
export type StreamGap = {
  readonly stream: StreamId;
  /** The first missing sequence, as the notice says it. */
  readonly from: number;
  /** The last missing sequence. */
  readonly last: number;
  /** How the hash of the last missing frame starts, by whoever mentions it. */
  readonly lastHash: Bytes;
};

/** An author's signed word that a frame of theirs was taken away, and where it stood. */
export type FrameVoucher = {
  readonly stream: StreamId;
  readonly sequence: number;
  /** The epoch of the frame before it in its stream; null when it was the first. */
  readonly previousEpoch: number | null;
  readonly hash: Bytes;
};

/** What is missing by a gap notice that this frame gave; null for a notice of another kind. */
export function gapOf(notice: StreamNotice, frame: OpenedFrame): StreamGap | null {
  if (notice.kind !== "gap") return null;
  const { stream, sequence: from } = notice;
  if (stream === frame.stream) {
    return frame.previous === null
      ? null
      : { stream, from, last: frame.sequence - 1, lastHash: frame.previous.hash };
  }
  const mention = frame.seen.find((entry) => entry.stream === stream);
  return mention === undefined ? null : { stream, from, last: mention.sequence, lastHash: mention.hash16 };
}

/**
 * Whether vouchers account for everything that is missing: back from the last missing frame to the one that is known before the gap,
 * to the stream's first, or to before `joinedEpoch`. `fork`: the author vouches for another frame than the one that was mentioned.
 */
export function judgeGap(judging: {
  readonly gap: StreamGap;
  readonly voucherOf: (stream: StreamId, sequence: number) => FrameVoucher | null;
  readonly joinedEpoch: number;
}): "open" | "explained" | "fork" {
  const { gap, joinedEpoch, voucherOf } = judging;
  const { from, last, lastHash, stream } = gap;
  for (let sequence = last; sequence >= from; sequence--) {
    const voucher = voucherOf(stream, sequence);
    if (voucher === null) return "open";
    const isMentioned = equalBytes(voucher.hash.slice(0, lastHash.length), lastHash);
    if (sequence === last && !isMentioned) return "fork";
    if (voucher.previousEpoch === null || voucher.previousEpoch < joinedEpoch) return "explained";
  }
  return "explained";
}
