import type { Atlas } from "./atlas.ts";
import { PAGE } from "./style.ts";
import type { Leaf, Row } from "./tree.ts";
import { wrap } from "./wrap.ts";
import type { Line } from "./wrap.ts";

/** The lines of one leaf that stand on one page. */
export interface Placed {
  readonly leaf: Leaf;
  readonly lines: readonly { readonly y: number; readonly line: Line }[];
}

/** What stands on a page, in the order in which it is read. */
export type LaidPage = readonly Placed[];

/** Rows that are this many lines or shorter are not broken over two pages. */
const UNBROKEN_LINES_MOST = 6;

/** More than this is not kept on one page. */
const TOGETHER_MOST = 320;

interface Wrapped {
  readonly leaves: readonly { readonly leaf: Leaf; readonly lines: readonly Line[] }[];
  readonly height: number;
  readonly count: number;
  readonly leading: number;
  readonly keepsWithNext: boolean;
}

/** Lays rows out on pages, from top to bottom. What does not fit goes on the next page; nothing is cut off. */
export function layOut(rows: readonly Row[], atlas: Atlas): readonly LaidPage[] {
  const pages: Placing[][] = [[]];
  let y = PAGE.height - PAGE.top;
  const turn = (): void => {
    pages.push([]);
    y = PAGE.height - PAGE.top;
  };
  const wrapped = rows.map((row) => (row.kind === "row" ? wrapRow(row, atlas) : null));
  wrapped.forEach((row, place) => {
    if (row === null) {
      if (pages.at(-1)?.length !== 0) turn();
      return;
    }
    const isTop = pages.at(-1)?.length === 0;
    const [first] = row.leaves;
    if (!isTop) y -= first?.leaf.style.above ?? 0;
    if (!isTop && y - togetherWith(wrapped, place) < PAGE.bottom) turn();
    for (let number = 0; number < row.count; number += 1) {
      if (y - row.leading < PAGE.bottom) turn();
      y -= row.leading;
      for (const { leaf, lines } of row.leaves) {
        const line = lines[number];
        if (line !== undefined) put(pages, leaf, { y: y + drop(leaf), line });
      }
    }
    y -= first?.leaf.style.below ?? 0;
  });
  return pages;
}

interface Placing extends Placed {
  readonly lines: { readonly y: number; readonly line: Line }[];
}

const put = (pages: readonly Placing[][], leaf: Leaf, line: Placed["lines"][number]): void => {
  const page = pages.at(-1);
  // Of a row only the last few leaves can be meant.
  const begun = page?.findLast((one) => one.leaf === leaf);
  if (begun === undefined) page?.push({ leaf, lines: [line] });
  else begun.lines.push(line);
};

/** From the bottom of a line's room up to where its letters stand. */
const drop = ({ style }: Leaf): number => (style.leading - style.size) / 2 + style.size * 0.2;

const wrapRow = ({ keepsWithNext, leaves }: Row & { readonly kind: "row" }, atlas: Atlas): Wrapped => {
  const wrapped = leaves.map((leaf) => ({ leaf, lines: wrap(leaf.text, { ...leaf, atlas }) }));
  const count = Math.max(...wrapped.map(({ lines }) => lines.length));
  const leading = Math.max(...leaves.map(({ style }) => style.leading));
  return { leaves: wrapped, count, leading, height: count * leading, keepsWithNext };
};

/** How much has to fit below one another: a short row whole, a long one with its first lines, a heading with the beginning of what it stands over. */
const togetherWith = (rows: readonly (Wrapped | null)[], place: number): number => {
  const row = rows[place] ?? null;
  if (row === null) return 0;
  const { count, height, keepsWithNext, leading, leaves } = row;
  const own = count <= UNBROKEN_LINES_MOST ? height : 2 * leading;
  if (!keepsWithNext) return own;
  const next = rows[place + 1]?.leaves[0]?.leaf.style.above ?? 0;
  const all = height + (leaves[0]?.leaf.style.below ?? 0) + next + togetherWith(rows, place + 1);
  return all <= TOGETHER_MOST ? all : own;
};
