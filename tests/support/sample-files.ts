/** Files as people's devices make them, made here. */
import type { Page } from "playwright-core";

/** What a phone wrote into a photo and nobody may learn from it. */
export const PHOTO_SECRETS = ["ACME Phone 12", "Secret Garden Lane 7", "Exif", "GPS", "photoshop"];

const text = (words: string): readonly number[] => [...Buffer.from(`${words}\0`, "latin1")];
const two = (value: number): readonly number[] => [value >> 8, value & 0xff];
const four = (value: number): readonly number[] => [...two(value >>> 16), ...two(value & 0xffff)];
const segment = (kind: number, body: readonly number[]): readonly number[] => [
  0xff,
  kind,
  ...two(body.length + 2),
  ...body,
];

/** Exif (big-endian) with camera, words, an orientation and a place on Earth: 52 degrees north, 13 east. */
function exifOf(orientation: number): readonly number[] {
  const [make, words] = [text("ACME Phone 12"), text("Secret Garden Lane 7")];
  const data = 8 + 2 + 4 * 12 + 4;
  const gps = data + make.length + words.length;
  const degrees = gps + 2 + 4 * 12 + 4;
  const field = (tag: number, kind: number, count: number, value: readonly number[]) =>
    [two(tag), two(kind), four(count), value].flat();
  const rational = (value: number) => [four(value), four(1), four(30), four(1), four(0), four(1)].flat();
  return [
    [...Buffer.from("Exif\0\0MM", "latin1"), 0, 42],
    four(8),
    two(4),
    field(0x010e, 2, words.length, four(data + make.length)),
    field(0x010f, 2, make.length, four(data)),
    field(0x0112, 3, 1, [...two(orientation), 0, 0]),
    field(0x8825, 4, 1, four(gps)),
    four(0),
    make,
    words,
    two(4),
    field(1, 2, 2, [0x4e, 0, 0, 0]),
    field(2, 5, 3, four(degrees)),
    field(3, 2, 2, [0x45, 0, 0, 0]),
    field(4, 5, 3, four(degrees + 24)),
    four(0),
    rational(52),
    rational(13),
    text("GPS"),
  ].flat();
}

/**
 * A photo as a phone makes it: 800 by 400 pixels, red on the left and blue on the right, to be shown turned by a quarter (so red is on top), with place, camera and
 * words inside. A browser draws the pixels.
 */
export async function makePhoto(page: Page): Promise<Buffer> {
  const pixels = await page.evaluate(async () => {
    const canvas = new OffscreenCanvas(800, 400);
    const context = canvas.getContext("2d");
    if (context === null) throw new Error("no canvas");
    context.fillStyle = "#b03030";
    context.fillRect(0, 0, 400, 400);
    context.fillStyle = "#2f5fb0";
    context.fillRect(400, 0, 400, 400);
    const blob = await canvas.convertToBlob({ type: "image/jpeg", quality: 0.9 });
    return [...new Uint8Array(await blob.arrayBuffer())];
  });
  const [start, rest] = [pixels.slice(0, 2), pixels.slice(2)];
  const xmp = segment(0xe1, text("http://ns.adobe.com/xap/1.0/\0 photoshop: Secret Garden Lane 7"));
  return Buffer.from([...start, ...segment(0xe1, exifOf(6)), ...xmp, ...rest]);
}

/** A PDF of two pages, each with a line of text. */
export function makePdf(lines: readonly [string, string]): Buffer {
  const page = (contents: number) =>
    `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 400] /Contents ${contents} 0 R /Resources << /Font << /F1 7 0 R >> >> >>`;
  const stream = (line: string) => {
    const drawn = `BT /F1 24 Tf 30 300 Td (${line}) Tj ET`;
    return `<< /Length ${drawn.length} >>\nstream\n${drawn}\nendstream`;
  };
  const objects = [
    "<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >> >>",
    "<< /Type /Pages /Kids [3 0 R 4 0 R] /Count 2 >>",
    page(5),
    page(6),
    stream(lines[0]),
    stream(lines[1]),
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
  ];
  let body = "%PDF-1.4\n";
  const places: number[] = [];
  for (const [index, object] of objects.entries()) {
    places.push(body.length);
    body += `${index + 1} 0 obj\n${object}\nendobj\n`;
  }
  const table = places.map((place) => `${String(place).padStart(10, "0")} 00000 n \n`).join("");
  const start = body.length;
  return Buffer.from(
    `${body}xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`,
    "latin1",
  );
}
