/**
 * Pixels as a JPEG (ITU-T T.81, baseline, three components, no subsampling). The Huffman tables are our own and travel in the file: short codes for the few
 * symbols that flat pictures are made of, nine bits for all others.
 */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  /** Red, green, blue, from the top left. */
  readonly rgb: Uint8Array;
}

const SIDE = 8;
/** The order in which a block's 64 values are written (figure A.6). */
const ZIGZAG = Array.from({ length: 64 }, (_, index) => index).toSorted((one, other) => {
  const [a, b] = [rank(one), rank(other)];
  return a - b;
});

function rank(index: number): number {
  const [x, y] = [index % SIDE, Math.floor(index / SIDE)];
  const diagonal = x + y;
  return diagonal * 100 + (diagonal % 2 === 0 ? x : y);
}

interface Code {
  readonly bits: number;
  readonly length: number;
}
interface HuffmanTable {
  /** How many codes there are of each length from 1 to 16. */
  readonly counts: readonly number[];
  readonly symbols: readonly number[];
  readonly codes: ReadonlyMap<number, Code>;
}

/** Canonical codes (annex C): the symbols in order, so many of each length. */
function makeTable(lengths: Readonly<Record<number, number>>, symbols: readonly number[]): HuffmanTable {
  const counts = Array.from({ length: 16 }, (_, index) => lengths[index + 1] ?? 0);
  const codes = new Map<number, Code>();
  let next = 0;
  let place = 0;
  for (const [index, count] of counts.entries()) {
    for (let taken = 0; taken < count; taken++) {
      codes.set(symbols[place++] ?? 0, { bits: next++, length: index + 1 });
    }
    next *= 2;
  }
  return { counts, symbols, codes };
}

const END_OF_BLOCK = 0x00;
const SIXTEEN_ZEROS = 0xf0;
const FIRST = [END_OF_BLOCK, 0x01, 0x02, 0x03, 0x11, 0x21];
const REST = [
  SIXTEEN_ZEROS,
  ...Array.from({ length: 16 * 10 }, (_, index) => (Math.floor(index / 10) << 4) | ((index % 10) + 1)),
].filter((symbol) => !FIRST.includes(symbol));
const DC = makeTable(
  { 4: 12 },
  Array.from({ length: 12 }, (_, size) => size),
);
const AC = makeTable({ 2: 1, 3: 2, 4: 3, 9: REST.length }, [...FIRST, ...REST]);

const COSINES = Array.from({ length: 64 }, (_, index) => {
  const [u, x] = [Math.floor(index / SIDE), index % SIDE];
  return Math.cos(((2 * x + 1) * u * Math.PI) / 16) * (u === 0 ? Math.SQRT1_2 : 1) * 0.5;
});

/** `coarse` is how much is given up for size: 1 is hardly any, 10 is plain to see. */
export function encodeJpeg({ height, rgb, width }: Pixels, coarse: number): Uint8Array<ArrayBuffer> {
  const steps = Array.from({ length: 64 }, (_, index) =>
    Math.min(255, Math.round(2 + coarse * (1 + (index % SIDE) + Math.floor(index / SIDE)))),
  );
  const out: number[] = [0xff, 0xd8];
  const segment = (mark: number, body: readonly number[]) =>
    out.push(0xff, mark, (body.length + 2) >> 8, (body.length + 2) & 0xff, ...body);
  segment(0xe0, [0x4a, 0x46, 0x49, 0x46, 0, 1, 1, 0, 0, 1, 0, 1, 0, 0]);
  segment(0xdb, [0, ...ZIGZAG.map((index) => steps[index] ?? 1)]);
  const components = [1, 2, 3].flatMap((id) => [id, 0x11, 0]);
  segment(0xc0, [8, height >> 8, height & 0xff, width >> 8, width & 0xff, 3, ...components]);
  for (const [place, { counts, symbols }] of [[0x00, DC] as const, [0x10, AC] as const]) {
    segment(0xc4, [place, ...counts, ...symbols]);
  }
  segment(0xda, [3, 1, 0, 2, 0, 3, 0, 0, 63, 0]);
  const bits = new BitWriter(out);
  const before = [0, 0, 0];
  for (let top = 0; top < height; top += SIDE) {
    for (let left = 0; left < width; left += SIDE) {
      for (const component of [0, 1, 2]) {
        const values = transform(blockAt({ height, rgb, width }, { component, left, top }), steps);
        before[component] = writeBlock(bits, values, before[component] ?? 0);
      }
    }
  }
  bits.end();
  out.push(0xff, 0xd9);
  return Uint8Array.from(out);
}

