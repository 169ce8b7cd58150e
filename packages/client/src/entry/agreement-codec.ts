import { AGREEMENT_PARTS, ENTRY_KIND_NUMBERS, LIFE_EVENT_KINDS, QUESTION_ANSWERS } from "@sotto/domain";
import type { AgreementEntry, AnswerCode } from "@sotto/domain";
import { STATEMENT_BYTES_MAX, VaultFault } from "@sotto/vault";
import type { ByteReader, ByteWriter } from "@sotto/vault";
import { toId } from "../ids.ts";

/** A piece of a version fits into one frame with room to spare. */
export const PIECE_BYTES_MAX = 50_000;
/** As many as the largest version has. */
export const PIECES_MAX = 20;
const QUESTION_KEY_BYTES_MAX = 120;
const ANSWER_BYTES_MAX = 60;
/** What was answered last, round after round. */
export const ANSWERS_MAX = 200;
const ASKED_BYTES_MAX = 8_000;
const CONCERNS_MAX = 50;

const ANSWER_CODES: readonly AnswerCode[] = Object.values(QUESTION_ANSWERS).flat();

/** Kinds 48 to 54 of docs/formats/entry.md. */
const KINDS = [
  "agreement-piece",
  "agreement-said",
  "agreement-progress",
  "agreement-question",
  "agreement-answer",
  "agreement-note",
  "life-event",
] as const satisfies readonly AgreementEntry["kind"][];

const kindOf = (number: number): AgreementEntry["kind"] | null =>
  KINDS.find((kind) => ENTRY_KIND_NUMBERS[kind] === number) ?? null;

export function isAgreementKind(number: number): boolean {
  return kindOf(number) !== null;
}

export function writeAgreement(writer: ByteWriter, entry: AgreementEntry): void {
  switch (entry.kind) {
    case "agreement-piece":
      if (!isPlace(entry)) throw new VaultFault("misuse");
      writer.fixed(new Uint8Array(entry.about), 32).unsigned(entry.index, 1).unsigned(entry.count, 1);
      writer.block32(new Uint8Array(entry.bytes), PIECE_BYTES_MAX);
      return;
    case "agreement-said":
      writer.block32(new Uint8Array(entry.statement), STATEMENT_BYTES_MAX);
      return;
    case "agreement-progress":
      writer.id(entry.version);
      writer.list(sortedParts(entry.read), AGREEMENT_PARTS.length, (place) => writer.unsigned(place, 1));
      writer.list(entry.answers, ANSWERS_MAX, ({ answer, question }) =>
        writer.text(question, QUESTION_KEY_BYTES_MAX).text(answer, ANSWER_BYTES_MAX),
      );
      return;
    case "agreement-question":
      writer.id(entry.version).unsigned(AGREEMENT_PARTS.indexOf(entry.part), 1);
      writer.text(entry.text, ASKED_BYTES_MAX).unsigned(entry.mayShare ? 1 : 0, 1);
      return;
    case "agreement-answer":
      writer.id(entry.question).text(entry.text, ASKED_BYTES_MAX);
      return;
    case "agreement-note":
      writer.id(entry.version).unsigned(AGREEMENT_PARTS.indexOf(entry.part), 1);
      writer.text(entry.question, ASKED_BYTES_MAX).text(entry.answer, ASKED_BYTES_MAX);
      return;
    case "life-event":
      writer.unsigned(LIFE_EVENT_KINDS.indexOf(entry.event), 1).unsigned(entry.at, 6);
      writer.list(entry.concerns, CONCERNS_MAX, (person) => writer.id(person));
      return;
  }
}

/** Throws `malformed` for anything that is not written so. */
export function readAgreement(reader: ByteReader, number: number): AgreementEntry {
  const kind = kindOf(number);
  switch (kind) {
    case "agreement-piece": {
      const about = reader.fixed(32);
      const piece = { kind, about, index: reader.unsigned(1), count: reader.unsigned(1) } as const;
      if (!isPlace(piece)) throw new VaultFault("malformed");
      return { ...piece, bytes: reader.block32(PIECE_BYTES_MAX) };
    }
    case "agreement-said":
      return { kind, statement: reader.block32(STATEMENT_BYTES_MAX) };
    case "agreement-progress":
      return { kind, version: toId(reader.id()), read: readParts(reader), answers: readAnswers(reader) };
    case "agreement-question":
      return {
        kind,
        version: toId(reader.id()),
        part: reader.choice(AGREEMENT_PARTS),
        text: reader.text(ASKED_BYTES_MAX),
        mayShare: reader.choice(["no", "yes"]) === "yes",
      };
    case "agreement-answer":
      return { kind, question: toId(reader.id()), text: reader.text(ASKED_BYTES_MAX) };
    case "agreement-note":
      return {
        kind,
        version: toId(reader.id()),
        part: reader.choice(AGREEMENT_PARTS),
        question: reader.text(ASKED_BYTES_MAX),
        answer: reader.text(ASKED_BYTES_MAX),
      };
    case "life-event":
      return {
        kind,
        event: reader.choice(LIFE_EVENT_KINDS),
        at: reader.unsigned(6),
        concerns: reader.list(CONCERNS_MAX, () => toId(reader.id())),
      };
    case null:
      throw new VaultFault("malformed");
  }
}

const isPlace = ({ count, index }: { readonly count: number; readonly index: number }): boolean =>
  count >= 1 && count <= PIECES_MAX && index < count;

const sortedParts = (parts: readonly (typeof AGREEMENT_PARTS)[number][]): readonly number[] =>
  [...new Set(parts.map((part) => AGREEMENT_PARTS.indexOf(part)))].toSorted((one, other) => one - other);

/** Each part once, in their order: so that there is one way to say it. */
const readParts = (reader: ByteReader): readonly (typeof AGREEMENT_PARTS)[number][] => {
  let last = -1;
  return reader.list(AGREEMENT_PARTS.length, () => {
    const place = reader.unsigned(1);
    const part = AGREEMENT_PARTS[place];
    if (part === undefined || place <= last) throw new VaultFault("malformed");
    last = place;
    return part;
  });
};

const readAnswers = (
  reader: ByteReader,
): readonly { readonly question: string; readonly answer: AnswerCode }[] =>
  reader.list(ANSWERS_MAX, () => {
    const question = reader.text(QUESTION_KEY_BYTES_MAX);
    const text = reader.text(ANSWER_BYTES_MAX);
    const answer = ANSWER_CODES.find((code) => code === text);
    if (answer === undefined) throw new VaultFault("malformed");
    return { question, answer };
  });
