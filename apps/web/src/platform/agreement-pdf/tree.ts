import type { Block } from "./block.ts";
import { COLUMN_WIDTH, PAGE, STYLES } from "./style.ts";
import type { Style } from "./style.ts";

/*
 * The paper as a tree of what each thing is (ISO 32000-1, 14.8.4), which programs that read aloud go by, and as rows, which is how it is laid out. Both
 * hold the same leaves.
 */

export type BranchTag = "Document" | "L" | "LI" | "Table" | "TR";
export type LeafTag = "H1" | "H2" | "H3" | "P" | "Lbl" | "LBody" | "TH" | "TD";

export interface Branch {
  readonly tag: BranchTag;
  readonly kids: readonly (Branch | Leaf)[];
}

/** A text in its column. */
export interface Leaf {
  readonly tag: LeafTag;
  readonly text: string;
  readonly style: Style;
  readonly x: number;
  readonly width: number;
}

/** What stands side by side, or a new page. */
export type Row =
  | { readonly kind: "row"; readonly leaves: readonly Leaf[]; readonly keepsWithNext: boolean }
  | { readonly kind: "new-page" };

const BULLET_WIDTH = 14;
const LABEL_WIDTH = 132;
const GUTTER = 12;

/** The tree of all blocks, and their rows from top to bottom. */
export function treeOf(blocks: readonly Block[]): { readonly root: Branch; readonly rows: readonly Row[] } {
  const parts = blocks.map(partOf);
  return {
    root: { tag: "Document", kids: parts.flatMap(({ kids }) => kids) },
    rows: parts.flatMap(({ rows }) => rows),
  };
}

interface Part {
  readonly kids: Branch["kids"];
  readonly rows: readonly Row[];
}

const partOf = (block: Block): Part => {
  switch (block.kind) {
    case "new-page":
      return { kids: [], rows: [{ kind: "new-page" }] };
    case "heading": {
      const leaf = whole(`H${block.level}`, block.text, STYLES[`h${block.level}`]);
      return { kids: [leaf], rows: [rowOf([leaf], true)] };
    }
    case "paragraph": {
      const leaf = whole("P", block.text, block.isSoft === true ? STYLES.soft : STYLES.text);
      return { kids: [leaf], rows: [rowOf([leaf])] };
    }
    case "list": {
      const items = block.items.map((text): readonly [Leaf, Leaf] => [
        { tag: "Lbl", text: "•", style: STYLES.item, x: PAGE.left, width: BULLET_WIDTH },
        {
          tag: "LBody",
          text,
          style: STYLES.item,
          x: PAGE.left + BULLET_WIDTH,
          width: COLUMN_WIDTH - BULLET_WIDTH,
        },
      ]);
      const kids = items.map((leaves): Branch => ({ tag: "LI", kids: leaves }));
      return { kids: [{ tag: "L", kids }], rows: items.map((leaves) => rowOf(leaves)) };
    }
    case "facts": {
      const valueAt = LABEL_WIDTH + GUTTER;
      const facts = block.rows.map(({ isDigits = false, label, value }): readonly [Leaf, Leaf] => [
        { tag: "TH", text: label, style: STYLES.label, x: PAGE.left, width: LABEL_WIDTH },
        {
          tag: "TD",
          text: value,
          style: isDigits ? STYLES.digits : STYLES.value,
          x: PAGE.left + valueAt,
          width: COLUMN_WIDTH - valueAt,
        },
      ]);
      const kids = facts.map((leaves): Branch => ({ tag: "TR", kids: leaves }));
      return {
        kids: [{ tag: "Table", kids }],
        rows: facts.map((leaves, place) => rowOf(leaves, place < facts.length - 1)),
      };
    }
  }
};

const whole = (tag: LeafTag, text: string, style: Style): Leaf => ({
  tag,
  text,
  style,
  x: PAGE.left,
  width: COLUMN_WIDTH,
});

const rowOf = (leaves: readonly Leaf[], keepsWithNext = false): Row => ({
  kind: "row",
  leaves,
  keepsWithNext,
});
