import { concatBytes, idFromBytes, idToBytes } from "@sotto/vault";

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Builds a structure field by field, big-endian; blocks and texts say their length in 4 bytes first. */
export class FieldWriter {
  readonly #parts: Uint8Array[] = [];

  count(value: number): this {
    const field = new Uint8Array(4);
    new DataView(field.buffer).setUint32(0, value);
    this.#parts.push(field);
    return this;
  }

  /** A whole number up to 2^53, in 8 bytes. */
  number(value: number): this {
    const field = new Uint8Array(8);
    new DataView(field.buffer).setBigUint64(0, BigInt(value));
    this.#parts.push(field);
    return this;
  }

  flag(value: boolean): this {
    this.#parts.push(Uint8Array.of(value ? 1 : 0));
    return this;
  }

  choice<Name extends string>(names: readonly Name[], name: Name): this {
    this.#parts.push(Uint8Array.of(names.indexOf(name)));
    return this;
  }

  id(id: string): this {
    this.#parts.push(idToBytes(id));
    return this;
  }

  block(bytes: Uint8Array): this {
    this.count(bytes.length);
    this.#parts.push(bytes);
    return this;
  }

  text(text: string): this {
    return this.block(encoder.encode(text));
  }

  bytes(): Uint8Array<ArrayBuffer> {
    return concatBytes(...this.#parts);
  }
}

/** Reads what `FieldWriter` wrote. Throws RangeError or TypeError for anything else. */
export class FieldReader {
  readonly #bytes: Uint8Array;
  readonly #blockBytesMax: number;
  #offset = 0;

  constructor(bytes: Uint8Array, blockBytesMax: number) {
    this.#bytes = bytes;
    this.#blockBytesMax = blockBytesMax;
  }

  get isAtEnd(): boolean {
    return this.#offset === this.#bytes.length;
  }

  count(): number {
    const value = new DataView(this.#take(4).buffer).getUint32(0);
    if (value > this.#bytes.length) throw new RangeError("count");
    return value;
  }

  number(): number {
    const value = Number(new DataView(this.#take(8).buffer).getBigUint64(0));
    if (!Number.isSafeInteger(value)) throw new RangeError("number");
    return value;
  }

  flag(): boolean {
    const value = this.#take(1)[0];
    if (value !== 0 && value !== 1) throw new RangeError("flag");
    return value === 1;
  }

  choice<Name extends string>(names: readonly Name[]): Name {
    const name = names[this.#take(1)[0] ?? names.length];
    if (name === undefined) throw new RangeError("choice");
    return name;
  }

  id(): string {
    return idFromBytes(this.#take(16));
  }

  block(): Uint8Array<ArrayBuffer> {
    const length = this.count();
    if (length > this.#blockBytesMax) throw new RangeError("block");
    return this.#take(length);
  }

  text(): string {
    return decoder.decode(this.block());
  }

  #take(count: number): Uint8Array<ArrayBuffer> {
    const end = this.#offset + count;
    if (end > this.#bytes.length) throw new RangeError("end");
    const field = new Uint8Array(this.#bytes.slice(this.#offset, end));
    this.#offset = end;
    return field;
  }
}
