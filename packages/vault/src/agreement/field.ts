import { VaultFault } from "../codec/bytes.ts";
import type { Bytes } from "../codec/bytes.ts";
import type { ByteReader } from "../codec/reader.ts";
import type { ByteWriter } from "../codec/writer.ts";

/**
 * How one value stands in bytes, both ways at once: an agreement has so many fields that writing and reading apart would sooner or later differ. Each
 * form has exactly one writing per value. Writing throws `misuse` for what the form cannot say, reading `malformed`.
 */
export interface Field<Value> {
  readonly write: (writer: ByteWriter, value: Value) => void;
  readonly read: (reader: ByteReader) => Value;
}

export const id: Field<string> = {
  write: (writer, value) => writer.id(value),
  read: (reader) => reader.id(),
};

export const hash: Field<Bytes> = {
  write: (writer, value) => writer.fixed(value, 32),
  read: (reader) => reader.fixed(32),
};

/** Bytes behind their length, of 2 bytes where that is enough, otherwise of 4. */
export const block = (bytesMax: number): Field<Bytes> => ({
  write: (writer, value) =>
    bytesMax > 0xffff ? writer.block32(value, bytesMax) : writer.block16(value, bytesMax),
  read: (reader) => (bytesMax > 0xffff ? reader.block32(bytesMax) : reader.block16(bytesMax)),
});

export const text = (bytesMax: number): Field<string> => ({
  write: (writer, value) => writer.text(value, bytesMax),
  read: (reader) => reader.text(bytesMax),
});

export const unsigned = (width: 1 | 2 | 4 | 6): Field<number> => ({
  write: (writer, value) => writer.unsigned(value, width),
  read: (reader) => reader.unsigned(width),
});

/** A whole number between two, at most 65,535 apart, as what it is above the least. */
export const between = ({
  least,
  most,
}: {
  readonly least: number;
  readonly most: number;
}): Field<number> => ({
  write: (writer, value) => {
    if (value > most) throw new VaultFault("misuse");
    writer.unsigned(value - least, 2);
  },
  read: (reader) => {
    const value = reader.unsigned(2) + least;
    if (value > most) throw new VaultFault("malformed");
    return value;
  },
});

/** One of the names, by its place. */
export const choice = <Name extends string>(names: readonly Name[]): Field<Name> => ({
  write: (writer, value) => writer.unsigned(names.indexOf(value), 1),
  read: (reader) => reader.choice(names),
});

const NO_YES = ["no", "yes"] as const;
export const flag: Field<boolean> = {
  write: (writer, value) => writer.unsigned(value ? 1 : 0, 1),
  read: (reader) => reader.choice(NO_YES) === "yes",
};

/** Some of at most sixteen names: the bit at a name's place is 1 when it is one of them. In which order they were chosen is not said. */
export const some = <Name extends string>(names: readonly Name[]): Field<readonly Name[]> => ({
  write: (writer, chosen) => {
    if (chosen.some((name) => !names.includes(name))) throw new VaultFault("misuse");
    const bits = names.reduce((sum, name, place) => (chosen.includes(name) ? sum + 2 ** place : sum), 0);
    writer.unsigned(bits, 2);
  },
  read: (reader) => {
    const bits = reader.unsigned(2);
    if (bits >= 2 ** names.length) throw new VaultFault("malformed");
    return names.filter((_name, place) => Math.floor(bits / 2 ** place) % 2 === 1);
  },
});

export const orNull = <Value>(field: Field<Value>): Field<Value | null> => ({
  write: (writer, value) => writer.optional(value, (present) => field.write(writer, present)),
  read: (reader) => reader.optional(() => field.read(reader)),
});

/** A list in the order in which it is given. */
export const listOf = <Value>(field: Field<Value>, countMax: number): Field<readonly Value[]> => ({
  write: (writer, values) => writer.list(values, countMax, (value) => field.write(writer, value)),
  read: (reader) => reader.list(countMax, () => field.read(reader)),
});

type Key<Value> = (value: Value) => string | number;

/** A list in which no two have the same key. It keeps its order. */
export const uniqueBy = <Value>(
  field: Field<Value>,
  countMax: number,
  keyOf: Key<Value>,
): Field<readonly Value[]> => {
  const list = listOf(field, countMax);
  const isUnique = (values: readonly Value[]): boolean => new Set(values.map(keyOf)).size === values.length;
  return {
    write: (writer, values) => {
      if (!isUnique(values)) throw new VaultFault("misuse");
      list.write(writer, values);
    },
    read: (reader) => {
      const values = list.read(reader);
      if (!isUnique(values)) throw new VaultFault("malformed");
      return values;
    },
  };
};

/** A list in which no two have the same key, in the order of the keys, whatever order it was given in. */
export const sortedBy = <Value>(
  field: Field<Value>,
  countMax: number,
  keyOf: Key<Value>,
): Field<readonly Value[]> => {
  const list = uniqueBy(field, countMax, keyOf);
  const isBefore = (one: Value, other: Value): boolean => keyOf(one) < keyOf(other);
  return {
    write: (writer, values) =>
      list.write(
        writer,
        values.toSorted((one, other) => (isBefore(one, other) ? -1 : 1)),
      ),
    read: (reader) => {
      const values = list.read(reader);
      const isSorted = values.every((value, place) => {
        const before = values[place - 1];
        return before === undefined || isBefore(before, value);
      });
      if (!isSorted) throw new VaultFault("malformed");
      return values;
    },
  };
};

/** Fields one after the other, in the order in which they are named here. */
export function record<Value extends object>(fields: {
  readonly [Name in keyof Value]: Field<Value[Name]>;
}): Field<Value> {
  // The keys of the forms are those of the value.
  const names = Object.keys(fields) as (keyof Value)[];
  return {
    write: (writer, value) => {
      for (const name of names) fields[name].write(writer, value[name]);
    },
    // Every field was read by its own form, and there is no other.
    read: (reader) => Object.fromEntries(names.map((name) => [name, fields[name].read(reader)])) as Value,
  };
}

type Shape<Value extends { readonly kind: string }, Kind> = Omit<Extract<Value, { kind: Kind }>, "kind">;

/** One of several shapes: the place of its kind here, then its fields. */
export function kinds<Value extends { readonly kind: string }>(shapes: {
  readonly [Kind in Value["kind"]]: Field<Shape<Value, Kind>>;
}): Field<Value> {
  // The keys of the forms are the kinds of the value.
  const names = Object.keys(shapes) as Value["kind"][];
  const kind = choice<Value["kind"]>(names);
  // A shape by its kind: that the two belong together, the compiler cannot see through the map.
  const shapeOf = (name: Value["kind"]) => shapes[name] as unknown as Field<object>;
  return {
    write: (writer, value) => {
      kind.write(writer, value.kind);
      shapeOf(value.kind).write(writer, value);
    },
    read: (reader) => {
      const name = kind.read(reader);
      return { kind: name, ...shapeOf(name).read(reader) } as Value;
    },
  };
}

/** A shape of which the kind says everything. */
export const nothing: Field<object> = { write: () => undefined, read: () => ({}) };
