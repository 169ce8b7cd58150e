import { parseId } from "@sotto/domain";
import type { EntryId, FamilyId, RoomId } from "@sotto/domain";
import { ByteReader, ByteWriter, decodeUtf8, encodeUtf8, idFromBytes, idToBytes } from "@sotto/vault";
import type { Bytes } from "@sotto/vault";
import { plannedRoomId } from "../ids.ts";
import type { AgreementWork } from "../agreement.ts";
import type { LocalRecords } from "./records.ts";
import { decodeWork, encodeWork } from "./agreement-work.ts";

const READ_BYTES = 6;
const ID_BYTES = 16;

/** Drafts and reading positions of the rooms, and agreements that are being composed, on this device only. */
export class Desk {
  readonly #local: LocalRecords;
  readonly #changed: () => void;
  readonly #isOver: (room: RoomId) => boolean;
  readonly #drafts = new Map<RoomId, string>();
  /** The entry that a draft answers. */
  readonly #replies = new Map<RoomId, EntryId>();
  readonly #read = new Map<RoomId, number>();
  /** Agreements that are being composed. */
  readonly #work = new Map<FamilyId, AgreementWork>();

  /** `isOver`: whether a room has ended. Nothing of it is written any more, whoever still types. */
  constructor(local: LocalRecords, changed: () => void, isOver: (room: RoomId) => boolean) {
    this.#local = local;
    this.#changed = changed;
    this.#isOver = isOver;
  }

  async load(): Promise<void> {
    for (const { name, value } of await this.#local.readAllSealed("draft/")) {
      const room = parseId<RoomId>(name.slice("draft/".length));
      if (room !== null) this.#drafts.set(room, decodeUtf8(value));
    }
    for (const { name, value } of await this.#local.readAllSealed("reply/")) {
      const room = parseId<RoomId>(name.slice("reply/".length));
      const entry = value.length === ID_BYTES ? parseId<EntryId>(idFromBytes(value)) : null;
      if (room !== null && entry !== null) this.#replies.set(room, entry);
    }
    for (const { name, value } of await this.#local.readAllSealed("agreement/")) {
      const family = parseId<FamilyId>(name.slice("agreement/".length));
      const work = decodeWork(value);
      if (family !== null && work !== null) this.#work.set(family, work);
    }
    for (const { name, value } of await this.#local.readAllSealed("read/")) {
      const room = parseId<RoomId>(name.slice("read/".length));
      if (room !== null && value.length === READ_BYTES) {
        this.#read.set(room, new ByteReader(value).unsigned(READ_BYTES));
      }
    }
  }

  /** The agreement that is being composed for a family on this device. */
  workOf(family: FamilyId): AgreementWork | null {
    return this.#work.get(family) ?? null;
  }

  async saveWork(family: FamilyId, work: AgreementWork | null): Promise<void> {
    if (work === null) this.#work.delete(family);
    else this.#work.set(family, work);
    this.#changed();
    await this.#local.writeSealed(`agreement/${family}`, work === null ? null : encodeWork(work));
  }

  draftOf(room: RoomId): string {
    return this.#drafts.get(room) ?? "";
  }

  /** The entry that the draft answers; null for none. */
  replyOf(room: RoomId): EntryId | null {
    return this.#replies.get(room) ?? null;
  }

  /** How far this person has read, by the room's count. */
  readSeqOf(room: RoomId): number {
    return this.#read.get(room) ?? 0;
  }

  /** Shows nobody anything new: whoever types sees it already, and computing every view at every key would be felt. */
  async saveDraft(room: RoomId, text: string, to: EntryId | null = this.replyOf(room)): Promise<void> {
    if (this.#isOver(room)) return;
    const saved = [this.#saveReply(room, to)];
    // What cannot be written down whole is no draft.
    if (text.isWellFormed() && text !== this.draftOf(room)) {
      this.#drafts.set(room, text);
      saved.push(this.#local.writeSealed(`draft/${room}`, text === "" ? null : encodeUtf8(text)));
    }
    await Promise.all(saved);
  }

  /** Entries that are gone: a draft that answered one of them stays, and answers nothing any more. */
  async letGo(room: RoomId, entries: readonly EntryId[]): Promise<void> {
    const to = this.replyOf(room);
    if (to !== null && entries.includes(to)) await this.#saveReply(room, null);
  }

  async #saveReply(room: RoomId, to: EntryId | null): Promise<void> {
    if (to === this.replyOf(room)) return;
    if (to === null) this.#replies.delete(room);
    else this.#replies.set(room, to);
    this.#changed();
    const body: Bytes | null = to === null ? null : idToBytes(to);
    await this.#local.writeSealed(`reply/${room}`, body);
  }

  async markRead(room: RoomId, seq: number): Promise<void> {
    if (seq <= this.readSeqOf(room) || this.#isOver(room)) return;
    this.#read.set(room, seq);
    this.#changed();
    const body = new ByteWriter().unsigned(seq, READ_BYTES).bytes();
    await this.#local.writeSealed(`read/${room}`, body);
  }

  /** This person is not in the room any more; one who comes back counts anew. */
  async forget(room: RoomId): Promise<void> {
    this.#drafts.delete(room);
    this.#replies.delete(room);
    this.#read.delete(room);
    const over = [...this.#work.keys()].filter((family) => plannedRoomId({ family, key: "team" }) === room);
    for (const family of over) await this.saveWork(family, null);
    await this.#local.remove(`draft/${room}`);
    await this.#local.remove(`reply/${room}`);
    await this.#local.remove(`read/${room}`);
  }
}