/** One component of 64 pixels; what lies outside of the picture repeats its edge. */
function blockAt(
  { height, rgb, width }: Pixels,
  at: { readonly component: number; readonly left: number; readonly top: number },
): Float64Array {
  const block = new Float64Array(64);
  for (let index = 0; index < 64; index++) {
    const x = Math.min(width - 1, at.left + (index % SIDE));
    const y = Math.min(height - 1, at.top + Math.floor(index / SIDE));
    const place = (y * width + x) * 3;
    const [r, g, b] = [rgb[place] ?? 0, rgb[place + 1] ?? 0, rgb[place + 2] ?? 0];
    // JFIF's luminance and colour differences, around zero.
    if (at.component === 0) block[index] = 0.299 * r + 0.587 * g + 0.114 * b - 128;
    else if (at.component === 1) block[index] = -0.168736 * r - 0.331264 * g + 0.5 * b;
    else block[index] = 0.5 * r - 0.418688 * g - 0.081312 * b;
  }
  return block;
}

/** The cosine transform of a block, in whole steps, in the order in which it is written. */
function transform(block: Float64Array, steps: readonly number[]): readonly number[] {
  const both = alongRows(alongRows(block));
  return ZIGZAG.map((index) => Math.round((both[index] ?? 0) / (steps[index] ?? 1)));
}

/** Transforms each row, and turns the block on its side: done twice, it is transformed both ways and stands upright. */
function alongRows(values: Float64Array): Float64Array {
  const turned = new Float64Array(64);
  for (let row = 0; row < SIDE; row++) {
    for (let frequency = 0; frequency < SIDE; frequency++) {
      let sum = 0;
      for (let index = 0; index < SIDE; index++)
        sum += (values[row * SIDE + index] ?? 0) * (COSINES[frequency * SIDE + index] ?? 0);
      turned[frequency * SIDE + row] = sum;
    }
  }
  return turned;
}

/** Writes one block (F.1.2), and answers its first value, from which the next block's is counted. */
function writeBlock(bits: BitWriter, values: readonly number[], before: number): number {
  const [first = 0, ...rest] = values;
  writeValue(bits, DC, 0, first - before);
  let zeros = 0;
  const last = rest.findLastIndex((value) => value !== 0);
  for (const value of rest.slice(0, last + 1)) {
    if (value === 0) zeros++;
    else {
      for (; zeros > 15; zeros -= 16) bits.write(AC.codes.get(SIXTEEN_ZEROS));
      writeValue(bits, AC, zeros, value);
      zeros = 0;
    }
  }
  if (last < rest.length - 1) bits.write(AC.codes.get(END_OF_BLOCK));
  return first;
}

function writeValue(bits: BitWriter, table: HuffmanTable, zeros: number, value: number): void {
  const length = value === 0 ? 0 : Math.floor(Math.log2(Math.abs(value))) + 1;
  bits.write(table.codes.get((zeros << 4) | length));
  // A negative number is written as what it is above the smallest of its length.
  bits.write({ bits: value < 0 ? value + 2 ** length - 1 : value, length });
}

class BitWriter {
  readonly #out: number[];
  #held = 0;
  #count = 0;

  constructor(out: number[]) {
    this.#out = out;
  }

  write(code: Code | undefined): void {
    if (code === undefined) throw new Error("a symbol without a code");
    for (let index = code.length - 1; index >= 0; index--) {
      this.#held = (this.#held << 1) | ((code.bits >> index) & 1);
      if (++this.#count === 8) this.#byte();
    }
  }

  /** What is left of the last byte is filled with ones. */
  end(): void {
    while (this.#count !== 0) this.write({ bits: 1, length: 1 });
  }

  #byte(): void {
    this.#out.push(this.#held);
    if (this.#held === 0xff) this.#out.push(0);
    this.#held = 0;
    this.#count = 0;
  }
}
