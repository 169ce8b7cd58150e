import { parseId } from "@sotto/domain";
import { VaultFault } from "@sotto/vault";
import fc from "fast-check";
import { expect, test } from "vitest";
import { ClientFault } from "../done.ts";
import { decodeUpload, encodeUpload } from "./upload-record.ts";
import type { Upload } from "./upload-record.ts";

const id = <Id extends string>(): fc.Arbitrary<Id> =>
  fc.uuid().map((text) => {
    const parsed = parseId<Id>(text);
    if (parsed === null) throw new Error("fast-check's UUIDs are lower-case");
    return parsed;
  });
const bytes = (count: number) =>
  fc.uint8Array({ minLength: count, maxLength: count }).map((drawn) => new Uint8Array(drawn));

const upload: fc.Arbitrary<Upload> = fc.record({
  entry: id<never>(),
  room: id<never>(),
  body: fc.record({
    kind: fc.constant("file" as const),
    file: id<never>(),
    key: bytes(32),
    hash: bytes(32),
    size: fc.nat({ max: 100 * 1024 * 1024 }),
    name: fc.string({ unit: "grapheme", maxLength: 20 }),
    type: fc.constantFrom("image/jpeg", ""),
    picture: fc.constant(null),
    durationMs: fc.option(fc.nat()),
    preview: fc.option(bytes(5)),
  }),
  readers: fc.option(fc.array(fc.uuid(), { maxLength: 5 })),
  at: fc.nat({ max: 2 ** 48 - 1 }),
  way: fc.constantFrom("going" as const, "leaving" as const),
});

const readOrNull = (entry: Upload["entry"], record: Uint8Array<ArrayBuffer>): Upload | null => {
  try {
    return decodeUpload(entry, record);
  } catch (error) {
    if (error instanceof VaultFault || error instanceof ClientFault) return null;
    throw error;
  }
};

test("an upload reads back as it was written", () => {
  fc.assert(
    fc.property(upload, (written) => {
      expect(decodeUpload(written.entry, encodeUpload(written))).toEqual(written);
    }),
  );
});

test("a record that was cut, or goes on after its end, is refused; one that was changed says what it says, or is refused", () => {
  fc.assert(
    fc.property(upload, fc.nat(), fc.integer({ min: 1, max: 255 }), (written, place, mask) => {
      const record = encodeUpload(written);
      expect(readOrNull(written.entry, record.slice(0, place % record.length))).toBeNull();
      expect(readOrNull(written.entry, new Uint8Array([...record, 0]))).toBeNull();
      const changed = record.slice();
      changed[place % record.length] = (changed[place % record.length] ?? 0) ^ mask;
      const read = readOrNull(written.entry, changed);
      expect(read === null ? changed : encodeUpload(read)).toEqual(changed);
    }),
  );
});
