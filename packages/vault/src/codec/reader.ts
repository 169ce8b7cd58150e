import { equalBytes, VaultFault } from "./bytes.ts";
import type { Bytes } from "./bytes.ts";
import { idFromBytes } from "./text.ts";
import { encodeUtf8 } from "./writer.ts";

// A byte order mark is content here: dropping it would let two byte strings decode to one value.
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Reads strict UTF-8; throws `malformed` for anything else. */
export function decodeUtf8(bytes: Bytes): string {
  try {
    return decoder.decode(bytes);
  } catch {
    throw new VaultFault("malformed");
  }
}

/** Reads a structure field by field. Every reading throws `malformed` when the field is not there or not allowed. */
export class ByteReader {
  readonly #bytes: Uint8Array;
  #offset = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** A reader that has passed the label; throws `malformed` when another structure is in hand, or more than `bytesMax`. */
  static labelled(bytes: Uint8Array, label: string, bytesMax: number): ByteReader {
    if (bytes.length > bytesMax) throw new VaultFault("malformed");
    const reader = new ByteReader(bytes);
    const expected = encodeUtf8(label);
    const found = reader.fixed(reader.unsigned(1));
    if (!equalBytes(found, expected)) throw new VaultFault("malformed");
    return reader;
  }

  get offset(): number {
    return this.#offset;
  }

  unsigned(width: 1 | 2 | 4 | 6 | 8): number {
    let value = 0;
    for (const byte of this.fixed(width)) value = value * 256 + byte;
    if (!Number.isSafeInteger(value)) throw new VaultFault("malformed");
    return value;
  }

  /** A copy of the next `width` bytes. */
  fixed(width: number): Bytes {
    const end = this.#offset + width;
    if (end > this.#bytes.length) throw new VaultFault("malformed");
    const field = new Uint8Array(width);
    field.set(this.#bytes.subarray(this.#offset, end));
    this.#offset = end;
    return field;
  }

  id(): string {
    return idFromBytes(this.fixed(16));
  }

  block8(): Bytes {
    return this.fixed(this.unsigned(1));
  }

  block16(bytesMax = 0xffff): Bytes {
    return this.fixed(this.#length(2, bytesMax));
  }

  block32(bytesMax: number): Bytes {
    return this.fixed(this.#length(4, bytesMax));
  }

  text(bytesMax: number): string {
    return decodeUtf8(this.block16(bytesMax));
  }

  optional<Value>(read: () => Value): Value | null {
    const flag = this.unsigned(1);
    if (flag > 1) throw new VaultFault("malformed");
    return flag === 0 ? null : read();
  }

  list<Item>(countMax: number, read: () => Item): Item[] {
    const count = this.unsigned(2);
    if (count > countMax) throw new VaultFault("malformed");
    const items: Item[] = [];
    for (let index = 0; index < count; index++) items.push(read());
    return items;
  }

  /** One of the names, by its place in the list. */
  choice<Name extends string>(names: readonly Name[]): Name {
    const name = names[this.unsigned(1)];
    if (name === undefined) throw new VaultFault("malformed");
    return name;
  }

  /** Everything that is left. */
  rest(): Bytes {
    return this.fixed(this.#bytes.length - this.#offset);
  }

  /** The structure ends here; throws `malformed` when bytes are left over. */
  end(): void {
    if (this.#offset !== this.#bytes.length) throw new VaultFault("malformed");
  }

  #length(width: 2 | 4, bytesMax: number): number {
    const length = this.unsigned(width);
    if (length > bytesMax) throw new VaultFault("malformed");
    return length;
  }
}
