import { encodeJpeg, type Pixels } from "./jpeg.ts";
import type { MadeFile } from "./story-file.ts";

export type Colour = readonly [red: number, green: number, blue: number];

/** Something in a picture. The picture is 4 wide and 3 high; y goes down. */
export interface Shape {
  readonly colour: Colour;
  readonly covers: (x: number, y: number) => boolean;
}

export const box = (
  colour: Colour,
  [left, top, width, height]: readonly [number, number, number, number],
): Shape => ({
  colour,
  covers: (x, y) => x >= left && x <= left + width && y >= top && y <= top + height,
});

export const oval = (
  colour: Colour,
  [middle, level, width, height]: readonly [number, number, number, number],
): Shape => ({
  colour,
  covers: (x, y) => ((x - middle) / width) ** 2 + ((y - level) / height) ** 2 <= 1,
});

const WIDE = 4;
const HIGH = 3;
/** Looks at each pixel in so many places across and down, so that edges are smooth. */
const LOOKS = 2;

/** A picture of shapes, the later ones in front, as a photo with the small one that goes before it. */
export function makePhoto(ground: Colour, shapes: readonly Shape[]): MadeFile {
  const large = draw(ground, shapes, 160);
  const { height, width } = large;
  return {
    bytes: encodeJpeg(large, 1),
    type: "image/jpeg",
    picture: { width, height },
    durationMs: null,
    preview: encodeJpeg(draw(ground, shapes, 60), 9),
  };
}

function draw(ground: Colour, shapes: readonly Shape[], scale: number): Pixels {
  const [width, height] = [WIDE * scale, HIGH * scale];
  const rgb = new Uint8Array(width * height * 3);
  for (let place = 0; place < width * height; place++) {
    const [column, row] = [place % width, Math.floor(place / width)];
    const sum = [0, 0, 0];
    for (let look = 0; look < LOOKS * LOOKS; look++) {
      const x = (column + ((look % LOOKS) + 0.5) / LOOKS) / scale;
      const y = (row + (Math.floor(look / LOOKS) + 0.5) / LOOKS) / scale;
      const colour = shapes.findLast((shape) => shape.covers(x, y))?.colour ?? ground;
      for (const [index, part] of colour.entries()) sum[index] = (sum[index] ?? 0) + part;
    }
    // A lens gives its corners less light.
    const light = 1 - 0.03 * ((column / scale - WIDE / 2) ** 2 + (row / scale - HIGH / 2) ** 2);
    for (const [index, part] of sum.entries())
      rgb[place * 3 + index] = Math.round((part * light) / LOOKS / LOOKS);
  }
  return { width, height, rgb };
}
