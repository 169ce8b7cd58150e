import { parseTemplate, templateFile } from "@sotto/domain";
import type { AccountId, AgreementTemplate, TemplateEntry } from "@sotto/domain";
import { concatBytes, decodeUtf8, encodeUtf8, equalBytes, templateHash, toHex } from "@sotto/vault";
import type { Bytes } from "@sotto/vault";
import { PIECE_BYTES_MAX } from "../entry/agreement-codec.ts";
import { readOrNull } from "../unreadable.ts";

type Piece = TemplateEntry & { readonly kind: "template-piece" };

/** Template files as the practice's room has them. Grows in place, with its room. */
export interface TemplateLog {
  /** Pieces by author, hash, count and place: nobody can spoil what another puts together. */
  readonly pieces: Map<string, Bytes>;
  /** What is here whole and is a template, by its hash in hexadecimal. */
  readonly files: Map<string, AgreementTemplate>;
}

export function emptyTemplateLog(): TemplateLog {
  return { pieces: new Map(), files: new Map() };
}

/** The template that a file's bytes hold; null for anything that is not a template written in the one way that templates are. */
export function decodeTemplate(bytes: Bytes): AgreementTemplate | null {
  const text = readOrNull(() => decodeUtf8(bytes));
  if (text === null) return null;
  const read = parseTemplate(text);
  return read.kind === "template" && templateFile(read.template) === text ? read.template : null;
}

/** Takes in one piece. When all of its file are there it is a template or nothing: bytes of another hash, and what is not read strictly, leave no trace. */
export function takeTemplatePiece(
  log: TemplateLog,
  { about, bytes, count, index }: Piece,
  author: AccountId,
): void {
  const hash = new Uint8Array(about);
  const file = toHex(hash);
  if (log.files.has(file)) return;
  const nameOf = (place: number): string => `${author}/${file}/${String(count)}/${String(place)}`;
  log.pieces.set(nameOf(index), new Uint8Array(bytes));
  const pieces = Array.from({ length: count }, (_, place) => log.pieces.get(nameOf(place)));
  const held = pieces.filter((piece) => piece !== undefined);
  if (held.length < count) return;
  for (let place = 0; place < count; place++) log.pieces.delete(nameOf(place));
  const whole = concatBytes(...held);
  if (!equalBytes(templateHash(whole), hash)) return;
  const template = decodeTemplate(whole);
  if (template !== null) log.files.set(file, template);
}

/** A template's file in pieces, each of which fits into one entry. */
export function piecesOf(template: AgreementTemplate): {
  readonly about: Bytes;
  readonly pieces: readonly Piece[];
} {
  const bytes = encodeUtf8(templateFile(template));
  const about = templateHash(bytes);
  const count = Math.ceil(bytes.length / PIECE_BYTES_MAX);
  const pieces = Array.from({ length: count }, (_, index): Piece => ({
    kind: "template-piece",
    about,
    index,
    count,
    bytes: bytes.slice(index * PIECE_BYTES_MAX, (index + 1) * PIECE_BYTES_MAX),
  }));
  return { about, pieces };
}
