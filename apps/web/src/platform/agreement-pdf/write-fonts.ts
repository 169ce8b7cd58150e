import { PDFHexString, PDFName, PDFString } from "@cantoo/pdf-lib";
import type { PDFContext, PDFRef } from "@cantoo/pdf-lib";
import { SCRIPTS } from "./atlas.ts";
import type { Face } from "./atlas.ts";

const BLOCK_MOST = 100;
// Noto Sans says so of itself.
const CAPITAL_HEIGHT = 714;

/**
 * Embeds a font with the characters that were drawn with it (ISO 32000-1, 9.7). Each character has a code of its own, so that what is read out or copied is
 * what was written, also where two characters share a glyph.
 */
export function writeFont(context: PDFContext, face: Face): PDFRef {
  const { codes, font, weight } = face;
  const characters = [...codes.keys()];
  const glyphs = characters.map((one) => font.glyphOf(one) ?? 0);
  const name = PDFName.of(nameOf(face));
  const file = context.register(context.flateStream(font.bytes, { Length1: font.bytes.length }));
  const descriptor = context.register(
    context.obj({
      Type: "FontDescriptor",
      FontName: name,
      // Not one of the sets of letters that PDF knows by name.
      Flags: 4,
      FontBBox: [...font.box],
      ItalicAngle: 0,
      Ascent: font.ascent,
      Descent: font.descent,
      CapHeight: CAPITAL_HEIGHT,
      StemV: weight === 700 ? 140 : 80,
      FontFile2: file,
    }),
  );
  const descendant = context.register(
    context.obj({
      Type: "Font",
      Subtype: "CIDFontType2",
      BaseFont: name,
      CIDSystemInfo: { Registry: PDFString.of("Adobe"), Ordering: PDFString.of("Identity"), Supplement: 0 },
      FontDescriptor: descriptor,
      DW: 0,
      W: [1, glyphs.map((glyph) => font.widthOf(glyph))],
      CIDToGIDMap: context.register(context.flateStream(glyphMap(glyphs))),
    }),
  );
  return context.register(
    context.obj({
      Type: "Font",
      Subtype: "Type0",
      BaseFont: name,
      Encoding: "Identity-H",
      DescendantFonts: [descendant],
      ToUnicode: context.register(context.flateStream(unicodeMap(characters))),
    }),
  );
}

/** Each file holds some of the letters of Noto Sans, which six letters before its name say (ISO 32000-1, 9.6.4). */
const nameOf = ({ script, weight }: Face): string => {
  const letter = String.fromCharCode(65 + SCRIPTS.indexOf(script));
  return `SOTTO${letter}+NotoSans-${weight === 700 ? "Bold" : "Regular"}`;
};

/** Which glyph each code is. Code 0 is none. */
const glyphMap = (glyphs: readonly number[]): Uint8Array =>
  Uint8Array.from([0, ...glyphs].flatMap((glyph) => [glyph >> 8, glyph & 0xff]));

/** Which character each code is (ISO 32000-1, 9.10.3). */
const unicodeMap = (characters: readonly number[]): string => {
  const entries = characters.map(
    (one, place) => `<${codeDigits(place + 1)}> <${utf16Digits(String.fromCodePoint(one))}>`,
  );
  const blocks: string[] = [];
  for (let start = 0; start < entries.length; start += BLOCK_MOST) {
    const block = entries.slice(start, start + BLOCK_MOST);
    blocks.push(`${String(block.length)} beginbfchar\n${block.join("\n")}\nendbfchar`);
  }
  return [
    "/CIDInit /ProcSet findresource begin",
    "12 dict begin",
    "begincmap",
    "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
    "/CMapName /Adobe-Identity-UCS def",
    "/CMapType 2 def",
    "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange",
    ...blocks,
    "endcmap",
    "CMapName currentdict /CMap defineresource pop",
    "end",
    "end",
  ].join("\n");
};

/** A code as it stands in the content of a page. */
export function codeDigits(code: number): string {
  return code.toString(16).padStart(4, "0");
}

const utf16Digits = (text: string): string =>
  Array.from({ length: text.length }, (_none, place) => codeDigits(text.charCodeAt(place))).join("");

/** A text that a program reads instead of what is drawn. */
export function textString(text: string): PDFHexString {
  return PDFHexString.of(`FEFF${utf16Digits(text)}`);
}
