import type { EntryId, FileEntry, Person, RoomId, RoomKind } from "@sotto/domain";
import { familyOf } from "@sotto/domain";
import { memberOf } from "@sotto/vault";
import type { CardRole, OpeningReason } from "@sotto/vault";
import type { AudienceChange, LogLine, LogNotice, RoomMemory } from "../sync/room-memory.ts";

/** One person whom a room has named, and whether they are in it now. */
export interface RecordedPerson {
  readonly account: string;
  readonly name: string;
  readonly role: CardRole;
  readonly isIn: boolean;
}

export type RecordedLine =
  | {
      readonly kind: "message";
      readonly entry: EntryId;
      readonly at: number;
      readonly by: string;
      readonly text: string;
      readonly editedAt: number | null;
      /** The entry that it answers. */
      readonly to: EntryId | null;
    }
  | { readonly kind: "file"; readonly at: number; readonly by: string; readonly file: FileEntry }
  | { readonly kind: "deleted"; readonly at: number; readonly by: string; readonly deletedAt: number }
  | {
      readonly kind: "audience";
      readonly at: number;
      readonly change: AudienceChange;
      readonly names: readonly string[];
    }
  | { readonly kind: "granted"; readonly at: number; readonly by: string; readonly to: string }
  | { readonly kind: "returned"; readonly at: number; readonly by: string; readonly person: string }
  | { readonly kind: "opened"; readonly at: number; readonly by: string; readonly reason: OpeningReason }
  | { readonly kind: "notice"; readonly at: number; readonly notice: LogNotice };

/** A room as a custodian has read it: plain data, to be written down. */
export interface RoomRecord {
  readonly room: RoomId;
  readonly kind: RoomKind;
  readonly title: string;
  readonly familyName: string;
  readonly practiceName: string;
  readonly closed: boolean;
  /** False when it came in later, and reads from then on. */
  readonly isFromTheStart: boolean;
  readonly people: readonly RecordedPerson[];
  /** In a team room: the family as its therapists recorded it. */
  readonly family: readonly Person[];
  readonly lines: readonly RecordedLine[];
  /** Everybody who wrote has seen the key log that the server shows. False is a warning: some may not have been shown the opening. */
  readonly agreesWithLog: boolean;
}

/** Everything that a room's memory holds, with names in place of accounts. */
export function recordOf(memory: RoomMemory, agreesWithLog: boolean): RoomRecord {
  const { card, people, room, state } = memory;
  return {
    room,
    kind: card.kind,
    title: card.title,
    familyName: card.familyName,
    practiceName: card.practiceName,
    closed: state.closed,
    isFromTheStart: memory.joinedEpoch === 0,
    people: [...people.values()].map(({ account, name, role }) => ({
      account,
      name,
      role,
      isIn: memberOf(state, account) !== null,
    })),
    family: familyOf(memory.family)?.people ?? [],
    lines: memory.lines.map((line) => recordedLine(line, (account) => people.get(account)?.name ?? "")),
    agreesWithLog,
  };
}

const recordedLine = (line: LogLine, nameOf: (account: string) => string): RecordedLine => {
  const { at } = line;
  switch (line.kind) {
    case "message": {
      const { author, editedAt, entry, text, to } = line;
      return { kind: "message", entry, at, by: nameOf(author), text, editedAt, to };
    }
    case "file":
      return { kind: "file", at, by: nameOf(line.author), file: line.file };
    case "deleted":
      return { kind: "deleted", at, by: nameOf(line.author), deletedAt: line.deletedAt };
    case "audience":
      return { kind: "audience", at, change: line.change, names: line.names };
    case "granted":
      return { kind: "granted", at, by: nameOf(line.by), to: nameOf(line.to) };
    case "returned":
      return { kind: "returned", at, by: nameOf(line.by), person: nameOf(line.account) };
    case "opened":
      return { kind: "opened", at, by: nameOf(line.by), reason: line.reason };
    case "notice":
      return { kind: "notice", at, notice: line.notice };
  }
};
