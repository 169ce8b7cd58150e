import { parseId } from "@sotto/domain";
import type { RoomId } from "@sotto/domain";
import { ByteReader, ByteWriter, decodeUtf8, encodeUtf8 } from "@sotto/vault";
import type { LocalRecords } from "./records.ts";

const READ_BYTES = 6;

/** Drafts and reading positions of the rooms, on this device only. */
export class Desk {
  readonly #local: LocalRecords;
  readonly #changed: () => void;
  readonly #drafts = new Map<RoomId, string>();
  readonly #read = new Map<RoomId, number>();

  constructor(local: LocalRecords, changed: () => void) {
    this.#local = local;
    this.#changed = changed;
  }

  async load(): Promise<void> {
    for (const name of await this.#local.list("draft/")) {
      const [room, body] = [parseId<RoomId>(name.slice("draft/".length)), await this.#local.readSealed(name)];
      if (room !== null && body !== null) this.#drafts.set(room, decodeUtf8(body));
    }
    for (const name of await this.#local.list("read/")) {
      const [room, body] = [parseId<RoomId>(name.slice("read/".length)), await this.#local.readSealed(name)];
      if (room !== null && body?.length === READ_BYTES) {
        this.#read.set(room, new ByteReader(body).unsigned(READ_BYTES));
      }
    }
  }

  draftOf(room: RoomId): string {
    return this.#drafts.get(room) ?? "";
  }

  /** How far this person has read, by the room's count. */
  readSeqOf(room: RoomId): number {
    return this.#read.get(room) ?? 0;
  }

  /** Shows nobody anything new: whoever types sees it already, and computing every view at every key would be felt. */
  async saveDraft(room: RoomId, text: string): Promise<void> {
    // What cannot be written down whole is no draft.
    if (!text.isWellFormed()) return;
    this.#drafts.set(room, text);
    await this.#local.writeSealed(`draft/${room}`, text === "" ? null : encodeUtf8(text));
  }

  async markRead(room: RoomId, seq: number): Promise<void> {
    if (seq <= this.readSeqOf(room)) return;
    this.#read.set(room, seq);
    this.#changed();
    const body = new ByteWriter().unsigned(seq, READ_BYTES).bytes();
    await this.#local.writeSealed(`read/${room}`, body);
  }

  /** This person is not in the room any more; one who comes back counts anew. */
  async forget(room: RoomId): Promise<void> {
    this.#drafts.delete(room);
    this.#read.delete(room);
    await this.#local.remove(`draft/${room}`);
    await this.#local.remove(`read/${room}`);
  }
}
