import type { Weight } from "./atlas.ts";
import type { Picture } from "./picture.ts";

const EM_PIXELS = 64;
const MARGIN_PIXELS = 4;
const WIDTH_PIXELS_MOST = 8_000;
/** In no font, and in none to come: Unicode calls it a noncharacter. */
const NO_LETTER = "\u{1fffe}";

/**
 * Draws letters with the fonts that this device has: whatever it can show on its screen, it can put on paper, in the order and the joined forms of its script.
 * Null where it has no font either, or where the browser does not give back what was drawn (some hide it, so that nobody is told from others by it).
 */
export function devicePicture(text: string, weight: Weight): Picture | null {
  const drawn = draw(text, weight);
  if (drawn === null) return null;
  // Where there is no font, each letter is drawn as the same empty box.
  const box = draw(NO_LETTER, weight);
  const isBox = (letter: string): boolean => {
    const one = draw(letter, weight);
    return one === null || (box !== null && isSame(one, box));
  };
  const letters = Array.from(text).filter(
    (letter) => !/[\p{M}\p{C}\p{Z}\p{Default_Ignorable_Code_Point}]/u.test(letter),
  );
  return letters.length === 0 || letters.some(isBox) ? null : drawn;
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
  if (!(columns > 0 && rows > 0 && columns <= WIDTH_PIXELS_MOST && rows <= WIDTH_PIXELS_MOST)) return null;
  const context = new OffscreenCanvas(columns, rows).getContext("2d");
  if (context === null) return null;
  context.font = font;
  context.fillStyle = "#2a2521";
  context.fillText(text, left, above);
  const { data } = context.getImageData(0, 0, columns, rows);
  if (!isTrue(data, columns, rows)) return null;
  const pixels = Array.from({ length: columns * rows }, (_none, place) => place);
  const inEm = (side: number): number => (side / EM_PIXELS) * 1000;
  return {
    advance: inEm(measured.width),
    left: inEm(-left),
    bottom: inEm(-below),
    width: inEm(columns),
    height: inEm(rows),
    columns,
    rows,
    colors: Uint8Array.from(pixels.flatMap((place) => [...data.subarray(place * 4, place * 4 + 3)])),
    alpha: Uint8Array.from(pixels, (place) => data[place * 4 + 3] ?? 0),
  };
}

/** The margin is as empty as it was left, and not all is. */
const isTrue = (data: Uint8ClampedArray, columns: number, rows: number): boolean => {
  const alphaAt = (column: number, row: number): number => data[(row * columns + column) * 4 + 3] ?? 0;
  for (let column = 0; column < columns; column += 1)
    if (alphaAt(column, 0) + alphaAt(column, rows - 1) > 0) return false;
  for (let row = 0; row < rows; row += 1) if (alphaAt(0, row) + alphaAt(columns - 1, row) > 0) return false;
  for (let place = 3; place < data.length; place += 4) if ((data[place] ?? 0) > 0) return true;
  return false;
};

const isSame = (one: Picture, other: Picture): boolean =>
  one.columns === other.columns &&
  one.alpha.length === other.alpha.length &&
  one.alpha.every((value, place) => value === other.alpha[place]);
