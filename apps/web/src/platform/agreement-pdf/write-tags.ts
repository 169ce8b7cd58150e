import { PDFName } from "@cantoo/pdf-lib";
import type { PDFContext, PDFDict, PDFDocument, PDFObject, PDFRef } from "@cantoo/pdf-lib";
import type { Branch, BranchTag, Leaf, LeafTag } from "./tree.ts";
import type { WrittenPages } from "./write-pages.ts";

/** Writes what each thing on the pages is, and in which order it is read (ISO 32000-1, 14.7): a tree, and for each page the way back into it. */
export function writeTags(pdf: PDFDocument, root: Branch, { leaves, marks }: WrittenPages): void {
  const { context } = pdf;
  const places = new Map<Leaf, PDFRef>();
  const top = context.nextRef();
  const write = (node: Branch | Leaf, parent: PDFRef): PDFRef => {
    const own = context.nextRef();
    const kids = "kids" in node ? node.kids.map((kid) => write(kid, own)) : marksOf(context, marks, node);
    if (!("kids" in node)) places.set(node, own);
    const element = context.obj({ Type: "StructElem", S: node.tag, P: parent, K: context.obj([...kids]) });
    describe(context, node.tag, element);
    context.assign(own, element);
    return own;
  };
  const document = write(root, top);
  const numbers = leaves.flatMap((page, place): readonly PDFObject[] => [
    context.obj(place),
    context.register(context.obj(page.flatMap((leaf) => places.get(leaf) ?? []))),
  ]);
  context.assign(
    top,
    context.obj({
      Type: "StructTreeRoot",
      K: [document],
      ParentTree: context.register(context.obj({ Nums: context.obj([...numbers]) })),
      ParentTreeNextKey: leaves.length,
    }),
  );
  pdf.catalog.set(PDFName.of("StructTreeRoot"), top);
  pdf.catalog.set(PDFName.of("MarkInfo"), context.obj({ Marked: true }));
}

const marksOf = (context: PDFContext, marks: WrittenPages["marks"], leaf: Leaf): readonly PDFObject[] =>
  (marks.get(leaf) ?? []).map(({ mark, page }) => context.obj({ Type: "MCR", Pg: page, MCID: mark }));

/** A label is the head of its row; an item's dot is there. */
const describe = (context: PDFContext, tag: BranchTag | LeafTag, element: PDFDict): void => {
  if (tag === "TH") element.set(PDFName.of("A"), context.obj({ O: "Table", Scope: "Row" }));
  if (tag === "L") element.set(PDFName.of("A"), context.obj({ O: "List", ListNumbering: "Disc" }));
};
