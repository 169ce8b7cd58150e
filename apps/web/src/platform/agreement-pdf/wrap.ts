import type { Atlas, Face } from "./atlas.ts";
import type { Picture } from "./picture.ts";
import type { Style } from "./style.ts";

/** What is drawn side by side in a line. */
export type Piece =
  | {
      readonly kind: "letters";
      readonly face: Face;
      readonly text: string;
      readonly width: number;
      /** What the letters stand for where they are codes; null where they are themselves. */
      readonly standsFor: string | null;
    }
  | {
      readonly kind: "picture";
      readonly picture: Picture;
      readonly width: number;
      readonly standsFor: string;
    };

export type Line = readonly Piece[];

/** What is never taken apart at the end of a line. */
type Unit = readonly Piece[];

/** Where a text stands: how wide its column is, in which style, and what it can be drawn with. */
interface Column {
  readonly width: number;
  readonly style: Style;
  readonly atlas: Atlas;
}

/** The letters that codes are written with, which every font that is used has to have. */
export const CODE_LETTERS = "[U+0123456789ABCDEF] •";

/** Text as it is drawn: composed, with plain line ends and single spaces. */
export function drawnText(text: string): string {
  return text
    .normalize("NFC")
    .replaceAll(/\r\n?|[\v\f\u0085\u2028\u2029]/g, "\n")
    .replaceAll(/[ \t]+/g, " ");
}

/** The lines of a text in a column. A word that is wider than the column goes on in the next line; nothing is ever cut off. */
export function wrap(text: string, column: Column): readonly Line[] {
  return drawnText(text)
    .split("\n")
    .flatMap((part) => wrapPart(part, column));
}

const wrapPart = (part: string, column: Column): readonly Line[] => {
  const space = unitsOf(" ", column);
  const lines: Line[] = [];
  let line: Piece[] = [];
  let used = 0;
  const put = (units: readonly Unit[]): void => {
    for (const piece of units.flat()) line.push(piece);
    used += widthOf(units);
  };
  const end = (): void => {
    lines.push(joined(line));
    [line, used] = [[], 0];
  };
  for (const word of wordsOf(part, column)) {
    const units = unitsOf(word, column);
    // The space stays at the end of the line: whoever reads the file aloud or copies it gets two words.
    if (line.length > 0) put(space);
    // A word that fits stays whole, one that is wider than a line is broken.
    const steps = widthOf(units) <= column.width ? [units] : units.map((unit) => [unit]);
    for (const step of steps) {
      if (used > 0 && used + widthOf(step) > column.width) end();
      put(step);
    }
  }
  end();
  return lines;
};

const widthOf = (units: readonly Unit[]): number =>
  units.reduce((sum, unit) => sum + unit.reduce((inner, { width }) => inner + width, 0), 0);

/** The words of a text. Where one ends and the next begins with letters that no font has, they stay together: in a script that runs to the left the first stands to the right. */
const wordsOf = (part: string, column: Column): readonly string[] => {
  const words: string[] = [];
  let endsForeign = false;
  for (const word of part.trim().split(" ")) {
    const letters = lettersOf(word);
    const isForeign = (letter: string | undefined): boolean =>
      letter !== undefined && !isDrawable(letter, column);
    if (endsForeign && isForeign(letters[0])) words[words.length - 1] += ` ${word}`;
    else words.push(word);
    endsForeign = isForeign(letters.at(-1));
  }
  return words;
};

const segmenter = new Intl.Segmenter("und", { granularity: "grapheme" });

/** Letters with their marks. Those of the Latin script that are one by themselves need no looking for where they end. */
const lettersOf = (word: string): readonly string[] =>
  /^[\u0020-\u02ff]*$/.test(word)
    ? Array.from(word)
    : Array.from(segmenter.segment(word), ({ segment }) => segment);

const isDrawable = (letter: string, { atlas, style }: Column): boolean =>
  Array.from(letter).every((one) => atlas.faceFor(one.codePointAt(0) ?? 0, style.weight) !== null);

const unitsOf = (word: string, column: Column): readonly Unit[] => {
  const units: Unit[] = [];
  let foreign = "";
  for (const letter of lettersOf(word)) {
    if (!isDrawable(letter, column) || (foreign !== "" && letter === " ")) {
      foreign += letter;
      continue;
    }
    if (foreign !== "") units.push(...foreignUnits(foreign, column));
    foreign = "";
    units.push(drawn(letter, column, null));
  }
  if (foreign !== "") units.push(...foreignUnits(foreign, column));
  return units;
};

/** Letters that no font has: as one picture where that fits, or as smaller ones, or else as the codes that Unicode names them by. */
const foreignUnits = (text: string, column: Column): readonly Unit[] => {
  const { atlas, style } = column;
  const picture = atlas.pictureOf(text, style.weight);
  const width = ((picture?.advance ?? 0) * style.size) / 1000;
  if (picture !== null && width <= column.width) {
    return [[{ kind: "picture", picture, width, standsFor: text }]];
  }
  const words = text.split(" ");
  const smaller = words.length > 1 ? words : lettersOf(text);
  if (smaller.length <= 1) return Array.from(text, (one) => drawn(codeOf(one), column, one));
  return smaller.flatMap((one, place) => [
    ...(words.length > 1 && place > 0 ? [drawn(" ", column, null)] : []),
    ...foreignUnits(one, column),
  ]);
};

/** Letters that can be drawn, each with the font that has it. */
const drawn = (letters: string, { atlas, style }: Column, standsFor: string | null): Unit => {
  const pieces = Array.from(letters, (text): Piece => {
    const codePoint = text.codePointAt(0) ?? 0;
    const face = atlas.faceFor(codePoint, style.weight);
    const glyph = face?.font.glyphOf(codePoint) ?? null;
    if (face === null || glyph === null) throw new Error("a letter without a font");
    const width = (face.font.widthOf(glyph) * style.size) / 1000;
    return { kind: "letters", face, text, width, standsFor: standsFor === null ? null : "" };
  });
  const [first, ...others] = joined(pieces);
  return standsFor === null || first === undefined ? joined(pieces) : [{ ...first, standsFor }, ...others];
};

/** A character, as it is named in Unicode. */
const codeOf = (letter: string): string =>
  `[U+${(letter.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}]`;

/** The fewest pieces that draw the same. */
const joined = (pieces: readonly Piece[]): Line => {
  const line: Piece[] = [];
  for (const piece of pieces) {
    const last = line.at(-1);
    const both = last === undefined ? null : together(last, piece);
    if (both === null) line.push(piece);
    else line[line.length - 1] = both;
  }
  return line;
};

/** Two pieces as one; null when they are drawn in different ways. */
const together = (one: Piece, other: Piece): Piece | null => {
  if (one.kind === "picture" || other.kind === "picture" || one.face !== other.face) return null;
  if ((one.standsFor === null) !== (other.standsFor === null)) return null;
  const standsFor = one.standsFor === null ? null : one.standsFor + (other.standsFor ?? "");
  return { ...one, text: one.text + other.text, width: one.width + other.width, standsFor };
};
