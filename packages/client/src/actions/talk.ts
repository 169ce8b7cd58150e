import { encodeUtf8, frameBodyBytesMax, SEEN_MAX } from "@sotto/vault";
import type { Actions } from "../client.ts";
import { DONE, done, refused } from "../done.ts";
import type { Home } from "../home.ts";
import { whyReadOnly } from "./read-only.ts";
import { unlocked, whileUnlocked } from "./unlocked.ts";

/** Room beside the text for the body's label and length. */
const AROUND_TEXT_BYTES = 64;
const TEXT_BYTES_MAX = Math.min(
  60_000,
  frameBodyBytesMax({ seen: SEEN_MAX, gossip: true }) - AROUND_TEXT_BYTES,
);

type TalkActions = Pick<Actions, "send" | "discard" | "saveDraft" | "markRead">;

/** What everybody does in a room. `home` answers null while locked. */
export function makeTalkActions(home: () => Home | null): TalkActions {
  return {
    send: ({ readers, room, text }) =>
      unlocked(home, async (open) => {
        const { desk, outbox, rooms } = open;
        if (text.trim() === "") return refused("empty");
        if (!text.isWellFormed() || encodeUtf8(text).length > TEXT_BYTES_MAX) return refused("too-long");
        const memory = rooms.get(room);
        if (memory === null) return refused("not-here");
        const isClosed = whyReadOnly(open, memory);
        if (isClosed !== null) return refused(isClosed === "closed" ? "room-closed" : "not-allowed");
        const draft = desk.draftOf(room);
        const entry = await outbox.add(
          room,
          { kind: "message", text },
          readers ?? memory.state.members.map((member) => member.account),
        );
        // What has been typed since belongs to the next message.
        if (desk.draftOf(room) === draft) await desk.saveDraft(room, "");
        return done(entry);
      }),
    discard: ({ entry }) =>
      unlocked(home, async ({ outbox }) => {
        await outbox.discard(entry);
        return DONE;
      }),
    saveDraft: ({ room, text }) => whileUnlocked(home, ({ desk }) => desk.saveDraft(room, text)),
    markRead: (room) =>
      whileUnlocked(home, ({ desk, rooms }) => desk.markRead(room, rooms.get(room)?.seq ?? 0)),
  };
}
