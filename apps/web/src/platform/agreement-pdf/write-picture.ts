import type { PDFContext, PDFRef } from "@cantoo/pdf-lib";
import type { Picture } from "./picture.ts";

/** Writes a picture with what shows through it (ISO 32000-1, 8.9.5 and 11.6.5.3). */
export function writePicture(context: PDFContext, picture: Picture): PDFRef {
  const image = {
    Type: "XObject",
    Subtype: "Image",
    Width: picture.columns,
    Height: picture.rows,
    BitsPerComponent: 8,
  };
  const mask = context.flateStream(picture.alpha, { ...image, ColorSpace: "DeviceGray" });
  return context.register(
    context.flateStream(picture.colors, {
      ...image,
      ColorSpace: "DeviceRGB",
      SMask: context.register(mask),
    }),
  );
}
