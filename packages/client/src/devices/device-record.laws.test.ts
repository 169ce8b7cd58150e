import fc from "fast-check";
import { expect, test } from "vitest";
import { decodeDeviceRecord, encodeDeviceRecord, withKnown } from "./device-record.ts";

const record = fc.record({ own: fc.uuid(), known: fc.uniqueArray(fc.uuid(), { maxLength: 40 }) });

test("a record is read as it was written, and one that is damaged is none", () => {
  fc.assert(
    fc.property(record, fc.nat(), (written, at) => {
      const bytes = encodeDeviceRecord(written);
      expect(decodeDeviceRecord(bytes)).toEqual(written);
      expect(decodeDeviceRecord(bytes.slice(0, at % bytes.length))).toBeNull();
    }),
  );
});

test("what was taken in is known, once, and the newest is never what makes way", () => {
  fc.assert(
    fc.property(record, fc.uniqueArray(fc.uuid(), { minLength: 1, maxLength: 5 }), (before, ids) => {
      const after = withKnown(withKnown(before, ids), ids);
      expect(after.known.slice(-ids.length)).toEqual(ids);
      expect(new Set(after.known).size).toBe(after.known.length);
      expect(after.own).toBe(before.own);
    }),
  );
  const full = { own: crypto.randomUUID(), known: Array.from({ length: 2000 }, () => crypto.randomUUID()) };
  const after = withKnown(full, [full.own]);
  expect(after.known).toHaveLength(2000);
  expect(after.known.at(-1)).toBe(full.own);
  expect(decodeDeviceRecord(encodeDeviceRecord(after))).toEqual(after);
});
