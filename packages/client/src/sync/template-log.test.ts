import type { AccountId, AgreementTemplate } from "@sotto/domain";
import { templateFile } from "@sotto/domain";
import { concatBytes, encodeUtf8, templateHash, toHex } from "@sotto/vault";
import type { Bytes } from "@sotto/vault";
import { expect, test } from "vitest";
import { templateCalled } from "../../testing/a-template.ts";
import { PIECE_BYTES_MAX } from "../entry/agreement-codec.ts";
import { TEMPLATE_PIECES_MAX } from "../entry/template-codec.ts";
import { decodeTemplate, emptyTemplateLog, piecesOf, takeTemplatePiece } from "./template-log.ts";

const ADA = "00000000-0000-4000-8000-000000000001" as AccountId;
const CAL = "00000000-0000-4000-8000-000000000002" as AccountId;

/** As long as a template may be, of three bytes a character. */
const large = (): AgreementTemplate => {
  const parts = (["client", "policy", "contacts", "telling", "limits", "earlier"] as const).flatMap((part) =>
    (["en", "es"] as const).flatMap((language) =>
      (["adult", "teen", "child"] as const).map((reader) => ({
        part,
        language,
        reader,
        text: "会".repeat(4_000),
      })),
    ),
  );
  return { ...templateCalled("Large"), parts };
};
const filesAfter = (pieces: ReturnType<typeof piecesOf>["pieces"], author = ADA) => {
  const log = emptyTemplateLog();
  for (const piece of pieces) takeTemplatePiece(log, piece, author);
  return log;
};

/** Bytes as if they were a template's file, in one piece. */
const pieceOf = (bytes: Bytes, about = templateHash(bytes)) =>
  ({ kind: "template-piece", about, index: 0, count: 1, bytes }) as const;

test("a template is there when all its pieces are, in whichever order, as it was", () => {
  for (const template of [templateCalled("Ours"), large()]) {
    const { about, pieces } = piecesOf(template);
    const log = filesAfter(pieces.toReversed());
    expect(log.files.get(toHex(about))).toEqual(template);
    expect(log.pieces.size).toBe(0);
  }
  const { pieces } = piecesOf(large());
  expect(pieces.length).toBeGreaterThan(5);
  expect(pieces.length).toBeLessThanOrEqual(TEMPLATE_PIECES_MAX);
  expect(TEMPLATE_PIECES_MAX * PIECE_BYTES_MAX).toBe(400_000 * 3);
  expect(filesAfter(pieces.slice(1)).files.size).toBe(0);
});

test("nobody puts together what others began", () => {
  const { pieces } = piecesOf(large());
  const log = emptyTemplateLog();
  pieces.forEach((piece, index) => takeTemplatePiece(log, piece, index % 2 === 0 ? ADA : CAL));
  expect(log.files.size).toBe(0);
});

test.each<readonly [string, (file: string) => string]>([
  ["markup in it", (file) => file.replace("We stay out", "<b>We</b> stay out")],
  ["a field that there is not", (file) => file.replace('"asOf"', '"by": "me", "asOf"')],
  ["another order of its fields", (file) => file.replace("\n", " ")],
  ["something behind it", (file) => `${file} `],
  ["no template at all", () => "[]"],
  ["too much", () => "x".repeat(400_001)],
])("pieces that are whole and named by their hash are nothing with %s", (_, change) => {
  const file = templateFile(templateCalled("Ours"));
  const bytes = encodeUtf8(change(file));
  expect(decodeTemplate(bytes)).toBeNull();
  expect(filesAfter([pieceOf(bytes)]).files.size).toBe(0);
  expect(decodeTemplate(encodeUtf8(file))).not.toBeNull();
});

test("bytes of another hash, or that are no text, are nothing, and spoil nothing that comes after", () => {
  const bytes = encodeUtf8(templateFile(templateCalled("Ours")));
  const other = encodeUtf8(templateFile(templateCalled("Theirs")));
  const log = filesAfter([
    pieceOf(other, templateHash(bytes)),
    pieceOf(concatBytes(bytes, new Uint8Array([255]))),
  ]);
  expect(log.files.size).toBe(0);
  takeTemplatePiece(log, pieceOf(bytes), CAL);
  takeTemplatePiece(log, pieceOf(other, templateHash(bytes)), ADA);
  expect([...log.files.values()].map(({ title }) => title.en)).toEqual(["Ours"]);
});
