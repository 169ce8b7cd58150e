import { describe, expect, it } from "vitest";
import { VaultFault } from "../codec/bytes.ts";
import { decodeFrameContent, encodeFrameContent, padFrame } from "./content.ts";
import type { FrameContent } from "./content.ts";

const first: FrameContent = {
  stream: "0011223344556677",
  sequence: 0,
  previous: null,
  seen: [],
  kind: 1,
  sentAt: 1,
  gossip: null,
  body: Uint8Array.of(1, 2),
};
const second: FrameContent = {
  ...first,
  sequence: 1,
  previous: { epoch: 0, hash: new Uint8Array(32).fill(4) },
};
const signature = new Uint8Array(64).fill(5);

describe("the inside of a frame", () => {
  it("has a predecessor exactly after sequence 0", () => {
    for (const content of [first, second]) {
      const padded = padFrame(encodeFrameContent(content), signature);
      expect(decodeFrameContent(padded)).toMatchObject({ content, signature });
      // The sequence stands behind the stream's eight bytes.
      padded[11] = 1 - content.sequence;
      expect(() => decodeFrameContent(padded)).toThrow(VaultFault);
    }
  });

  it("names at most thirty-two frames seen", () => {
    const seen = { stream: first.stream, epoch: 0, sequence: 0, hash16: new Uint8Array(16) };
    const of = (count: number): FrameContent => ({
      ...first,
      seen: Array.from({ length: count }, () => seen),
    });
    expect(decodeFrameContent(padFrame(encodeFrameContent(of(32)), signature)).content.seen.length).toBe(32);
    expect(() => encodeFrameContent(of(33))).toThrow(VaultFault);
  });
});
