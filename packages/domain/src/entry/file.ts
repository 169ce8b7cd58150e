import type { FileId } from "../id.ts";

/** A file that was sent: how to find it, open it, check it, and what it is. Its bytes are elsewhere, sealed under `key`. */
export interface FileEntry {
  readonly kind: "file";
  readonly file: FileId;
  readonly key: Uint8Array;
  readonly hash: Uint8Array;
  readonly size: number;
  /** As its sender has it; what a person sees of it has gone through `fileName`. */
  readonly name: string;
  /** The media type that its sender says; nothing is trusted because of it. */
  readonly type: string;
  readonly picture: { readonly width: number; readonly height: number } | null;
  readonly durationMs: number | null;
  /** A small JPEG or WebP, made on the sender's device. */
  readonly preview: Uint8Array | null;
}

export const FILE_NAME_BYTES_MAX = 400;
export const FILE_TYPE_BYTES_MAX = 100;
export const FILE_PREVIEW_BYTES_MAX = 12_000;

/** How a file can be looked at in the page. `none`: it can be saved only, since nothing that might be a program or a page is ever opened here. */
export type FileViewer = "image" | "audio" | "pdf" | "none";

const VIEWERS: ReadonlyMap<string, FileViewer> = new Map([
  ["image/jpeg", "image"],
  ["image/png", "image"],
  ["image/webp", "image"],
  ["image/gif", "image"],
  ["audio/webm", "audio"],
  ["audio/ogg", "audio"],
  ["audio/mp4", "audio"],
  ["audio/mpeg", "audio"],
  ["audio/aac", "audio"],
  ["audio/wav", "audio"],
  ["application/pdf", "pdf"],
]);

/** A media type without what follows it (`audio/webm;codecs=opus`), in small letters. */
export function plainType(type: string): string {
  return (type.split(";")[0] ?? "").trim().toLowerCase();
}

/** Which viewer of the page shows such a file. SVG is a document that can hold programs, so it has none. */
export function viewerOf(type: string): FileViewer {
  return VIEWERS.get(plainType(type)) ?? "none";
}

/** What may be inside a file besides what one sees, where it cannot be taken out. */
export type HiddenInside = "document" | "recording" | "picture" | "unknown";

/** What may travel in a file of this type unseen. Pictures that are made anew on the device carry nothing and are not asked about. */
export function hiddenIn(type: string): HiddenInside {
  const plain = plainType(type);
  if (plain.startsWith("image/")) return "picture";
  if (plain.startsWith("audio/") || plain.startsWith("video/")) return "recording";
  const isDocument =
    plain === "application/pdf" ||
    plain === "application/msword" ||
    plain === "application/rtf" ||
    plain.startsWith("application/vnd.");
  return isDocument ? "document" : "unknown";
}

// Controls, and the marks that make text run the other way: with them "exe.gpj" can be made to look like "jpg.exe".
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;
const FORBIDDEN = /[/\\:*?"<>|]/g;
const NAME_LETTERS_MAX = 120;

/** A file's name as it may be shown and saved: one line, no folders, nothing unseen; empty when nothing is left. */
export function fileName(name: string): string {
  const clean = name
    .replaceAll(UNSEEN, "")
    .replaceAll(FORBIDDEN, "_")
    .replace(/^[.\s]+/, "")
    .trim();
  const letters = Array.from(clean);
  if (letters.length <= NAME_LETTERS_MAX) return clean;
  const ending = /\.[A-Za-z0-9]{1,8}$/.exec(clean)?.[0] ?? "";
  return letters.slice(0, NAME_LETTERS_MAX - ending.length).join("") + ending;
}
