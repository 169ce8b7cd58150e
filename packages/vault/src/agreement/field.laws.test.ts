import fc from "fast-check";
import { expect, test } from "vitest";
import { readOrNull } from "../../testing/damage.ts";
import { ByteReader } from "../codec/reader.ts";
import { ByteWriter } from "../codec/writer.ts";
import { kinds, listOf, nothing, record, some, sortedBy, text, uniqueBy, unsigned } from "./field.ts";
import type { Field } from "./field.ts";

const written = <Value>(field: Field<Value>, value: Value) => {
  const writer = new ByteWriter();
  field.write(writer, value);
  return writer.bytes();
};
const readBy = <Value>(field: Field<Value>, bytes: Uint8Array): Value | null =>
  readOrNull(() => {
    const reader = new ByteReader(bytes);
    const value = field.read(reader);
    reader.end();
    return value;
  });

const byte = unsigned(1);
const self = (value: number): number => value;
const numbers = fc.array(fc.nat(9), { maxLength: 6 });

test("a sorted list is read in its order alone, and none twice", () => {
  const sorted = sortedBy(byte, 10, self);
  fc.assert(
    fc.property(numbers, (values) => {
      const isInOrder = values.every((value, place) => place === 0 || (values[place - 1] ?? value) < value);
      expect(readBy(sorted, written(listOf(byte, 10), values))).toEqual(isInOrder ? values : null);
    }),
  );
});

test("a list in which none comes twice keeps its order, and is read with none twice", () => {
  const unique = uniqueBy(byte, 10, self);
  fc.assert(
    fc.property(numbers, (values) => {
      const isUnique = new Set(values).size === values.length;
      expect(readBy(unique, written(listOf(byte, 10), values))).toEqual(isUnique ? values : null);
      expect(readOrNull(() => written(unique, values)) !== null).toBe(isUnique);
    }),
  );
});

test("some of several names have one writing, and no bit beyond them", () => {
  const names = ["a", "b", "c"] as const;
  const field = some(names);
  fc.assert(
    fc.property(fc.nat(0xffff), (bits) => {
      const read = readBy(field, written(unsigned(2), bits));
      const again = read === null ? null : written(field, read.toReversed());
      expect(again).toEqual(bits >= 8 ? null : written(unsigned(2), bits));
    }),
  );
});

test("a shape is told by its kind, and no other kind is read", () => {
  type Shape = { readonly kind: "bare" } | { readonly kind: "said"; readonly words: string };
  const shapes = kinds<Shape>({ bare: nothing, said: record({ words: text(9) }) });
  const said: Shape = { kind: "said", words: "so" };
  expect(readBy(shapes, written(shapes, said))).toEqual(said);
  expect(readBy(shapes, Uint8Array.of(0))).toEqual({ kind: "bare" });
  expect(readBy(shapes, Uint8Array.of(2))).toBeNull();
  expect(readBy(shapes, Uint8Array.of(0, 0))).toBeNull();
});
