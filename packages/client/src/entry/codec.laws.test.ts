import { ENTRY_KIND_NUMBERS } from "@sotto/domain";
import type { EntryBody } from "@sotto/domain";
import { VaultFault } from "@sotto/vault";
import fc from "fast-check";
import { expect, test } from "vitest";
import { anyEntry } from "../../testing/any-entry.ts";
import { ClientFault } from "../done.ts";
import { decodeEntry, encodeEntry, isEncodable } from "./codec.ts";

const readOrNull = (kind: number, body: Uint8Array<ArrayBuffer>): EntryBody | null => {
  try {
    return decodeEntry({ kind, body });
  } catch (error) {
    if (error instanceof VaultFault || error instanceof ClientFault) return null;
    throw error;
  }
};

test("every entry reads back as it was written", () => {
  fc.assert(
    fc.property(anyEntry, (written) => {
      expect(decodeEntry(encodeEntry(written))).toEqual(written);
    }),
  );
});

test("bytes left over, bytes missing and other kinds are refused", () => {
  fc.assert(
    fc.property(anyEntry, fc.uint8Array({ minLength: 1, maxLength: 8 }), fc.nat(), (written, tail, cut) => {
      const { body, kind } = encodeEntry(written);
      expect(readOrNull(kind, new Uint8Array([...body, ...tail]))).toBeNull();
      expect(readOrNull(kind, body.slice(0, cut % body.length))).toBeNull();
      for (const other of [0, 255, 65_534, 65_535]) expect(readOrNull(other, body)).toBeNull();
    }),
  );
});

test("whatever the bytes are, reading answers an entry that writes the same bytes, or refuses", () => {
  const kinds = fc.constantFrom(...Object.values(ENTRY_KIND_NUMBERS));
  const changed = fc
    .tuple(anyEntry, fc.nat(), fc.integer({ min: 1, max: 255 }))
    .map(([written, place, mask]) => {
      const { body } = encodeEntry(written);
      const at = place % body.length;
      body[at] = (body[at] ?? 0) ^ mask;
      return body;
    });
  fc.assert(
    fc.property(kinds, changed, (kind, body) => {
      const found = readOrNull(kind, body);
      expect(found === null ? { kind, body } : encodeEntry(found)).toEqual({ kind, body });
    }),
    { numRuns: 1000 },
  );
});

test("what is longer than the format says, or no text at all, is not written", () => {
  const message = (words: string): EntryBody => ({ kind: "message", text: words });
  expect(isEncodable(message("é".repeat(30_000)))).toBe(true);
  expect(isEncodable(message("é".repeat(30_001)))).toBe(false);
  expect(isEncodable(message("\uD800"))).toBe(false);
  expect(() => encodeEntry(message("é".repeat(30_001)))).toThrow(VaultFault);
});

test("the largest disposal, said again, is not too long for a frame; one more room is", () => {
  const room = "00000000-0000-4000-8000-000000000001" as never;
  const rooms = (count: number) => Array.from({ length: count }, () => room);
  const told = (count: number): EntryBody => ({
    kind: "disposal-told",
    list: {
      disposal: room,
      family: room,
      rooms: rooms(count),
      record: room,
      rule: {
        place: "p".repeat(60),
        title: "t".repeat(300),
        citation: "c".repeat(400),
        asOf: "a".repeat(40),
        verified: true,
        familyMonths: 1200,
        recordMonths: 1200,
        minorMonths: 1200,
        maximumMonths: 1200,
      },
      dueSince: 1,
    },
    proposed: { by: room, at: 1 },
    confirmed: { by: room, at: 2 },
    ended: rooms(count + 1).map((ended) => ({ room: ended, by: room, at: 3 })),
  });
  expect(decodeEntry(encodeEntry(told(400)))).toEqual(told(400));
  expect(isEncodable(told(401))).toBe(false);
});

test("a month that is none and a rule that makes no sense are neither written nor read", () => {
  const month = (year: number, number: number): EntryBody => ({
    kind: "comes-of-age",
    month: { year, month: number },
  });
  expect(isEncodable(month(2030, 12))).toBe(true);
  expect(isEncodable(month(2030, 13))).toBe(false);
  const { body, kind } = encodeEntry(month(2030, 12));
  body[body.length - 1] = 0;
  expect(readOrNull(kind, body)).toBeNull();
});
