import type { Weight } from "./atlas.ts";

/** Letters as a picture, for scripts that our fonts do not have. Measures are thousandths of the size of the letters, from their line and their left on. */
export interface Picture {
  readonly advance: number;
  readonly left: number;
  readonly bottom: number;
  readonly width: number;
  readonly height: number;
  readonly columns: number;
  readonly rows: number;
  /** Three bytes a pixel, and one. */
  readonly colors: Uint8Array;
  readonly alpha: Uint8Array;
}

/** Draws letters; null where this device cannot. */
export type DrawPicture = (text: string, weight: Weight) => Picture | null;
