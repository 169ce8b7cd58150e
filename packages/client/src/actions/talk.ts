import {
  frameBodyBytesMax,
  encodeUtf8,
  decodeUtf8,
  memberOf,
  SEEN_MAX,
  ByteReader,
  ByteWriter,
} from "@sotto/vault";
import type { RoomId } from "@sotto/domain";
import type { Actions } from "../client.ts";
import { DONE, done, refused } from "../done.ts";
import type { Home } from "../home.ts";

/** Room beside the text for the body's label and length. */
const AROUND_TEXT_BYTES = 64;
const TEXT_BYTES_MAX = Math.min(
  60_000,
  frameBodyBytesMax({ seen: SEEN_MAX, gossip: true }) - AROUND_TEXT_BYTES,
);

/** Drafts and reading positions of the rooms, on this device only. */
export class Desk {
  readonly #home: Home;
  readonly #changed: () => void;
  readonly #drafts = new Map<RoomId, string>();
  readonly #read = new Map<RoomId, number>();

  constructor(home: Home, changed: () => void) {
    this.#home = home;
    this.#changed = changed;
  }

  async load(): Promise<void> {
    for (const { room } of this.#home.rooms.all) {
      const draft = await this.#home.local.readSealed(`draft/${room}`);
      if (draft !== null) this.#drafts.set(room, decodeUtf8(draft));
      const read = await this.#home.local.readSealed(`read/${room}`);
      if (read !== null) this.#read.set(room, new ByteReader(read).unsigned(6));
    }
  }

  draftOf(room: RoomId): string {
    return this.#drafts.get(room) ?? "";
  }

  /** How far this person has read, by the room's count. */
  readSeqOf(room: RoomId): number {
    return this.#read.get(room) ?? 0;
  }

  async saveDraft(room: RoomId, text: string): Promise<void> {
    this.#drafts.set(room, text);
    this.#changed();
    await this.#home.local.writeSealed(`draft/${room}`, text === "" ? null : encodeUtf8(text));
  }

  async markRead(room: RoomId): Promise<void> {
    const seq = this.#home.rooms.get(room)?.seq ?? 0;
    if (seq <= this.readSeqOf(room)) return;
    this.#read.set(room, seq);
    this.#changed();
    await this.#home.local.writeSealed(`read/${room}`, new ByteWriter().unsigned(seq, 6).bytes());
  }
}

type TalkActions = Pick<Actions, "send" | "discard" | "saveDraft" | "markRead">;

/** What everybody does in a room. `open` answers null while locked. */
export function makeTalkActions(
  open: () => { readonly home: Home; readonly desk: Desk } | null,
): TalkActions {
  return {
    send: async ({ room, text }) => {
      const unlocked = open();
      if (unlocked === null) return refused("locked");
      const { desk, home } = unlocked;
      if (text.trim() === "") return refused("empty");
      if (!text.isWellFormed() || encodeUtf8(text).length > TEXT_BYTES_MAX) return refused("too-long");
      const memory = home.rooms.get(room);
      if (memory === null) return refused("not-here");
      if (memberOf(memory.state, home.person.account)?.role === "reader") return refused("not-allowed");
      const entry = await home.outbox.add(room, { kind: "message", text });
      await desk.saveDraft(room, "");
      return done(entry);
    },
    discard: async ({ entry }) => {
      const unlocked = open();
      if (unlocked === null) return refused("locked");
      await unlocked.home.outbox.discard(entry);
      return DONE;
    },
    saveDraft: async ({ room, text }) => {
      await open()?.desk.saveDraft(room, text);
    },
    markRead: async (room) => {
      await open()?.desk.markRead(room);
    },
  };
}
