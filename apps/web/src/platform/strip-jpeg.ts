/**
 * Takes out of a JPEG everything that is not the picture (ITU-T T.81, annex B): all application segments and comments (Exif with place, time, camera and thumbnail;
 * XMP; colour profiles; maker's notes) and whatever is hung on behind its end (a second picture, a short film). Two things stay, since the picture would be
 * shown wrong without them: which way is up, as the one field of a fresh Exif, and Adobe's word about colours (12 bytes, the same in every camera).
 */

const MARKER = 0xff;
const SOI = 0xd8;
const EOI = 0xd9;
const SOS = 0xda;
const COM = 0xfe;
const APP1 = 0xe1;
const APP14 = 0xee;
const ORIENTATION = 0x0112;

type Bytes = Uint8Array<ArrayBuffer>;

/** Null when this is no JPEG that we understand to its end. */
export function stripJpeg(jpeg: Bytes): Bytes | null {
  if (jpeg[0] !== MARKER || jpeg[1] !== SOI) return null;
  const kept: Bytes[] = [];
  let orientation = 1;
  let at = 2;
  for (;;) {
    const segment = segmentAt(jpeg, at);
    if (segment === null) return null;
    const { end, kind } = segment;
    if (kind === EOI) break;
    const body = jpeg.slice(at, end);
    if (kind === APP1) orientation = orientationIn(body) ?? orientation;
    const isApplication = kind >= 0xe0 && kind <= 0xef;
    if (!isApplication && kind !== COM) kept.push(body);
    if (kind === APP14 && isAdobe(body)) kept.push(body);
    at = end;
    if (kind === SOS) {
      const scanEnd = endOfScan(jpeg, at);
      if (scanEnd === null) return null;
      kept.push(jpeg.slice(at, scanEnd));
      at = scanEnd;
    }
  }
  const up = orientation > 1 ? [exifWith(orientation)] : [];
  return join([new Uint8Array([MARKER, SOI]), ...up, ...kept, new Uint8Array([MARKER, EOI])]);
}

const segmentAt = (jpeg: Bytes, at: number): { readonly kind: number; readonly end: number } | null => {
  const kind = jpeg[at + 1];
  if (jpeg[at] !== MARKER || kind === undefined || kind === MARKER || kind === 0) return null;
  if (kind === EOI) return { kind, end: at + 2 };
  const [high, low] = [jpeg[at + 2], jpeg[at + 3]];
  if (high === undefined || low === undefined) return null;
  const length = high * 256 + low;
  const end = at + 2 + length;
  return length < 2 || end > jpeg.length ? null : { kind, end };
};

/** Within a scan a marker is followed by zero (stuffing) or is a restart; anything else ends it. */
const endOfScan = (jpeg: Bytes, from: number): number | null => {
  for (let at = jpeg.indexOf(MARKER, from); at >= 0; at = jpeg.indexOf(MARKER, at + 1)) {
    const next = jpeg[at + 1];
    if (next === undefined) return null;
    const isRestart = next >= 0xd0 && next <= 0xd7;
    if (next !== 0 && next !== MARKER && !isRestart) return at;
  }
  return null;
};

const isAdobe = (segment: Bytes): boolean =>
  segment.length === 16 && String.fromCharCode(...segment.slice(4, 9)) === "Adobe";

/** Which way is up (1 to 8), as the first directory of an Exif segment says; null when it does not. */
const orientationIn = (segment: Bytes): number | null => {
  const view = new DataView(segment.buffer, segment.byteOffset, segment.length);
  const tiff = 10;
  if (segment.length < tiff + 8 || String.fromCharCode(...segment.slice(4, 8)) !== "Exif") return null;
  const little = view.getUint16(tiff) === 0x4949;
  const directory = tiff + view.getUint32(tiff + 4, little);
  if (directory + 2 > segment.length) return null;
  const count = view.getUint16(directory, little);
  for (let index = 0; index < count; index++) {
    const field = directory + 2 + index * 12;
    if (field + 12 > segment.length) return null;
    if (view.getUint16(field, little) !== ORIENTATION) continue;
    const value = view.getUint16(field + 8, little);
    return value >= 1 && value <= 8 ? value : null;
  }
  return null;
};

/** An Exif segment that says nothing but which way is up. */
const exifWith = (orientation: number): Bytes => {
  const head = [MARKER, APP1, 0, 34, 0x45, 0x78, 0x69, 0x66, 0, 0];
  const tiff = [0x4d, 0x4d, 0, 42, 0, 0, 0, 8];
  const field = [0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0];
  return new Uint8Array([...head, ...tiff, ...field, 0, 0, 0, 0]);
};

const join = (parts: readonly Bytes[]): Bytes => {
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
};
