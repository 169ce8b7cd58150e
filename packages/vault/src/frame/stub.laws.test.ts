import fc from "fast-check";
import { expect, test } from "vitest";
import { VaultFault } from "../codec/bytes.ts";
import { sha256 } from "../primitives/hash.ts";
import { encodeFrameHeader } from "./header.ts";
import { encodeFrameStub, parseFrameStub, stubOfFrame } from "./stub.ts";
import type { FrameStub } from "./stub.ts";

const bytes = (length: number) =>
  fc.uint8Array({ minLength: length, maxLength: length }).map((value) => new Uint8Array(value));

const stub: fc.Arbitrary<FrameStub> = fc.record({
  room: fc.uuid(),
  epoch: fc.nat({ max: 2 ** 32 - 1 }),
  id: fc.uuid(),
  author: fc.uuid(),
  hash: bytes(32),
});

const readOrNull = (value: Uint8Array<ArrayBuffer>): FrameStub | null => {
  try {
    return parseFrameStub(value);
  } catch (error) {
    if (error instanceof VaultFault) return null;
    throw error;
  }
};

test("a stub reads back as it was written, and in no other way", () => {
  fc.assert(
    fc.property(stub, fc.nat(), fc.integer({ min: 0, max: 255 }), (written, place, byte) => {
      const whole = encodeFrameStub(written);
      expect(parseFrameStub(whole)).toEqual(written);
      const at = place % whole.length;
      expect(() => parseFrameStub(whole.slice(0, at))).toThrow(VaultFault);
      const changed = new Uint8Array(whole).fill(byte, at, at + 1);
      const found = readOrNull(changed);
      expect(found === null ? changed : encodeFrameStub(found)).toEqual(changed);
    }),
  );
});

test("the stub of a frame has the frame's place and hash, and nothing of what was sealed", () => {
  fc.assert(
    fc.property(stub, bytes(256 - 94), ({ author, epoch, id, room }, sealed) => {
      const header = { room, epoch, head16: new Uint8Array(16), id, author, salt: new Uint8Array(16) };
      const frame = new Uint8Array([...encodeFrameHeader(header), ...sealed]);
      expect(stubOfFrame(frame)).toEqual({ room, epoch, id, author, hash: sha256(frame) });
      expect(encodeFrameStub(stubOfFrame(frame)).length).toBeLessThan(100);
    }),
  );
});

test("what is no frame has no stub", () => {
  expect(() => stubOfFrame(new Uint8Array(256))).toThrow(VaultFault);
  expect(() => stubOfFrame(new Uint8Array(0))).toThrow(VaultFault);
});
