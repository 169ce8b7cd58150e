import { keyDigits } from "@sotto/domain";
import { AFRelationship, PDFDocument, PDFHexString, PDFName } from "@cantoo/pdf-lib";
import type { PaperWords } from "@sotto/content/paper-words";
import { openAtlas, WEIGHTS } from "./atlas.ts";
import type { Atlas, LoadFont, Weight } from "./atlas.ts";
import { fill } from "./block.ts";
import type { Block } from "./block.ts";
import { blocksOf } from "./blocks-of.ts";
import { attachedFile } from "./evidence-blocks.ts";
import { layOut } from "./lay-out.ts";
import type { LaidPage } from "./lay-out.ts";
import { PaperFault } from "./paper.ts";
import type { AgreementPaper } from "./paper.ts";
import type { DrawPicture } from "./picture.ts";
import { treeOf } from "./tree.ts";
import type { Branch } from "./tree.ts";
import { CODE_LETTERS, drawnText } from "./wrap.ts";
import { writePages } from "./write-pages.ts";
import { writeTags } from "./write-tags.ts";

/**
 * An agreement as a PDF: readable, tagged for whoever has it read aloud, with the evidence of its signatures on pages of its own and the evidence file inside.
 * The same paper always gives the same bytes. Throws `not-worded` when the version has no words in that language for that reader, `file-name` for a file
 * whose name is not plain.
 */
export async function drawAgreementPdf(
  paper: AgreementPaper,
  words: PaperWords,
  wish: { readonly load: LoadFont; readonly draw: DrawPicture },
): Promise<Uint8Array<ArrayBuffer>> {
  const { number } = paper.verdict.version;
  const version = fill(words.version, { number });
  const text = fill(words.footer.text, { digits: keyDigits(paper.evidence.versionHash) });
  const foot = [words.title, version, text].join("  ·  ");
  const blocks = blocksOf(paper, words);
  const [title, ...others] = blocks;
  const note: Block = { kind: "paragraph", text: words.evidence.codes, isSoft: true };
  const withNote = title === undefined ? [note] : [title, note, ...others];
  const atlas = await openAtlas(textsOf(withNote, [foot, words.footer.page]), wish);
  const whole = laidOut(blocks, atlas);
  // Who meets a code on the paper is told what it is.
  const { pages, root } = hasCodes(whole.pages) ? laidOut(withNote, atlas) : whole;
  const pdf = await PDFDocument.create({ updateMetadata: false });
  const footOf = (page: number): readonly [string, string] => [
    foot,
    fill(words.footer.page, { page, pages: pages.length }),
  ];
  writeTags(pdf, root, writePages(pdf, pages, { atlas, footOf }));
  describe(pdf, paper, `${words.title}. ${version}`);
  await attach(pdf, paper, words);
  return new Uint8Array(await pdf.save({ addDefaultPage: false, updateFieldAppearances: false }));
}

/** Every text with its weight; what may stand anywhere, in both. */
const textsOf = (
  blocks: readonly Block[],
  more: readonly string[],
): readonly { readonly text: string; readonly weight: Weight }[] => [
  ...treeOf(blocks).rows.flatMap((row) =>
    row.kind === "row"
      ? row.leaves.map(({ style, text }) => ({ text: drawnText(text), weight: style.weight }))
      : [],
  ),
  ...[CODE_LETTERS, ...more].flatMap((text) => WEIGHTS.map((weight) => ({ text, weight }))),
];

const laidOut = (
  blocks: readonly Block[],
  atlas: Atlas,
): { readonly root: Branch; readonly pages: readonly LaidPage[] } => {
  const { root, rows } = treeOf(blocks);
  return { root, pages: layOut(rows, atlas) };
};

const hasCodes = (pages: readonly LaidPage[]): boolean =>
  pages.some((page) =>
    page.some(({ lines }) =>
      lines.some(({ line }) => line.some(({ kind, standsFor }) => kind === "letters" && standsFor !== null)),
    ),
  );

/** What the file says of itself. It names nobody. */
const describe = (pdf: PDFDocument, { evidence, language }: AgreementPaper, title: string): void => {
  const { context } = pdf;
  const madeAt = new Date(evidence.madeAt);
  pdf.setTitle(title, { showInWindowTitleBar: true });
  pdf.setLanguage(language);
  pdf.setProducer("Sotto");
  pdf.setCreationDate(madeAt);
  pdf.setModificationDate(madeAt);
  const xml = new TextEncoder().encode(metadata(title, language, madeAt));
  const stream = context.stream(xml, { Type: "Metadata", Subtype: "XML" });
  pdf.catalog.set(PDFName.of("Metadata"), context.register(stream));
  const id = PDFHexString.of(evidence.versionHash.slice(0, 32));
  context.trailerInfo.ID = context.obj([id, id]);
};

/** The same once more, as XMP (ISO 16684-1), which is where programs look that care for titles and languages. */
const metadata = (title: string, language: string, madeAt: Date): string => {
  const when = madeAt.toISOString().replace(/\.\d+/, "");
  return [
    '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>',
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">',
    '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:xmp="http://ns.adobe.com/xap/1.0/">',
    `<dc:title><rdf:Alt><rdf:li xml:lang="x-default">${title}</rdf:li></rdf:Alt></dc:title>`,
    `<dc:language><rdf:Bag><rdf:li>${language}</rdf:li></rdf:Bag></dc:language>`,
    `<pdf:Producer>Sotto</pdf:Producer><xmp:CreateDate>${when}</xmp:CreateDate><xmp:ModifyDate>${when}</xmp:ModifyDate>`,
    "</rdf:Description></rdf:RDF></x:xmpmeta>",
    '<?xpacket end="r"?>',
  ].join("\n");
};

const PLAIN_NAME = /^[A-Za-z0-9._-]{1,80}$/;

const attach = async (pdf: PDFDocument, paper: AgreementPaper, words: PaperWords): Promise<void> => {
  const file = attachedFile(paper);
  if (file === null) return;
  if (!PLAIN_NAME.test(file.name)) throw new PaperFault("file-name");
  const madeAt = new Date(paper.evidence.madeAt);
  await pdf.attach(file.bytes, file.name, {
    mimeType: "application/octet-stream",
    description: words.fileNote,
    creationDate: madeAt,
    modificationDate: madeAt,
    afRelationship: AFRelationship.Data,
  });
};
