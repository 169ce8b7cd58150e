import { parseId } from "@sotto/domain";
import type { EntryId, RoomId } from "@sotto/domain";
import { VaultFault } from "@sotto/vault";
import fc from "fast-check";
import { expect, test } from "vitest";
import { ClientFault } from "../done.ts";
import { decodeWaiting, encodeWaiting } from "./waiting.ts";
import type { Waiting } from "./waiting.ts";

const toId = <Id extends string>(text: string): Id => {
  const id = parseId<Id>(text);
  if (id === null) throw new Error("fast-check's UUIDs are lower-case");
  return id;
};

const waiting: fc.Arbitrary<Waiting> = fc.record({
  entry: fc.uuid().map((text) => toId<EntryId>(text)),
  room: fc.uuid().map((text) => toId<RoomId>(text)),
  body: fc.record({
    kind: fc.constant("message" as const),
    text: fc.string({ unit: "grapheme", maxLength: 100 }),
  }),
  readers: fc.option(fc.array(fc.uuid(), { maxLength: 5 })),
  at: fc.nat({ max: 2 ** 48 - 1 }),
  state: fc.oneof(
    fc.constant({ kind: "waiting" as const }),
    fc.record({ kind: fc.constant("held" as const), until: fc.nat({ max: 2 ** 48 - 1 }) }),
  ),
});

test("a waiting entry reads back as it was written, and waits again even when it had been refused", () => {
  fc.assert(
    fc.property(waiting, (written) => {
      expect(decodeWaiting(written.entry, encodeWaiting(written))).toEqual(written);
      const refused = { ...written, state: { kind: "refused", refusal: "not-here" } } as const;
      const again = decodeWaiting(written.entry, encodeWaiting(refused));
      expect(again).toEqual({ ...written, state: { kind: "waiting" } });
    }),
  );
});

const readOrNull = (entry: EntryId, bytes: Uint8Array<ArrayBuffer>): Waiting | null => {
  try {
    return decodeWaiting(entry, bytes);
  } catch (error) {
    if (error instanceof VaultFault || error instanceof ClientFault) return null;
    throw error;
  }
};

test("a record from before there was anything to hold reads as one that waits", () => {
  fc.assert(
    fc.property(waiting, (written) => {
      const now = encodeWaiting({ ...written, state: { kind: "waiting" } });
      // The version stands at the end of the label, the time to hold at the end of the record.
      const version = "fam/local-outbox/".length + 1;
      const before = now.slice(0, -1).fill(0x31, version, version + 1);
      expect(decodeWaiting(written.entry, before)).toEqual({ ...written, state: { kind: "waiting" } });
    }),
  );
});

test("a record of which a byte has changed is read as what it says, or refused; one that was cut is refused", () => {
  fc.assert(
    fc.property(waiting, fc.nat(), fc.integer({ min: 0, max: 255 }), (written, place, byte) => {
      const whole = encodeWaiting(written);
      const at = place % whole.length;
      const changed = new Uint8Array(whole).fill(byte, at, at + 1);
      const found = readOrNull(written.entry, changed);
      const isOfNow = changed["fam/local-outbox/".length + 1] === 0x32;
      expect(found === null || !isOfNow ? changed : encodeWaiting(found)).toEqual(changed);
      expect(readOrNull(written.entry, whole.slice(0, at))).toBeNull();
    }),
  );
});
