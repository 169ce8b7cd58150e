import type { EntryId } from "../id.ts";
import type { EntryKind } from "./entry.ts";

/** How long after something was said its author may still change its words, by the times in the room's log. */
export const EDIT_WITHIN_MS = 15 * 60_000;

/** What an author says and may take away again. Everything else is a record of itself, or about another entry. */
const DELETABLE: ReadonlySet<EntryKind> = new Set<EntryKind>(["message", "reply", "file"]);

/** What every reader knows of an entry that another one is about. */
export interface KnownEntry {
  readonly entry: EntryId;
  readonly author: string;
  readonly kind: EntryKind;
  /** When the log took it. */
  readonly at: number;
}

/** Whether this author's words at this time, by the log, may stand in place of the entry's. Everybody decides alike. */
export function mayEdit(entry: KnownEntry, by: { readonly author: string; readonly at: number }): boolean {
  const isText = entry.kind === "message" || entry.kind === "reply";
  return isText && entry.author === by.author && by.at - entry.at <= EDIT_WITHIN_MS;
}

/** Whether this author may take the entry away for everyone. */
export function mayDelete(entry: Pick<KnownEntry, "author" | "kind">, author: string): boolean {
  return entry.author === author && isDeletable(entry.kind);
}

/** Whether entries of this kind can be taken away by who wrote them. */
export function isDeletable(kind: EntryKind): boolean {
  return DELETABLE.has(kind);
}
