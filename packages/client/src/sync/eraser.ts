import { LIMITS } from "@sotto/contract";
import type { EntryId, RoomId } from "@sotto/domain";
import type { Call } from "../api.ts";
import { needed } from "../done.ts";
import { toId } from "../ids.ts";
import type { LocalRecords } from "../local/records.ts";
import { makeBackground } from "../serial.ts";

const AGAIN_AFTER_MS = 5_000;

/** What stands at `erase/` on a device until the server has erased it. The name says it all. */
export const TO_ERASE = new Uint8Array([1]);

export function erasureName(room: RoomId, entry: EntryId): string {
  return `erase/${room}/${entry}`;
}

/**
 * Asks the server to erase what this person has deleted, until it has: the request that brought the deletion has done so already, unless it came from a client of before. What is to be erased stands on the device from the moment when the deletion was read, so that a client that ends in between goes on
 * where the one before it was.
 */
export class Eraser {
  readonly #call: Call;
  readonly #local: LocalRecords;
  /** Starts, or goes on. Without a server nothing is lost: the next connection starts it again. */
  readonly run: () => void;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #isClosed = false;

  constructor(call: Call, local: LocalRecords) {
    this.#call = call;
    this.#local = local;
    this.run = makeBackground(
      () => this.#eraseAll(),
      () => this.#later(),
    );
  }

  close(): void {
    this.#isClosed = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
  }

  #later(): void {
    if (this.#isClosed) return;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = setTimeout(this.run, AGAIN_AFTER_MS);
  }

  async #eraseAll(): Promise<void> {
    if (this.#isClosed) return;
    const rooms = new Map<RoomId, EntryId[]>();
    for (const name of await this.#local.list("erase/")) {
      const [, room = "", entry = ""] = name.split("/");
      const id = toId<RoomId>(room);
      rooms.set(id, [...(rooms.get(id) ?? []), toId<EntryId>(entry)]);
    }
    for (const [room, entries] of rooms) {
      for (let start = 0; start < entries.length; start += LIMITS.erasuresPerRequestMax) {
        await this.#erase(room, entries.slice(start, start + LIMITS.erasuresPerRequestMax));
      }
    }
  }

  async #erase(room: RoomId, frames: EntryId[]): Promise<void> {
    const answer = await this.#call("eraseFrames", { params: { room }, body: { frames } });
    // Whoever is no longer in the room can erase nothing there any more, and where the room has ended nothing is left.
    const isGone =
      answer.kind === "refused" && (answer.refusal === "not-here" || answer.refusal === "room-ended");
    if (!isGone) needed(answer);
    await this.#local.writePublic(frames.map((entry) => ({ name: erasureName(room, entry), value: null })));
  }
}
