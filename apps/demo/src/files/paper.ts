import type { StoryFile } from "./story-file.ts";

const LINE_POINTS = 22;

/** One page of PDF (ISO 32000-1) with a heading and lines below it, in a typeface that every reader has. Latin letters only. */
export function paper(name: string, heading: string, lines: readonly string[]): StoryFile {
  return {
    name,
    make: () => ({
      bytes: encodePage([
        `BT /F1 20 Tf 60 770 Td (${escape(heading)}) Tj ET`,
        ...lines.map(
          (line, index) => `BT /F2 13 Tf 60 ${725 - index * LINE_POINTS} Td (${escape(line)}) Tj ET`,
        ),
      ]),
      type: "application/pdf",
      picture: null,
      durationMs: null,
      preview: null,
    }),
  };
}

const escape = (text: string): string => text.replaceAll(/[\\()]/g, (letter) => `\\${letter}`);

function encodePage(drawn: readonly string[]): Uint8Array<ArrayBuffer> {
  const content = drawn.join("\n");
  const font = (base: string) =>
    `<< /Type /Font /Subtype /Type1 /BaseFont /${base} /Encoding /WinAnsiEncoding >>`;
  const objects = [
    "<< /Type /Catalog /Pages 2 0 R >>",
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R /F2 6 0 R >> >> >>",
    `<< /Length ${String(content.length)} >>\nstream\n${content}\nendstream`,
    font("Helvetica-Bold"),
    font("Helvetica"),
  ];
  let body = "%PDF-1.4\n";
  const places: number[] = [];
  for (const [index, object] of objects.entries()) {
    places.push(body.length);
    body += `${String(index + 1)} 0 obj\n${object}\nendobj\n`;
  }
  const rows = places.map((place) => `${String(place).padStart(10, "0")} 00000 n \n`).join("");
  const size = String(objects.length + 1);
  const end = `xref\n0 ${size}\n0000000000 65535 f \n${rows}trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${String(body.length)}\n%%EOF\n`;
  return new Uint8Array(Buffer.from(body + end, "latin1"));
}
