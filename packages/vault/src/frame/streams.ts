import { equalBytes } from "../codec/bytes.ts";
import type { Bytes } from "../codec/bytes.ts";
import { SEEN_MAX } from "./content.ts";
import type { SeenEntry, StreamId } from "./content.ts";
import type { OpenedFrame } from "./frame.ts";

/** The latest frame known of one stream in one room. */
export type StreamHead = {
  readonly stream: StreamId;
  readonly author: string;
  readonly epoch: number;
  readonly sequence: number;
  readonly hash: Bytes;
};

/**
 * Something the server, or an author, did to the order of a stream (threats T6, T7).
 * `gap`: frames before this are missing, from `sequence` on. `replay`: a frame that was there, or an older one, came
 * again. `fork`: two histories of one stream.
 */
export type StreamNotice = {
  readonly kind: "gap" | "replay" | "fork";
  readonly stream: StreamId;
  /** The first missing sequence of a gap; else the sequence that came twice. */
  readonly sequence: number;
};

export type StreamsFollowed = {
  readonly streams: readonly StreamHead[];
  readonly notices: readonly StreamNotice[];
};

/**
 * Follows one more opened frame of a room, in the server's order. `streams` is kept with the latest at the end. What lies
 * before `joinedEpoch` (0 for who was there from the start) is not for this reader and not missed. A gap that lasts is
 * noticed again by each frame that mentions it, with the same stream and sequence.
 */
export function followStreams(step: {
  readonly streams: readonly StreamHead[];
  readonly frame: OpenedFrame;
  readonly joinedEpoch: number;
}): StreamsFollowed {
  const { streams, frame, joinedEpoch } = step;
  const known = streams.find((head) => head.stream === frame.stream) ?? null;
  const own = known === null ? firstNotice(frame, joinedEpoch) : nextNotice(known, frame);
  const heard = frame.seen.flatMap((entry) => seenNotice(streams, frame, entry, joinedEpoch));
  const advances = known === null || (frame.author === known.author && frame.sequence > known.sequence);
  return {
    streams: advances ? advance(streams, frame) : streams,
    notices: own === null ? heard : [own, ...heard],
  };
}

const notice = (kind: StreamNotice["kind"], stream: StreamId, sequence: number): StreamNotice => ({
  kind,
  stream,
  sequence,
});

const advance = (streams: readonly StreamHead[], frame: OpenedFrame): readonly StreamHead[] => {
  const { stream, author, epoch, sequence, hash } = frame;
  return [...streams.filter((head) => head.stream !== stream), { stream, author, epoch, sequence, hash }];
};

/** The first frame of a stream that I see: something is missing when its predecessor lies in an epoch that I read. */
const firstNotice = (frame: OpenedFrame, joinedEpoch: number): StreamNotice | null =>
  frame.previous !== null && frame.previous.epoch >= joinedEpoch ? notice("gap", frame.stream, 0) : null;

const nextNotice = (known: StreamHead, frame: OpenedFrame): StreamNotice | null => {
  const { stream, sequence, previous } = frame;
  // A stream belongs to one author: anybody else who writes under its number forks it.
  if (frame.author !== known.author) return notice("fork", stream, sequence);
  if (sequence > known.sequence + 1) return notice("gap", stream, known.sequence + 1);
  if (sequence === known.sequence + 1) {
    const follows =
      previous !== null && previous.epoch === known.epoch && equalBytes(previous.hash, known.hash);
    return follows ? null : notice("fork", stream, sequence);
  }
  const isOther = sequence === known.sequence && !equalBytes(frame.hash, known.hash);
  return notice(isOther ? "fork" : "replay", stream, sequence);
};

const seenNotice = (
  streams: readonly StreamHead[],
  frame: OpenedFrame,
  entry: SeenEntry,
  joinedEpoch: number,
): readonly StreamNotice[] => {
  if (entry.epoch < joinedEpoch || entry.stream === frame.stream) return [];
  const known = streams.find((head) => head.stream === entry.stream);
  if (known === undefined) return [notice("gap", entry.stream, 0)];
  if (entry.sequence > known.sequence) return [notice("gap", entry.stream, known.sequence + 1)];
  const isOther = entry.sequence === known.sequence && !equalBytes(entry.hash16, known.hash.slice(0, 16));
  return isOther ? [notice("fork", entry.stream, entry.sequence)] : [];
};

/** What to put into the next frame's `seen`: the latest of other streams, at most as many as a frame holds. */
export function seenOf(streams: readonly StreamHead[], own: StreamId): readonly SeenEntry[] {
  return streams
    .filter((head) => head.stream !== own)
    .slice(-SEEN_MAX)
    .map(({ stream, epoch, sequence, hash }) => ({ stream, epoch, sequence, hash16: hash.slice(0, 16) }));
}
