import { mayDelete, mayEdit } from "@sotto/domain";
import type { EntryId } from "@sotto/domain";
import { encodeUtf8, frameBodyBytesMax, SEEN_MAX } from "@sotto/vault";
import type { Actions, Done } from "../client.ts";
import { DONE, done, refused } from "../done.ts";
import type { Home } from "../home.ts";
import { membersIn } from "../sync/room-memory.ts";
import { removeBytes } from "./files.ts";
import { undoSecondsOf } from "./preferences.ts";
import { refusalToWrite } from "./read-only.ts";
import { unlocked, whileUnlocked } from "./unlocked.ts";

/** Room beside the text for the body's label and length. */
const AROUND_TEXT_BYTES = 64;
const TEXT_BYTES_MAX = Math.min(
  60_000,
  frameBodyBytesMax({ seen: SEEN_MAX, gossip: true }) - AROUND_TEXT_BYTES,
);

type TalkActions = Pick<
  Actions,
  "send" | "undo" | "sendNow" | "edit" | "deleteForAll" | "discard" | "saveDraft" | "markRead"
>;

/** What everybody does in a room. `home` answers null while locked. */
export function makeTalkActions(home: () => Home | null): TalkActions {
  return {
    send: (wish) => unlocked(home, (open) => send(open, wish)),
    undo: ({ entry }) =>
      unlocked<{ readonly text: string; readonly to: EntryId | null }>(home, async ({ outbox }) => {
        const said = (await outbox.undo(entry))?.body;
        if (said?.kind !== "message" && said?.kind !== "reply") return refused("sent-already");
        return done({ text: said.text, to: said.kind === "reply" ? said.to : null });
      }),
    sendNow: ({ entry }) =>
      unlocked(home, async ({ outbox }) => {
        outbox.release(entry);
        return DONE;
      }),
    edit: (wish) => unlocked(home, (open) => edit(open, wish)),
    deleteForAll: ({ entry, room }) =>
      unlocked(home, async (open) => {
        const { outbox, person, rooms } = open;
        // What has not gone out has nobody to be taken from.
        if ((await outbox.undo(entry)) !== null) return DONE;
        const memory = rooms.get(room) ?? (await rooms.opened(room));
        const known = memory?.entries.get(entry);
        const waiting = outbox.of(room).find((other) => other.entry === entry);
        if (known === undefined && waiting === undefined) return refused("not-here");
        if (known !== undefined && !mayDelete(known, person.account)) return refused("not-allowed");
        const closed = memory === null ? null : refusalToWrite(open, memory);
        if (closed !== null) return refused(closed);
        if ((known?.kind ?? waiting?.body.kind) === "file") {
          // First what it holds: an entry that is left without its bytes can be deleted again, bytes without an entry by nobody.
          const removed = await removeBytes(open, { room, entry });
          if (removed.kind === "refused" && removed.refusal !== "not-here") return removed;
        }
        await outbox.takeAway(room, entry);
        return DONE;
      }),
    discard: ({ entry }) =>
      unlocked(home, async ({ outbox }) => {
        await outbox.discard(entry);
        return DONE;
      }),
    saveDraft: ({ room, text, to }) => whileUnlocked(home, ({ desk }) => desk.saveDraft(room, text, to)),
    markRead: (room) =>
      whileUnlocked(home, ({ desk, rooms }) => desk.markRead(room, rooms.get(room)?.seq ?? 0)),
  };
}

/** Why this cannot be said; null when it can. */
const troubleWith = (text: string): "empty" | "too-long" | null => {
  if (text.trim() === "") return "empty";
  return !text.isWellFormed() || encodeUtf8(text).length > TEXT_BYTES_MAX ? "too-long" : null;
};

async function send(open: Home, wish: Parameters<Actions["send"]>[0]): Promise<Done<EntryId>> {
  const { desk, outbox, rooms, vault } = open;
  const { mayUndo = false, room, text, to = null } = wish;
  const trouble = troubleWith(text);
  if (trouble !== null) return refused(trouble);
  const [draft, reply] = [desk.draftOf(room), desk.replyOf(room)];
  const memory = rooms.get(room) ?? (await rooms.opened(room));
  if (memory === null) return refused("not-here");
  const closed = refusalToWrite(open, memory);
  if (closed !== null) return refused(closed);
  const body = to === null ? ({ kind: "message", text } as const) : ({ kind: "reply", to, text } as const);
  const entry = await outbox.add(room, body, {
    readers: wish.readers ?? membersIn(memory, memory.state.epoch),
    heldMs: mayUndo ? undoSecondsOf(vault.state) * 1000 : 0,
  });
  // What has been typed since belongs to the next message.
  if (desk.draftOf(room) === draft && desk.replyOf(room) === reply) await desk.saveDraft(room, "", null);
  return done(entry);
}

async function edit(open: Home, wish: Parameters<Actions["edit"]>[0]): Promise<Done> {
  const { outbox, person, ports, rooms } = open;
  const { entry, room, text } = wish;
  const trouble = troubleWith(text);
  if (trouble !== null) return refused(trouble);
  const memory = rooms.get(room) ?? (await rooms.opened(room));
  const known = memory?.entries.get(entry);
  if (memory === null || known === undefined || memory.taken.deleted.has(entry)) return refused("not-here");
  const closed = refusalToWrite(open, memory);
  if (closed !== null) return refused(closed);
  const { account: author } = person;
  // By this device's clock; what everybody goes by is the log's.
  const may = mayEdit({ entry, ...known }, { author, at: ports.now() });
  if (!may)
    return refused(mayEdit({ entry, ...known }, { author, at: known.at }) ? "too-late" : "not-allowed");
  const before = outbox.of(room).filter(({ body }) => body.kind === "edit" && body.target === entry);
  // Somebody who came in since does not learn by the new words what the old ones said: then it is refused.
  const readers = membersIn(memory, known.epoch);
  await outbox.add(room, { kind: "edit", target: entry, text }, { readers });
  // A change that has not gone out makes way for the next one, once that is safe.
  for (const waiting of before) await outbox.undo(waiting.entry);
  return DONE;
}
