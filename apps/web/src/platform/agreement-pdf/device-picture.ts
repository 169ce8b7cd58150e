import type { Weight } from "./atlas.ts";
import type { DrawPicture, Picture } from "./picture.ts";

const EM_PIXELS = 64;
const MARGIN_PIXELS = 4;
const SIDE_PIXELS_MOST = 8_000;
/** In no font, and in none to come: Unicode calls it a noncharacter. */
const NO_LETTER = "\u{1fffe}";
const UNSEEN = /[\p{M}\p{C}\p{Z}\p{Default_Ignorable_Code_Point}]/u;

/**
 * Draws letters with the fonts that this device has: whatever it can show on its screen, it can put on paper, in the order and the joined forms of its script.
 * Null where it has no font either, or where the browser does not give back what was drawn (some hide it, so that nobody is told from others by it).
 */
export function devicePictures(): DrawPicture {
  const letters = new Map<string, boolean>();
  /** Where there is no font, each letter is drawn as the same empty box. */
  const hasLetter = (letter: string, weight: Weight): boolean => {
    const known = letters.get(letter);
    if (known !== undefined) return known;
    const [drawn, box] = [draw(letter, weight), draw(NO_LETTER, weight)];
    const isThere = drawn !== null && (box === null || !isSame(drawn, box));
    letters.set(letter, isThere);
    return isThere;
  };
  return (text, weight) => {
    const seen = Array.from(text).filter((letter) => !UNSEEN.test(letter));
    const isWhole = seen.length > 0 && seen.every((letter) => hasLetter(letter, weight));
    return isWhole ? draw(text, weight) : null;
  };
}

function draw(text: string, weight: Weight): Picture | null {
  if (typeof OffscreenCanvas === "undefined") return null;
  const font = `${String(weight)} ${String(EM_PIXELS)}px "Noto Sans", system-ui, sans-serif`;
  const measuring = new OffscreenCanvas(1, 1).getContext("2d");
  if (measuring === null) return null;
  measuring.font = font;
  const measured = measuring.measureText(text);
  const [left, right, above, below] = [
    measured.actualBoundingBoxLeft,
    measured.actualBoundingBoxRight,
    measured.actualBoundingBoxAscent,
    measured.actualBoundingBoxDescent,
  ].map((side) => Math.ceil(side) + MARGIN_PIXELS) as [number, number, number, number];
  const [columns, rows] = [left + right, above + below];
  if (!(Math.min(columns, rows) > 0 && Math.max(columns, rows) <= SIDE_PIXELS_MOST)) return null;
  const context = new OffscreenCanvas(columns, rows).getContext("2d");
  if (context === null) return null;
  context.font = font;
  context.fillStyle = "#2a2521";
  context.fillText(text, left, above);
  const { data } = context.getImageData(0, 0, columns, rows);
  const colors = new Uint8Array(columns * rows * 3);
  const alpha = new Uint8Array(columns * rows);
  for (let place = 0; place < alpha.length; place += 1) {
    colors.set(data.subarray(place * 4, place * 4 + 3), place * 3);
    alpha[place] = data[place * 4 + 3] ?? 0;
  }
  const inEm = (side: number): number => (side / EM_PIXELS) * 1000;
  const picture = {
    advance: inEm(measured.width),
    left: inEm(-left),
    bottom: inEm(-below),
    width: inEm(columns),
    height: inEm(rows),
    columns,
    rows,
    colors,
    alpha,
  };
  return isTrue(picture) ? picture : null;
}

/** The edge is as empty as it was left, and not all is. */
const isTrue = ({ alpha, columns, rows }: Picture): boolean =>
  alpha.some((value) => value > 0) &&
  alpha.every((value, place) => {
    const [column, row] = [place % columns, Math.floor(place / columns)];
    const isEdge = column === 0 || row === 0 || column === columns - 1 || row === rows - 1;
    return value === 0 || !isEdge;
  });

const isSame = (one: Picture, other: Picture): boolean =>
  one.columns === other.columns &&
  one.alpha.length === other.alpha.length &&
  one.alpha.every((value, place) => value === other.alpha[place]);
