import { FILE_PREVIEW_BYTES_MAX, plainType } from "@sotto/domain";
import { stripJpeg } from "./strip-jpeg.ts";

/** The longer side of a picture that is sent, unless its full size is asked for. */
const SIDE_PIXELS_MAX = 2560;
/** More than this no phone draws. */
const PIXELS_MAX = 64_000_000;
const PREVIEWS = [
  { side: 320, quality: 0.6 },
  { side: 240, quality: 0.5 },
  { side: 160, quality: 0.4 },
  { side: 96, quality: 0.3 },
];

export interface CleanPicture {
  readonly source: Blob;
  readonly type: string;
  readonly width: number;
  readonly height: number;
  readonly preview: Uint8Array<ArrayBuffer> | null;
}

/**
 * A picture made anew from its pixels, the right way up, so that nothing else of the file comes along. Null when this device cannot read it. In full size a JPEG
 * keeps its own pixels as they were and is stripped of all else.
 */
export async function cleanPicture(file: Blob, keepSize: boolean): Promise<CleanPicture | null> {
  const bitmap = await createImageBitmap(file, { imageOrientation: "from-image" }).catch(() => null);
  if (bitmap === null) return null;
  try {
    const { height, width } = bitmap;
    if (width * height > PIXELS_MAX) return null;
    const preview = await makePreview(bitmap);
    const type = plainType(file.type);
    const stripped =
      keepSize && type === "image/jpeg" ? stripJpeg(new Uint8Array(await file.arrayBuffer())) : null;
    if (stripped !== null) return { source: new Blob([stripped], { type }), type, width, height, preview };
    const factor = keepSize ? 1 : Math.min(1, SIDE_PIXELS_MAX / Math.max(width, height));
    const [wide, high] = [Math.round(width * factor), Math.round(height * factor)];
    // Drawings and screens have hard edges and may have holes: JPEG is for photos.
    const isDrawn = type === "image/png" || type === "image/webp" || type === "image/gif";
    const wish = isDrawn
      ? { type: keepSize ? "image/png" : "image/webp", quality: 0.92 }
      : { type: "image/jpeg", quality: keepSize ? 0.95 : 0.85 };
    const source = await draw(bitmap, { width: wide, height: high }).convertToBlob(wish);
    return { source, type: source.type, width: wide, height: high, preview };
  } finally {
    bitmap.close();
  }
}

interface Size {
  readonly width: number;
  readonly height: number;
}

const draw = (bitmap: ImageBitmap, { height, width }: Size): OffscreenCanvas => {
  const canvas = new OffscreenCanvas(Math.max(1, width), Math.max(1, height));
  const context = canvas.getContext("2d");
  if (context === null) throw new Error("a canvas that cannot be drawn on");
  context.imageSmoothingQuality = "high";
  context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  return canvas;
};

const makePreview = async (bitmap: ImageBitmap): Promise<Uint8Array<ArrayBuffer> | null> => {
  for (const { quality, side } of PREVIEWS) {
    const factor = Math.min(1, side / Math.max(bitmap.width, bitmap.height));
    const size = { width: Math.round(bitmap.width * factor), height: Math.round(bitmap.height * factor) };
    const canvas = draw(bitmap, size);
    const context = canvas.getContext("2d");
    if (context !== null) {
      // JPEG knows no holes: they are shown on white.
      context.globalCompositeOperation = "destination-over";
      context.fillStyle = "#fff";
      context.fillRect(0, 0, canvas.width, canvas.height);
    }
    const blob = await canvas.convertToBlob({ type: "image/jpeg", quality });
    if (blob.size <= FILE_PREVIEW_BYTES_MAX) return new Uint8Array(await blob.arrayBuffer());
  }
  return null;
};
