import type { EntryId } from "@sotto/domain";
import type { RoomLineEntry } from "../client.ts";
import { targetOf, type Waiting } from "../outbox/waiting.ts";
import { fileLine } from "./file-lines.ts";
import { quoteOf } from "./said.ts";
import type { Look } from "./said.ts";

type Message = RoomLineEntry & { readonly kind: "message" };
type FileLine = RoomLineEntry & { readonly kind: "file" };
type Said = RoomLineEntry & { readonly kind: "message" | "file" };

/** What was written here and is not in the room's log yet, at the end. What is being deleted before it ever got there is gone at once. */
export function waitingLines(waiting: readonly Waiting[], look: Look): readonly RoomLineEntry[] {
  const said = waiting.flatMap(({ at, body, entry, state }): readonly Said[] => {
    const author = look.authorOf(look.me);
    if (body.kind === "file") return [fileLine({ entry, author, file: body, at, mayDelete: false, state })];
    if (body.kind !== "message" && body.kind !== "reply") return [];
    return [
      {
        kind: "message",
        entry,
        author,
        text: body.text,
        quote: body.kind === "reply" ? quoteOf(body.to, look) : null,
        at,
        editedAt: null,
        editableUntil: null,
        mayDelete: state.kind === "waiting",
        state,
        pending: entry,
        wish: null,
      },
    ];
  });
  return withWaiting(said, waiting);
}

/** The lines with what waits to change or delete them: its author sees their wish at once. */
export function withWaiting(
  lines: readonly RoomLineEntry[],
  waiting: readonly Waiting[],
): readonly RoomLineEntry[] {
  const wishes = new Map<EntryId, Waiting>();
  for (const wish of waiting) {
    const target = targetOf(wish.body);
    if (target !== null) wishes.set(target, wish);
  }
  if (wishes.size === 0) return lines;
  return lines.map((line) => {
    if (line.kind !== "message" && line.kind !== "file") return line;
    const wish = wishes.get(line.entry);
    if (wish === undefined) return line;
    // Of what has not gone out itself, that is to be read; what was refused about it is let go with it.
    if (line.state.kind !== "sent" && wish.state.kind === "refused") return line;
    return line.kind === "message" ? wished(line, wish) : wishedFile(line, wish);
  });
}

/** What this person has deleted, and nobody else may have heard of yet. */
export function goingOf(waiting: readonly Waiting[]): ReadonlySet<EntryId> {
  return new Set(
    waiting.flatMap(({ body, state }) =>
      body.kind === "deletion" && state.kind !== "refused" ? [body.target] : [],
    ),
  );
}

const wished = (line: Message, { at, body, entry: pending, state }: Waiting): RoomLineEntry => {
  const isRefused = state.kind === "refused";
  if (body.kind === "edit") {
    // Nobody else reads the new words: it is not called changed.
    const editedAt = isRefused ? line.editedAt : at;
    return { ...line, text: body.text, editedAt, state, pending, wish: "change" };
  }
  if (isRefused) return { ...line, state, pending, wish: "deletion" };
  return deleted(line);
};

const wishedFile = (line: FileLine, { entry: pending, state }: Waiting): RoomLineEntry =>
  state.kind === "refused" ? { ...line, state, pending, wish: "deletion" } : deleted(line);

const deleted = ({ at, author, entry }: Said): RoomLineEntry => ({
  kind: "deleted",
  entry,
  author,
  at,
  deletedAt: null,
});
