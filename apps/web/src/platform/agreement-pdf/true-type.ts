/**
 * A TrueType font out of a WOFF file (W3C, WOFF 1.0): which glyph a character has, how wide it is, and the font as a PDF embeds it (ISO 32000-1, 9.9).
 * It reads the files of our own build and no others, so it asserts what it relies on instead of coping with every font there is. Nothing is cut out of a
 * font: the files are small ones for one script each, and programs that cut glyphs out have lost some.
 */
export interface TrueType {
  /** The glyph of a character; null when the font has none. */
  readonly glyphOf: (codePoint: number) => number | null;
  /** In thousandths of the size of the letters, as are all measures. */
  readonly widthOf: (glyph: number) => number;
  readonly ascent: number;
  readonly descent: number;
  readonly box: readonly [number, number, number, number];
  readonly bytes: Uint8Array;
}

/** What a PDF needs of a font. The others shape text or name the font. */
const EMBEDDED = ["glyf", "head", "hhea", "hmtx", "loca", "maxp"];

/** Hyphens, bars and spaces that these fonts do not have, and what looks the same. Each stays a character of its own for whoever reads the file aloud. */
const ALIKE: ReadonlyMap<number, number> = new Map([
  ...[0x2010, 0x2011].map((hyphen) => [hyphen, 0x2d] as const),
  [0x2015, 0x2014],
  ...[0x2000, 0x2001, 0x2002, 0x2003, 0x2004, 0x2005, 0x2006, 0x2007, 0x2008, 0x2009, 0x200a].map(
    (space) => [space, 0x20] as const,
  ),
  ...[0x202f, 0x205f, 0x3000].map((space) => [space, 0x20] as const),
]);

/** Reads a font. */
export async function readTrueType(woff: Uint8Array): Promise<TrueType> {
  const tables = await tablesOf(woff);
  const [cmap, head, hhea, hmtx] = [
    tableIn(tables, "cmap"),
    tableIn(tables, "head"),
    tableIn(tables, "hhea"),
    tableIn(tables, "hmtx"),
  ];
  const scale = 1000 / head.getUint16(18);
  const glyphs = glyphsIn(cmap);
  const measured = hhea.getUint16(34);
  const at = (view: DataView, offset: number): number => Math.round(view.getInt16(offset) * scale);
  return {
    glyphOf: (codePoint) => glyphs.get(codePoint) ?? glyphs.get(ALIKE.get(codePoint) ?? codePoint) ?? null,
    // The last width that is given counts for all further glyphs.
    widthOf: (glyph) => Math.round(hmtx.getUint16(Math.min(glyph, measured - 1) * 4) * scale),
    ascent: at(hhea, 4),
    descent: at(hhea, 6),
    box: [at(head, 36), at(head, 38), at(head, 40), at(head, 42)],
    bytes: fontOf(tables),
  };
}

type Tables = ReadonlyMap<string, Uint8Array<ArrayBuffer>>;

const tableIn = (tables: Tables, tag: string): DataView => {
  const table = tables.get(tag);
  if (table === undefined) throw new Error(`a font without ${tag}`);
  return new DataView(table.buffer, table.byteOffset, table.byteLength);
};

const tablesOf = async (woff: Uint8Array): Promise<Tables> => {
  const view = new DataView(woff.buffer, woff.byteOffset, woff.byteLength);
  const entries = Array.from({ length: view.getUint16(12) }, async (_none, place) => {
    const entry = 44 + place * 20;
    const tag = String.fromCharCode(...woff.subarray(entry, entry + 4));
    const [offset, packed, length] = [4, 8, 12].map((more) => view.getUint32(entry + more)) as [
      number,
      number,
      number,
    ];
    const bytes = woff.slice(offset, offset + packed);
    return [tag, packed < length ? await inflate(bytes) : bytes] as const;
  });
  return new Map(await Promise.all(entries));
};

const inflate = async (bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> => {
  const opened = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Uint8Array(await new Response(opened).arrayBuffer());
};

/** The characters of a font: a table of segments, format 4, is what these files have (OpenType, cmap). */
const glyphsIn = (cmap: DataView): ReadonlyMap<number, number> => {
  const start = cmap.getUint32(8);
  if (cmap.getUint16(start) !== 4) throw new Error("a font with another table of characters");
  const twice = cmap.getUint16(start + 6);
  const [ends, starts] = [start + 14, start + 16 + twice];
  const [deltas, ranges] = [starts + twice, starts + 2 * twice];
  const glyphs = new Map<number, number>();
  for (let place = 0; place < twice; place += 2) {
    const [first, last] = [cmap.getUint16(starts + place), cmap.getUint16(ends + place)];
    const delta = cmap.getUint16(deltas + place);
    const range = cmap.getUint16(ranges + place);
    for (let code = first; code <= last && code !== 0xffff; code += 1) {
      const listed = range === 0 ? code : cmap.getUint16(ranges + place + range + (code - first) * 2);
      const glyph = listed === 0 ? 0 : (listed + delta) & 0xffff;
      if (glyph !== 0) glyphs.set(code, glyph);
    }
  }
  return glyphs;
};

const HEAD_SUM = 8;

/** The font as a file with those tables alone, and the sums that its format asks for (OpenType, "Calculating checksums"). */
const fontOf = (tables: Tables): Uint8Array => {
  const kept = EMBEDDED.map((tag) => [tag, tables.get(tag) ?? new Uint8Array()] as const);
  const starts: number[] = [];
  let end = 12 + kept.length * 16;
  for (const [, table] of kept) {
    starts.push(end);
    end += Math.ceil(table.length / 4) * 4;
  }
  const bytes = new Uint8Array(end);
  const view = new DataView(bytes.buffer);
  const power = Math.floor(Math.log2(kept.length));
  view.setUint32(0, 0x00010000);
  [kept.length, 16 * 2 ** power, power, 16 * (kept.length - 2 ** power)].forEach((value, place) =>
    view.setUint16(4 + place * 2, value),
  );
  kept.forEach(([tag, table], place) => {
    const [entry, start] = [12 + place * 16, starts[place] ?? 0];
    bytes.set(table, start);
    if (tag === "head") view.setUint32(start + HEAD_SUM, 0);
    for (let letter = 0; letter < 4; letter += 1) bytes[entry + letter] = tag.charCodeAt(letter);
    view.setUint32(entry + 4, sumOf(view, start, table.length));
    view.setUint32(entry + 8, start);
    view.setUint32(entry + 12, table.length);
  });
  const head = starts[EMBEDDED.indexOf("head")] ?? 0;
  view.setUint32(head + HEAD_SUM, (0xb1b0afba - sumOf(view, 0, end)) >>> 0);
  return bytes;
};

const sumOf = (view: DataView, start: number, length: number): number => {
  let sum = 0;
  for (let place = start; place < start + length; place += 4) sum = (sum + view.getUint32(place)) >>> 0;
  return sum;
};
