import { ENTRY_KIND_NUMBERS } from "@sotto/domain";
import type { TemplateEntry } from "@sotto/domain";
import { VaultFault } from "@sotto/vault";
import type { ByteReader, ByteWriter } from "@sotto/vault";
import { toId } from "../ids.ts";
import { PIECE_BYTES_MAX } from "./agreement-codec.ts";

/** As many as the largest template file has: 400,000 characters of three bytes each. */
export const TEMPLATE_PIECES_MAX = 24;

/** Kinds 43 to 46 of docs/formats/entry.md. */
const KINDS = [
  "template-piece",
  "template-saved",
  "template-retired",
  "template-told",
] as const satisfies readonly TemplateEntry["kind"][];

const kindOf = (number: number): TemplateEntry["kind"] | null =>
  KINDS.find((kind) => ENTRY_KIND_NUMBERS[kind] === number) ?? null;

export function isTemplateKind(number: number): boolean {
  return kindOf(number) !== null;
}

export function writeTemplateEntry(writer: ByteWriter, entry: TemplateEntry): void {
  switch (entry.kind) {
    case "template-piece":
      if (!isPlace(entry)) throw new VaultFault("misuse");
      writer.fixed(new Uint8Array(entry.about), 32).unsigned(entry.index, 1).unsigned(entry.count, 1);
      writer.block32(new Uint8Array(entry.bytes), PIECE_BYTES_MAX);
      return;
    case "template-saved":
      writer.id(entry.template).fixed(new Uint8Array(entry.about), 32);
      return;
    case "template-retired":
      writer.id(entry.template).unsigned(entry.retired ? 1 : 0, 1);
      return;
    case "template-told":
      if (entry.number < 1) throw new VaultFault("misuse");
      writer.id(entry.template).fixed(new Uint8Array(entry.about), 32).unsigned(entry.number, 4);
      writer
        .id(entry.saved.by)
        .unsigned(entry.saved.at, 6)
        .unsigned(entry.retired ? 1 : 0, 1);
      return;
  }
}

/** Throws `malformed` for anything that is not written so. */
export function readTemplateEntry(reader: ByteReader, number: number): TemplateEntry {
  const kind = kindOf(number);
  switch (kind) {
    case "template-piece": {
      const about = reader.fixed(32);
      const piece = { kind, about, index: reader.unsigned(1), count: reader.unsigned(1) } as const;
      if (!isPlace(piece)) throw new VaultFault("malformed");
      return { ...piece, bytes: reader.block32(PIECE_BYTES_MAX) };
    }
    case "template-saved":
      return { kind, template: toId(reader.id()), about: reader.fixed(32) };
    case "template-retired":
      return { kind, template: toId(reader.id()), retired: readRetired(reader) };
    case "template-told": {
      const [template, about, place] = [toId<never>(reader.id()), reader.fixed(32), reader.unsigned(4)];
      if (place < 1) throw new VaultFault("malformed");
      const saved = { by: toId<never>(reader.id()), at: reader.unsigned(6) };
      return { kind, template, about, number: place, saved, retired: readRetired(reader) };
    }
    case null:
      throw new VaultFault("malformed");
  }
}

const readRetired = (reader: ByteReader): boolean => reader.choice(["no", "yes"]) === "yes";

const isPlace = ({ count, index }: { readonly count: number; readonly index: number }): boolean =>
  count >= 1 && count <= TEMPLATE_PIECES_MAX && index < count;
