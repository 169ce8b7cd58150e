import type { Weight } from "./atlas.ts";

/** Measures are points (1/72 inch). A page is as wide as A4 and as high as US Letter: it prints whole on either, without being made smaller. */
export const PAGE = { width: 595, height: 792, left: 68, right: 68, top: 64, bottom: 76 } as const;
export const COLUMN_WIDTH = PAGE.width - PAGE.left - PAGE.right;

export interface Style {
  readonly size: number;
  /** From one line to the next. */
  readonly leading: number;
  readonly weight: Weight;
  readonly color: string;
  /** Left free above and below. */
  readonly above: number;
  readonly below: number;
}

// Contrast with white: ink 14.9, soft 7.2, accent 7.9 to 1 (WCAG asks for 4.5).
const INK = "0.165 0.145 0.129 rg";
const SOFT = "0.35 0.32 0.29 rg";
const ACCENT = "0.169 0.353 0.329 rg";

const plain = { size: 10.5, leading: 15.5, weight: 400, color: INK, above: 0, below: 7 } as const;

/** How everything looks, by what it is. */
export const STYLES = {
  h1: { size: 21, leading: 28, weight: 700, color: INK, above: 0, below: 6 },
  h2: { size: 14.5, leading: 20, weight: 700, color: ACCENT, above: 18, below: 6 },
  h3: { size: 11, leading: 16, weight: 700, color: INK, above: 10, below: 3 },
  text: plain,
  soft: { ...plain, color: SOFT },
  item: { ...plain, below: 3.5 },
  label: { ...plain, size: 9.5, color: SOFT, below: 2.5 },
  value: { ...plain, size: 9.5, below: 2.5 },
  digits: { ...plain, size: 9.5, below: 2.5 },
  footer: { ...plain, size: 8.5, leading: 12, color: SOFT, below: 0 },
} as const satisfies { readonly [Name: string]: Style };
