import { expect, test } from "vitest";
import type { Bytes } from "../codec/bytes.ts";
import { encodeUtf8 } from "../codec/writer.ts";
import { sha256 } from "../primitives/hash.ts";
import type { OpenedFrame } from "./frame.ts";
import { gapOf, judgeGap } from "./gap.ts";
import type { FrameVoucher, StreamGap } from "./gap.ts";
import { followStreams } from "./streams.ts";

const hashOf = (sequence: number): Bytes => sha256(encodeUtf8(String(sequence)));
const stream = "aaaaaaaaaaaaaaaa";

const frame = (sequence: number): OpenedFrame => ({
  room: "room",
  epoch: 3,
  id: `entry ${sequence}`,
  author: "ana",
  hash: hashOf(sequence),
  stream,
  sequence,
  previous: sequence === 0 ? null : { epoch: 3, hash: hashOf(sequence - 1) },
  seen: [],
  kind: 1,
  sentAt: 0,
  gossip: null,
  body: new Uint8Array(0),
});

/** The gap that a reader finds who gets these of the stream's frames, the last of which shows it. */
const gapIn = (sequences: readonly number[], joinedEpoch = 0): StreamGap => {
  let streams: Parameters<typeof followStreams>[0]["streams"] = [];
  let found: StreamGap | null = null;
  for (const sequence of sequences) {
    const step = followStreams({ streams, frame: frame(sequence), joinedEpoch });
    ({ streams } = step);
    for (const notice of step.notices) found = gapOf(notice, frame(sequence));
  }
  if (found === null) throw new Error("no gap");
  return found;
};

const judge = (gap: StreamGap, vouchers: readonly Partial<FrameVoucher>[], joinedEpoch = 0) => {
  const known = vouchers.map((voucher): FrameVoucher => {
    const { sequence = 0 } = voucher;
    return { stream, sequence, previousEpoch: sequence === 0 ? null : 3, hash: hashOf(sequence), ...voucher };
  });
  const voucherOf = (of: string, sequence: number) =>
    known.find((voucher) => voucher.stream === of && voucher.sequence === sequence) ?? null;
  return judgeGap({ gap, voucherOf, joinedEpoch });
};

test("a gap is explained when every missing frame is vouched for, and only then", () => {
  const gap = gapIn([0, 3]);
  expect(gap).toEqual({ stream, from: 1, last: 2, lastHash: hashOf(2) });
  expect(judge(gap, [{ sequence: 1 }, { sequence: 2 }])).toBe("explained");
  expect(judge(gap, [{ sequence: 2 }])).toBe("open");
  expect(judge(gap, [{ sequence: 1 }])).toBe("open");
  expect(judge(gap, [])).toBe("open");
  expect(judge(gap, [{ sequence: 1 }, { sequence: 2, stream: "bbbbbbbbbbbbbbbb" }])).toBe("open");
});

test("a voucher for another frame than the one that was mentioned is a fork", () => {
  expect(judge(gapIn([0, 2]), [{ sequence: 1, hash: hashOf(9) }])).toBe("fork");
});

test("a stream whose first frames were taken away is explained down to its first", () => {
  const gap = gapIn([2]);
  expect(gap.from).toBe(0);
  expect(judge(gap, [{ sequence: 0 }, { sequence: 1 }])).toBe("explained");
  expect(judge(gap, [{ sequence: 1 }])).toBe("open");
});

test("what lies before a reader's time is not theirs to miss", () => {
  const gap = gapIn([5], 3);
  expect(judge(gap, [{ sequence: 4, previousEpoch: 2 }], 3)).toBe("explained");
  expect(judge(gap, [{ sequence: 4, previousEpoch: 3 }], 3)).toBe("open");
});

test("a frame that others had seen is vouched for by how its hash starts", () => {
  const seen = [{ stream, epoch: 3, sequence: 1, hash16: hashOf(1).slice(0, 16) }];
  const other: OpenedFrame = { ...frame(0), stream: "bbbbbbbbbbbbbbbb", author: "ben", seen };
  const [notice] = followStreams({ streams: [], frame: other, joinedEpoch: 0 }).notices;
  const gap = notice === undefined ? null : gapOf(notice, other);
  if (gap === null) throw new Error("no gap");
  expect(judge(gap, [{ sequence: 0 }, { sequence: 1 }])).toBe("explained");
  expect(judge(gap, [{ sequence: 0 }, { sequence: 1, hash: hashOf(7) }])).toBe("fork");
});

test("a notice of another kind is no gap", () => {
  expect(gapOf({ kind: "replay", stream, sequence: 1 }, frame(1))).toBeNull();
  expect(gapOf({ kind: "gap", stream: "cccccccccccccccc", sequence: 1 }, frame(1))).toBeNull();
});
