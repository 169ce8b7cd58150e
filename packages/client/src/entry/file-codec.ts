import { FILE_NAME_BYTES_MAX, FILE_PREVIEW_BYTES_MAX, FILE_TYPE_BYTES_MAX } from "@sotto/domain";
import type { FileEntry } from "@sotto/domain";
import { FILE_BYTES_MAX, VaultFault } from "@sotto/vault";
import type { ByteReader, ByteWriter } from "@sotto/vault";
import { toId } from "../ids.ts";

/** Kind 16 of docs/formats/entry.md. */
export function writeFile(writer: ByteWriter, entry: FileEntry): void {
  if (entry.size > FILE_BYTES_MAX) throw new VaultFault("misuse");
  writer.id(entry.file).fixed(entry.key, 32).fixed(entry.hash, 32).unsigned(entry.size, 4);
  writer.text(entry.name, FILE_NAME_BYTES_MAX).text(entry.type, FILE_TYPE_BYTES_MAX);
  writer.optional(entry.picture, ({ height, width }) => writer.unsigned(width, 4).unsigned(height, 4));
  writer.optional(entry.durationMs, (durationMs) => writer.unsigned(durationMs, 4));
  writer.optional(entry.preview, (preview) => writer.block16(preview, FILE_PREVIEW_BYTES_MAX));
}

export function readFile(reader: ByteReader): FileEntry {
  const [file, key, hash] = [toId<FileEntry["file"]>(reader.id()), reader.fixed(32), reader.fixed(32)];
  const size = reader.unsigned(4);
  if (size > FILE_BYTES_MAX) throw new VaultFault("malformed");
  return {
    kind: "file",
    file,
    key,
    hash,
    size,
    name: reader.text(FILE_NAME_BYTES_MAX),
    type: reader.text(FILE_TYPE_BYTES_MAX),
    picture: reader.optional(() => ({ width: reader.unsigned(4), height: reader.unsigned(4) })),
    durationMs: reader.optional(() => reader.unsigned(4)),
    preview: reader.optional(() => reader.block16(FILE_PREVIEW_BYTES_MAX)),
  };
}
