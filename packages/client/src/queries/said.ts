import { EDIT_WITHIN_MS, fileName, mayDelete } from "@sotto/domain";
import type { AccountId, EntryId } from "@sotto/domain";
import type { Quote, Reader, RoomLineEntry } from "../client.ts";
import type { LogLine, RoomMemory } from "../sync/room-memory.ts";
import { membersIn } from "../sync/room-memory.ts";
import { lineOf } from "../sync/taken.ts";
import { fileLine } from "./file-lines.ts";

/** What is looked at, and by whom. */
export interface Look {
  /** Null for a room that this person is no longer in. */
  readonly memory: RoomMemory | null;
  readonly me: AccountId;
  readonly authorOf: (account: AccountId) => Reader;
  /** False where nobody, or not this person, writes: then nothing is changed or deleted either. */
  readonly mayWrite: boolean;
  /** What this person has deleted, and nobody else may have heard of yet. */
  readonly going: ReadonlySet<EntryId>;
}

const QUOTE_GRAPHEMES_MAX = 120;
const graphemes = new Intl.Segmenter(undefined, { granularity: "grapheme" });

/** How a text begins, cut between what a reader sees as characters. */
export function beginningOf(text: string, countMax = QUOTE_GRAPHEMES_MAX): string {
  // No character of a reader's is worth more looking at than this.
  const near = text
    .slice(0, countMax * 20)
    .trimStart()
    .replaceAll(/\s+/g, " ");
  let [count, end] = [0, 0];
  for (const { index, segment } of graphemes.segment(near)) {
    if (count === countMax) return `${near.slice(0, end).trimEnd()}…`;
    count++;
    end = index + segment.length;
  }
  return near.length < text.trim().length && near.length >= countMax * 20 ? `${near}…` : near;
}

/** The words that stand for something that was said: of a file, its name. */
export function wordsOf(line: LogLine & { readonly kind: "message" | "file" }): string {
  return line.kind === "message" ? line.text : fileName(line.file.name);
}

/** What an entry that is answered shows of itself to this reader, today. */
export function quoteOf(to: EntryId, { authorOf, going, memory }: Look): Quote {
  if (going.has(to)) return { kind: "deleted" };
  const line = memory === null ? null : lineOf(memory, to);
  if (line?.kind === "message" || line?.kind === "file") {
    const author = authorOf(line.author);
    const isFile = line.kind === "file";
    return { kind: "shown", entry: to, author, text: beginningOf(wordsOf(line)), isFile };
  }
  return { kind: memory?.taken.deleted.has(to) === true ? "deleted" : "before" };
}

/** One line of a room's log as this reader sees it. */
export function lineView(line: LogLine, look: Look): RoomLineEntry {
  switch (line.kind) {
    case "message": {
      const { at, author, editedAt, entry, text, to } = line;
      const isMine = author === look.me;
      return {
        kind: "message",
        entry,
        author: look.authorOf(author),
        text,
        quote: to === null ? null : quoteOf(to, look),
        at,
        editedAt,
        editableUntil: isMine && look.mayWrite && isAmongThemselves(entry, look) ? at + EDIT_WITHIN_MS : null,
        mayDelete: look.mayWrite && mayDelete({ author, kind: to === null ? "message" : "reply" }, look.me),
        state: { kind: "sent" },
        pending: null,
        wish: null,
      };
    }
    case "deleted": {
      const { at, author, deletedAt, entry } = line;
      return { kind: "deleted", entry, author: look.authorOf(author), at, deletedAt };
    }
    case "file": {
      const { at, author, entry, file } = line;
      return fileLine({
        entry,
        author: look.authorOf(author),
        file,
        at,
        mayDelete: look.mayWrite && mayDelete({ author, kind: "file" }, look.me),
        state: { kind: "sent" },
      });
    }
    case "audience":
    case "notice":
      return line;
    case "granted":
      return { ...line, by: look.authorOf(line.by), to: look.authorOf(line.to) };
    case "opened": {
      const { allowedBy, by, ...rest } = line;
      const allowed = allowedBy === null ? null : look.authorOf(allowedBy);
      return { ...rest, by: look.authorOf(by), allowedBy: allowed };
    }
    case "returned": {
      const { account, ...rest } = line;
      return { ...rest, by: look.authorOf(line.by), person: look.authorOf(account) };
    }
  }
}

/** Whether everybody who is in the room now was there when this was said. */
const isAmongThemselves = (entry: EntryId, { memory }: Look): boolean => {
  const epoch = memory?.entries.get(entry)?.epoch;
  if (memory === null || epoch === undefined) return false;
  if (epoch === memory.state.epoch) return true;
  const then = membersIn(memory, epoch);
  return memory.state.members.every(({ account }) => then.includes(account));
};
