import { PDFName } from "@cantoo/pdf-lib";
import type { PDFDocument, PDFRef } from "@cantoo/pdf-lib";
import type { Atlas, Face } from "./atlas.ts";
import type { LaidPage, Placed } from "./lay-out.ts";
import type { Picture } from "./picture.ts";
import { PAGE, STYLES } from "./style.ts";
import type { Leaf } from "./tree.ts";
import { wrap } from "./wrap.ts";
import type { Line, Piece } from "./wrap.ts";
import { codeDigits, textString, writeFont } from "./write-fonts.ts";
import { writePicture } from "./write-picture.ts";

/** Where the marks of a leaf stand: a page, and their number on it. */
export type Marks = ReadonlyMap<Leaf, readonly { readonly page: PDFRef; readonly mark: number }[]>;

export interface WrittenPages {
  readonly marks: Marks;
  /** Each page's leaves, by the numbers of their marks. */
  readonly leaves: readonly (readonly Leaf[])[];
}

/** Writes the pages. All that belongs to the paper is marked with its leaf; what only belongs to a page (its foot) is marked as none of it. */
export function writePages(
  pdf: PDFDocument,
  pages: readonly LaidPage[],
  wish: { readonly atlas: Atlas; readonly footOf: (page: number) => readonly [left: string, right: string] },
): WrittenPages {
  const { atlas, footOf } = wish;
  const pictures = new Map<Picture, PDFName>();
  const drawings = pdf.context.obj({});
  const nameOf = (picture: Picture): string => {
    const name = pictures.get(picture) ?? PDFName.of(`picture-${String(pictures.size)}`);
    if (!pictures.has(picture)) drawings.set(name, writePicture(pdf.context, picture));
    pictures.set(picture, name);
    return name.decodeText();
  };
  const marks = new Map<Leaf, { readonly page: PDFRef; readonly mark: number }[]>();
  const written = pages.map((placed, place) => {
    const page = pdf.addPage([PAGE.width, PAGE.height]);
    const content = placed.map((one, mark) => {
      marks.set(one.leaf, [...(marks.get(one.leaf) ?? []), { page: page.ref, mark }]);
      return `/${one.leaf.tag} <</MCID ${String(mark)}>> BDC\n${linesOf(one, nameOf)}EMC\n`;
    });
    return { page, content: `${content.join("")}${footer(footOf(place + 1), atlas, nameOf)}` };
  });
  const fonts = pdf.context.obj({});
  for (const face of atlas.faces()) fonts.set(PDFName.of(faceName(face)), writeFont(pdf.context, face));
  const resources = pdf.context.register(pdf.context.obj({ Font: fonts, XObject: drawings }));
  written.forEach(({ content, page }, place) => {
    page.node.set(PDFName.of("Resources"), resources);
    page.node.set(PDFName.of("Contents"), pdf.context.register(pdf.context.flateStream(content)));
    page.node.set(PDFName.of("StructParents"), pdf.context.obj(place));
    page.node.set(PDFName.of("Tabs"), PDFName.of("S"));
  });
  return { marks, leaves: pages.map((placed) => placed.map(({ leaf }) => leaf)) };
}

const linesOf = ({ leaf, lines }: Placed, nameOf: (picture: Picture) => string): string => {
  const { color, size } = leaf.style;
  return lines.map(({ line, y }) => drawLine(line, { color, size, x: leaf.x, y }, nameOf)).join("");
};

interface LineAt {
  readonly color: string;
  readonly size: number;
  readonly x: number;
  readonly y: number;
}

const drawLine = (line: Line, at: LineAt, nameOf: (picture: Picture) => string): string => {
  let x = at.x;
  const pieces = line.map((piece) => {
    const shown =
      piece.kind === "letters" ? drawLetters(piece, { ...at, x }) : drawPicture(piece, { ...at, x }, nameOf);
    x += piece.width;
    if (piece.standsFor === null) return shown;
    return `/Span <</ActualText ${String(textString(piece.standsFor))}>> BDC ${shown} EMC`;
  });
  return pieces.map((piece) => `${piece}\n`).join("");
};

const drawLetters = (piece: Piece & { readonly kind: "letters" }, { color, size, x, y }: LineAt): string =>
  `BT ${color} /${faceName(piece.face)} ${String(size)} Tf ${inPoints(x)} ${inPoints(y)} Td <${codesOf(piece)}> Tj ET`;

const drawPicture = (
  { picture }: Piece & { readonly kind: "picture" },
  { size, x, y }: LineAt,
  nameOf: (picture: Picture) => string,
): string => {
  const [width, height] = [picture.width, picture.height].map((side) => inPoints((side * size) / 1000)) as [
    string,
    string,
  ];
  const [left, bottom] = [x + (picture.left * size) / 1000, y + (picture.bottom * size) / 1000];
  return `q ${width} 0 0 ${height} ${inPoints(left)} ${inPoints(bottom)} cm /${nameOf(picture)} Do Q`;
};

/** The codes of a piece's letters; a letter that is drawn for the first time gets the next one. */
const codesOf = ({ face, text }: Piece & { readonly kind: "letters" }): string =>
  Array.from(text, (letter) => {
    const codePoint = letter.codePointAt(0) ?? 0;
    const code = face.codes.get(codePoint) ?? face.codes.size + 1;
    face.codes.set(codePoint, code);
    return codeDigits(code);
  }).join("");

const faceName = ({ script, weight }: Face): string => `${script}-${String(weight)}`;

const inPoints = (measure: number): string => String(Math.round(measure * 100) / 100);

const FOOT_Y = 44;

const footer = (
  [left, right]: readonly [string, string],
  atlas: Atlas,
  nameOf: (picture: Picture) => string,
): string => {
  const { color, size } = STYLES.footer;
  const line = (text: string): Line =>
    wrap(text, { width: PAGE.width, style: STYLES.footer, atlas })[0] ?? [];
  const last = line(right);
  const x = PAGE.width - PAGE.right - last.reduce((sum, { width }) => sum + width, 0);
  const rule = `0.89 0.85 0.8 RG 0.6 w ${String(PAGE.left)} ${String(FOOT_Y + 16)} m ${String(PAGE.width - PAGE.right)} ${String(FOOT_Y + 16)} l S\n`;
  return [
    `/Artifact <</Type /Pagination /Subtype /Footer>> BDC\n${rule}`,
    drawLine(line(left), { color, size, x: PAGE.left, y: FOOT_Y }, nameOf),
    drawLine(last, { color, size, x, y: FOOT_Y }, nameOf),
    "EMC\n",
  ].join("");
};
