import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { idOf } from "../../testing/people.ts";
import type { Bytes } from "../codec/bytes.ts";
import { encodeUtf8 } from "../codec/writer.ts";
import { sha256 } from "../primitives/hash.ts";
import type { OpenedFrame } from "./frame.ts";
import { followStreams, seenOf } from "./streams.ts";
import type { StreamHead, StreamNotice } from "./streams.ts";

const hashOf = (text: string): Bytes => sha256(encodeUtf8(text));
const streamIds = ["aaaaaaaaaaaaaaaa", "bbbbbbbbbbbbbbbb", "cccccccccccccccc"] as const;

/** The frames of honest authors in the server's order, each naming all that came before. */
const honestFrames = (
  turns: readonly number[],
  epochOf: (index: number) => number,
): readonly OpenedFrame[] => {
  const frames: OpenedFrame[] = [];
  let streams: readonly StreamHead[] = [];
  for (const [index, turn] of turns.entries()) {
    const stream = streamIds[turn] ?? streamIds[0];
    const before = streams.find((head) => head.stream === stream);
    const frame: OpenedFrame = {
      room: idOf("room"),
      epoch: epochOf(index),
      id: idOf(`entry ${index}`),
      author: idOf(stream),
      hash: hashOf(`${index}`),
      stream,
      sequence: before === undefined ? 0 : before.sequence + 1,
      previous: before === undefined ? null : { epoch: before.epoch, hash: before.hash },
      seen: seenOf(streams, stream),
      kind: 1,
      sentAt: index,
      gossip: null,
      body: new Uint8Array(0),
    };
    frames.push(frame);
    ({ streams } = followStreams({ streams, frame, joinedEpoch: 0 }));
  }
  return frames;
};

const follow = (frames: readonly OpenedFrame[], joinedEpoch = 0): readonly StreamNotice[] => {
  let streams: readonly StreamHead[] = [];
  return frames.flatMap((frame) => {
    const step = followStreams({ streams, frame, joinedEpoch });
    ({ streams } = step);
    return step.notices;
  });
};

const turns = fc.array(fc.nat(2), { minLength: 1, maxLength: 20 });

describe("the streams of a room", () => {
  it("are silent for everything that arrives whole and in order", () => {
    fc.assert(
      fc.property(turns, fc.nat(20), (order, cut) => {
        expect(follow(honestFrames(order, (index) => (index < cut ? 0 : 1)))).toEqual([]);
      }),
    );
  });

  it("T12: are silent about what lies before the reader joined", () => {
    fc.assert(
      fc.property(turns, fc.nat(20), (order, cut) => {
        const all = honestFrames(order, (index) => (index < cut ? 4 : 5));
        expect(
          follow(
            all.filter((frame) => frame.epoch >= 5),
            5,
          ),
        ).toEqual([]);
      }),
    );
  });

  it("T7: notice every frame withheld, as soon as anybody mentions or follows it", () => {
    fc.assert(
      fc.property(turns, fc.nat(19), (order, place) => {
        const frames = honestFrames(order, () => 0);
        const withheld = frames[place % frames.length];
        const rest = frames.filter((frame) => frame !== withheld);
        const later = frames.slice(frames.findIndex((frame) => frame === withheld) + 1);
        const notices = follow(rest);
        expect(notices.some((notice) => notice.kind === "gap")).toBe(later.length > 0);
        expect(
          notices.every(
            (notice) => notice.stream === withheld?.stream && notice.sequence <= withheld.sequence,
          ),
        ).toBe(true);
      }),
    );
  });

  it("T7: notice the first frame of a stream withheld from a joiner", () => {
    const frames = honestFrames([0, 1, 1, 1], (index) => (index < 2 ? 4 : 5));
    const [, , first, second] = frames;
    expect(first?.previous?.epoch).toBe(4);
    const shown = second === undefined ? [] : [second];
    expect(follow(shown, 5)).toEqual([{ kind: "gap", stream: streamIds[1], sequence: 0 }]);
  });

  it("T6: notice a replay", () => {
    fc.assert(
      fc.property(turns, fc.nat(19), (order, place) => {
        const frames = honestFrames(order, () => 0);
        const again = frames[place % frames.length];
        const kinds = follow(again === undefined ? [] : [...frames, again]).map((notice) => notice.kind);
        expect(kinds).toEqual(["replay"]);
      }),
    );
  });

  it("T8: notice another history of a stream, in itself and in what others have seen", () => {
    const frames = honestFrames([0, 0, 1], () => 0);
    const [first, second, third] = frames;
    if (first === undefined || second === undefined || third === undefined)
      throw new Error("three frames expected");
    const forked = { ...second, hash: hashOf("forked") };
    expect(follow([first, forked, third])).toEqual([{ kind: "fork", stream: streamIds[0], sequence: 1 }]);
    expect(follow([first, second, forked])).toEqual([{ kind: "fork", stream: streamIds[0], sequence: 1 }]);
    const elsewhere = { ...second, previous: { epoch: 0, hash: hashOf("elsewhere") } };
    expect(follow([first, elsewhere])).toEqual([{ kind: "fork", stream: streamIds[0], sequence: 1 }]);
    const misdated = { ...second, previous: { epoch: 1, hash: first.hash } };
    expect(follow([first, misdated])).toEqual([{ kind: "fork", stream: streamIds[0], sequence: 1 }]);
    const usurped = { ...second, author: idOf("usurper") };
    expect(follow([first, usurped, second])).toEqual([{ kind: "fork", stream: streamIds[0], sequence: 1 }]);
  });

  it("keep the latest streams for the next frame's seen", () => {
    const streams = Array.from({ length: 40 }, (_, index) => ({
      stream: index.toString(16).padStart(16, "0"),
      author: idOf("a"),
      epoch: 0,
      sequence: index,
      hash: hashOf(`${index}`),
    }));
    const seen = seenOf(streams, streams[39]?.stream ?? "");
    expect(seen.map((entry) => entry.sequence)).toEqual(Array.from({ length: 32 }, (_, index) => index + 7));
  });
});
