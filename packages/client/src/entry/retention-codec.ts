import { ENTRY_KIND_NUMBERS, HOLD_REASONS, isMonth, problemOfRule } from "@sotto/domain";
import type { Act, DisposalList, EndedRoom, Month, RetentionEntry, RetentionRule } from "@sotto/domain";
import { VaultFault } from "@sotto/vault";
import type { ByteReader, ByteWriter } from "@sotto/vault";
import { toId } from "../ids.ts";

const PLACE_BYTES_MAX = 60;
const TITLE_BYTES_MAX = 300;
const CITATION_BYTES_MAX = 400;
const AS_OF_BYTES_MAX = 40;
/** How many rooms one disposal can name. */
export const DISPOSAL_ROOMS_MAX = 400;

/** Kinds 34 to 42 of docs/formats/entry.md. */
const KINDS = [
  "legal-hold",
  "comes-of-age",
  "record-since",
  "retention-rule",
  "disposal-proposed",
  "disposal-confirmed",
  "disposal-withdrawn",
  "rooms-ended",
  "disposal-told",
] as const satisfies readonly RetentionEntry["kind"][];

const kindOf = (number: number): RetentionEntry["kind"] | null =>
  KINDS.find((kind) => ENTRY_KIND_NUMBERS[kind] === number) ?? null;

export function isRetentionKind(number: number): boolean {
  return kindOf(number) !== null;
}

export function writeRetention(writer: ByteWriter, entry: RetentionEntry): void {
  switch (entry.kind) {
    case "legal-hold":
      writer.optional(entry.reason, (reason) => writer.unsigned(HOLD_REASONS.indexOf(reason), 1));
      return;
    case "comes-of-age":
      if (!isMonth(entry.month)) throw new VaultFault("misuse");
      writer.unsigned(entry.month.year, 2).unsigned(entry.month.month, 1);
      return;
    case "record-since":
      writer.optional(entry.closedAt, (at) => writer.unsigned(at, 6));
      writer.optional(entry.holdChangedAt, (at) => writer.unsigned(at, 6));
      writer.unsigned(entry.hasMinor ? 1 : 0, 1);
      return;
    case "retention-rule":
      writeRule(writer, entry.rule);
      return;
    case "disposal-proposed":
      writeList(writer, entry.list);
      return;
    case "disposal-confirmed":
    case "disposal-withdrawn":
      writer.id(entry.disposal);
      return;
    case "rooms-ended":
      writer.id(entry.disposal);
      writer.list(entry.rooms, DISPOSAL_ROOMS_MAX, (room) => writer.id(room));
      return;
    case "disposal-told":
      writeList(writer, entry.list);
      writeAct(writer, entry.proposed);
      writer.optional(entry.confirmed, (act) => writeAct(writer, act));
      writer.list(entry.ended, DISPOSAL_ROOMS_MAX + 1, (ended) => writeAct(writer.id(ended.room), ended));
      return;
  }
}

const writeAct = (writer: ByteWriter, { at, by }: Act): ByteWriter => writer.id(by).unsigned(at, 6);

const writeRule = (writer: ByteWriter, rule: RetentionRule): void => {
  if (problemOfRule(rule) !== null) throw new VaultFault("misuse");
  writer.text(rule.place, PLACE_BYTES_MAX).text(rule.title, TITLE_BYTES_MAX);
  writer.text(rule.citation, CITATION_BYTES_MAX).text(rule.asOf, AS_OF_BYTES_MAX);
  writer.unsigned(rule.verified ? 1 : 0, 1);
  writer.unsigned(rule.familyMonths, 2).unsigned(rule.recordMonths, 2).unsigned(rule.minorMonths, 2);
  writer.optional(rule.maximumMonths, (months) => writer.unsigned(months, 2));
};

const writeList = (writer: ByteWriter, list: DisposalList): void => {
  writer.id(list.disposal).id(list.family);
  writer.list(list.rooms, DISPOSAL_ROOMS_MAX, (room) => writer.id(room));
  writer.optional(list.record, (room) => writer.id(room));
  writeRule(writer, list.rule);
  writer.unsigned(list.dueSince, 6);
};

/** Reads the entry whose kind has this number, of those that `isRetentionKind` names. */
export function readRetention(reader: ByteReader, number: number): RetentionEntry {
  const kind = kindOf(number);
  switch (kind) {
    case null:
      throw new VaultFault("misuse");
    case "legal-hold":
      return { kind, reason: reader.optional(() => reader.choice(HOLD_REASONS)) };
    case "comes-of-age":
      return { kind, month: readMonth(reader) };
    case "record-since":
      return {
        kind,
        closedAt: reader.optional(() => reader.unsigned(6)),
        holdChangedAt: reader.optional(() => reader.unsigned(6)),
        hasMinor: reader.choice(["no", "yes"]) === "yes",
      };
    case "retention-rule":
      return { kind, rule: readRule(reader) };
    case "disposal-proposed":
      return { kind, list: readList(reader) };
    case "disposal-confirmed":
    case "disposal-withdrawn":
      return { kind, disposal: toId(reader.id()) };
    case "rooms-ended":
      return {
        kind,
        disposal: toId(reader.id()),
        rooms: reader.list(DISPOSAL_ROOMS_MAX, () => toId(reader.id())),
      };
    case "disposal-told":
      return {
        kind,
        list: readList(reader),
        proposed: readAct(reader),
        confirmed: reader.optional(() => readAct(reader)),
        ended: reader.list(DISPOSAL_ROOMS_MAX + 1, (): EndedRoom => ({
          room: toId(reader.id()),
          ...readAct(reader),
        })),
      };
  }
}

const readMonth = (reader: ByteReader): Month => {
  const month = { year: reader.unsigned(2), month: reader.unsigned(1) };
  if (!isMonth(month)) throw new VaultFault("malformed");
  return month;
};

const readAct = (reader: ByteReader): Act => ({ by: toId(reader.id()), at: reader.unsigned(6) });

const readRule = (reader: ByteReader): RetentionRule => {
  const rule = {
    place: reader.text(PLACE_BYTES_MAX),
    title: reader.text(TITLE_BYTES_MAX),
    citation: reader.text(CITATION_BYTES_MAX),
    asOf: reader.text(AS_OF_BYTES_MAX),
    verified: reader.choice(["no", "yes"]) === "yes",
    familyMonths: reader.unsigned(2),
    recordMonths: reader.unsigned(2),
    minorMonths: reader.unsigned(2),
    maximumMonths: reader.optional(() => reader.unsigned(2)),
  };
  if (problemOfRule(rule) !== null) throw new VaultFault("malformed");
  return rule;
};

const readList = (reader: ByteReader): DisposalList => ({
  disposal: toId(reader.id()),
  family: toId(reader.id()),
  rooms: reader.list(DISPOSAL_ROOMS_MAX, () => toId(reader.id())),
  record: reader.optional(() => toId(reader.id())),
  rule: readRule(reader),
  dueSince: reader.unsigned(6),
});
