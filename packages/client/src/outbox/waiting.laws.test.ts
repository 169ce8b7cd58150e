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

/** Where the version stands, at the end of the label. */
const VERSION = "fam/local-outbox/".length + 1;

const ofVersion = (record: Uint8Array<ArrayBuffer>, digit: string) =>
  record.fill(digit.codePointAt(0) ?? 0, VERSION, VERSION + 1);

test("a record from before there was a refusal to keep, or anything to hold, reads as what it said", () => {
  fc.assert(
    fc.property(waiting, (written) => {
      // The time to hold and the refusal stand at the end of the record.
      const second = ofVersion(encodeWaiting(written).slice(0, -1), "2");
      expect(decodeWaiting(written.entry, second)).toEqual(written);
      const first = ofVersion(encodeWaiting({ ...written, state: { kind: "waiting" } }).slice(0, -2), "1");
      expect(decodeWaiting(written.entry, first)).toEqual({ ...written, state: { kind: "waiting" } });
    }),
  );
});

const deletion: fc.Arbitrary<Waiting> = fc.record({
  entry: fc.uuid().map((text) => toId<EntryId>(text)),
  room: fc.uuid().map((text) => toId<RoomId>(text)),
  body: fc.record({
    kind: fc.constant("deletion" as const),
    target: fc.uuid().map((text) => toId<EntryId>(text)),
    frames: fc.constant([]),
  }),
  readers: fc.constant(null),
  at: fc.nat({ max: 2 ** 48 - 1 }),
  state: fc.record({
    kind: fc.constant("refused" as const),
    refusal: fc.constantFrom(
      "malformed",
      "not-allowed",
      "not-here",
      "perhaps-sent",
      "room-closed",
      "too-large",
    ),
  }),
});

test("a deletion that was refused stays refused; why, if it is not one of the reasons that are kept, makes it wait again", () => {
  fc.assert(
    fc.property(deletion, (written) => {
      expect(decodeWaiting(written.entry, encodeWaiting(written))).toEqual(written);
      const other = { ...written, state: { kind: "refused", refusal: "offline" } } as const;
      expect(decodeWaiting(written.entry, encodeWaiting(other)).state).toEqual({ kind: "waiting" });
    }),
  );
});

test("only a deletion is read as refused", () => {
  fc.assert(
    fc.property(waiting, (written) => {
      const refused = new Uint8Array([...encodeWaiting(written).slice(0, -1), 1, 4]);
      expect(readOrNull(written.entry, refused)).toBeNull();
    }),
  );
});

test("a record of which a byte has changed is read as what it says, or refused; one that was cut is refused", () => {
  fc.assert(
    fc.property(fc.oneof(waiting, deletion), fc.nat(), fc.nat({ max: 255 }), (written, place, byte) => {
      const whole = encodeWaiting(written);
      const at = place % whole.length;
      const changed = new Uint8Array(whole).fill(byte, at, at + 1);
      const found = readOrNull(written.entry, changed);
      const isOfNow = changed[VERSION] === 0x33;
      expect(found === null || !isOfNow ? changed : encodeWaiting(found)).toEqual(changed);
      expect(readOrNull(written.entry, whole.slice(0, at))).toBeNull();
    }),
  );
});
