import { concatBytes, VaultFault } from "./bytes.ts";
import type { Bytes } from "./bytes.ts";
import { idToBytes } from "./text.ts";

const encoder = new TextEncoder();

/** UTF-8 of well-formed text; throws `misuse` for lone surrogates, which UTF-8 cannot say. */
export function encodeUtf8(text: string): Bytes {
  if (!text.isWellFormed()) throw new VaultFault("misuse");
  return encoder.encode(text);
}

/**
 * Builds a structure field by field, big-endian. Every structure starts with its domain label, so that no bytes are ever
 * valid in two roles; every field has a fixed width or says its length first, so that there is one way to read it.
 */
export class ByteWriter {
  readonly #parts: Uint8Array[] = [];

  /** A new structure that starts with its label. */
  static labelled(label: string): ByteWriter {
    return new ByteWriter().label(label);
  }

  label(label: string): this {
    return this.block8(encodeUtf8(label));
  }

  unsigned(value: number, width: 1 | 2 | 4 | 6 | 8): this {
    const limit = width === 8 ? Number.MAX_SAFE_INTEGER : 2 ** (width * 8) - 1;
    if (!Number.isSafeInteger(value) || value < 0 || value > limit) throw new VaultFault("misuse");
    const field = new Uint8Array(width);
    let rest = value;
    for (let index = width - 1; index >= 0; index--) {
      field[index] = rest % 256;
      rest = Math.floor(rest / 256);
    }
    this.#parts.push(field);
    return this;
  }

  /** Bytes of a width that the format fixes. */
  fixed(bytes: Uint8Array, width: number): this {
    if (bytes.length !== width) throw new VaultFault("misuse");
    this.#parts.push(bytes);
    return this;
  }

  /** An id in UUID text, as 16 bytes. */
  id(id: string): this {
    return this.fixed(idToBytes(id), 16);
  }

  block8(bytes: Uint8Array): this {
    return this.unsigned(bytes.length, 1).fixed(bytes, bytes.length);
  }

  block16(bytes: Uint8Array, bytesMax = 0xffff): this {
    if (bytes.length > bytesMax) throw new VaultFault("misuse");
    return this.unsigned(bytes.length, 2).fixed(bytes, bytes.length);
  }

  block32(bytes: Uint8Array, bytesMax: number): this {
    if (bytes.length > bytesMax) throw new VaultFault("misuse");
    return this.unsigned(bytes.length, 4).fixed(bytes, bytes.length);
  }

  /** Text as UTF-8 behind its length in bytes. */
  text(text: string, bytesMax: number): this {
    return this.block16(encodeUtf8(text), bytesMax);
  }

  /** One byte 0 for null, or 1 and then the value. */
  optional<Value>(value: Value | null, write: (value: Value) => void): this {
    this.unsigned(value === null ? 0 : 1, 1);
    if (value !== null) write(value);
    return this;
  }

  /** A count of 2 bytes, then each item; throws `misuse` beyond `countMax`. */
  list<Item>(items: readonly Item[], countMax: number, write: (item: Item) => void): this {
    if (items.length > countMax) throw new VaultFault("misuse");
    this.unsigned(items.length, 2);
    for (const item of items) write(item);
    return this;
  }

  bytes(): Bytes {
    return concatBytes(...this.#parts);
  }
}
