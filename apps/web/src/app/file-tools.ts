import { fileName } from "@sotto/domain";
import type { FileTools, ReadyFile } from "../features/room/file-desk.ts";
import { cleanPicture } from "../platform/picture.ts";
import { startRecording } from "../platform/recorder.ts";
import { saveFile } from "../platform/save-file.ts";
import { words } from "../words/words.ts";

const ENDINGS: Readonly<Record<string, string>> = {
  "image/jpeg": ".jpg",
  "image/png": ".png",
  "image/webp": ".webp",
};

/** The name of a picture that was made anew, with the ending of what it is now. */
const renamed = (name: string, type: string): string => {
  const stem = fileName(name).replace(/\.[A-Za-z0-9]{1,8}$/, "");
  return `${stem === "" ? words.files.photoName : stem}${ENDINGS[type] ?? ""}`;
};

const asItIs = (file: File): ReadyFile => ({
  source: file,
  name: fileName(file.name) || words.files.unnamed,
  type: file.type,
  picture: null,
  durationMs: null,
  preview: null,
  isClean: false,
});

/** What a browser does with files, for the screens. What is large is loaded when it is wanted. */
export const fileTools: FileTools = {
  makeReady: async (file, { keepSize }) => {
    // A drawing in SVG is a document with a program's rights; it is never drawn here.
    const isPicture = file.type.startsWith("image/") && !file.type.startsWith("image/svg");
    const clean = isPicture ? await cleanPicture(file, keepSize).catch(() => null) : null;
    if (clean === null) return asItIs(file);
    const { height, preview, source, type, width } = clean;
    const name = renamed(file.name, type);
    return { source, name, type, picture: { width, height }, durationMs: null, preview, isClean: true };
  },
  record: startRecording,
  openPdf: async (file) => {
    const { openPdfPages } = await import("../platform/pdf-pages.ts");
    return openPdfPages(file).catch(() => null);
  },
  save: (file, name) => saveFile({ name, blob: file }),
};
