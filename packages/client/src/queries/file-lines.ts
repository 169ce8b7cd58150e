import { fileName, viewerOf } from "@sotto/domain";
import type { EntryId, FileEntry, RoomId } from "@sotto/domain";
import type { EntryState, FileView, Reader, RoomLineEntry } from "../client.ts";
import type { Scene } from "./views.ts";

/** A file as a screen sees it: without its key and bytes. */
export function fileView(entry: FileEntry): FileView {
  const { durationMs, file, picture, preview, size, type } = entry;
  const viewer = viewerOf(type);
  const name = fileName(entry.name);
  return { file, name, type, viewer, size, picture, durationMs, hasPreview: preview !== null };
}

/** A file's line in a room. */
export function fileLine(line: {
  readonly entry: EntryId;
  readonly author: Reader;
  readonly file: FileEntry;
  readonly at: number;
  readonly mayDelete: boolean;
  readonly state: EntryState;
}): RoomLineEntry & { readonly kind: "file" } {
  return { ...line, kind: "file", file: fileView(line.file), pending: null, wish: null };
}

/** The files that this person is sending to a room and has not said yet. */
export function uploadLines(scene: Scene, room: RoomId, author: Reader) {
  return scene.home.files.uploads.of(room).map(({ state, upload }) => {
    const { at, body, entry } = upload;
    return fileLine({ entry, author, file: body, at, mayDelete: false, state });
  });
}
