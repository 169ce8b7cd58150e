import { PDFDocument, StandardFonts, rgb, type PDFFont, type PDFPage } from "@cantoo/pdf-lib";
import encodeQR from "qr";

/** What stands on the paper, in the reader's words. The file names nobody and says nothing of what it opens. */
export interface SheetPaper {
  readonly title: string;
  readonly code: string;
  readonly lines: readonly string[];
}

// A4 in points (ISO 216); fits US Letter's width.
const PAGE: [number, number] = [595, 842];
const MARGIN = 64;
const QR_POINTS = 190;
const LINE_LETTERS_MAX = 78;

/** One page with the code as text and as a code to scan. */
export async function makeSheetPdf(paper: SheetPaper): Promise<Uint8Array<ArrayBuffer>> {
  const pdf = await PDFDocument.create();
  pdf.setTitle(paper.title);
  const page = pdf.addPage(PAGE);
  const bold = await pdf.embedFont(StandardFonts.HelveticaBold);
  const mono = await pdf.embedFont(StandardFonts.CourierBold);
  const plain = await pdf.embedFont(StandardFonts.Helvetica);
  let y = PAGE[1] - MARGIN - 20;
  write(page, { text: paper.title, font: bold, size: 22, y });
  y -= 50;
  write(page, { text: paper.code, font: mono, size: 16, y });
  y -= 30 + QR_POINTS;
  drawQr(page, paper.code, y);
  y -= 36;
  for (const line of paper.lines.flatMap(wrap)) {
    write(page, { text: line, font: plain, size: 11, y });
    y -= 17;
  }
  return new Uint8Array(await pdf.save());
}

function write(
  page: PDFPage,
  line: { readonly text: string; readonly font: PDFFont; readonly size: number; readonly y: number },
): void {
  const { font, size, text, y } = line;
  page.drawText(text, { x: MARGIN, y, size, font, color: rgb(0, 0, 0) });
}

function drawQr(page: PDFPage, text: string, bottom: number): void {
  const rows = encodeQR(text, "raw", { ecc: "medium" });
  const side = QR_POINTS / rows.length;
  rows.forEach((row, down) =>
    row.forEach((isDark, across) => {
      if (!isDark) return;
      const y = bottom + (rows.length - 1 - down) * side;
      // A hair wider than its place, so that no viewer shows seams.
      page.drawRectangle({ x: MARGIN + across * side, y, width: side + 0.05, height: side + 0.05 });
    }),
  );
}

function wrap(text: string): readonly string[] {
  const lines: string[] = [""];
  for (const word of text.split(" ")) {
    const longer = `${lines.at(-1) ?? ""} ${word}`.trim();
    if (longer.length > LINE_LETTERS_MAX) lines.push(word);
    else lines[lines.length - 1] = longer;
  }
  // The fonts that every viewer has know Latin letters only.
  return lines.map((line) => line.replaceAll(/[“”]/g, '"').replaceAll(/[^\u0020-\u00ff]/g, "?"));
}
