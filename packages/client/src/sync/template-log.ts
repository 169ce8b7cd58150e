import { parseTemplate, templateFile } from "@sotto/domain";
import type { AccountId, AgreementTemplate, TemplateEntry } from "@sotto/domain";
import { concatBytes, decodeUtf8, encodeUtf8, equalBytes, templateHash, toHex } from "@sotto/vault";
import type { Bytes } from "@sotto/vault";
import { readOrNull } from "../unreadable.ts";
import { cut, gather } from "./pieces.ts";
import type { Pieces } from "./pieces.ts";

type Piece = TemplateEntry & { readonly kind: "template-piece" };

/** Template files as the practice's room has them. Grows in place, with its room. */
export interface TemplateLog {
  readonly pieces: Pieces<Bytes>;
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
  const held = gather(log.pieces, new Uint8Array(bytes), { author, count, file, index });
  if (held === null) return;
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
  const pieces = cut(bytes).map((piece): Piece => ({ kind: "template-piece", about, ...piece }));
  return { about, pieces };
}
