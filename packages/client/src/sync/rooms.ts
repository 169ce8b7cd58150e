import type { AnswerOf } from "@sotto/contract";
import type { RoomId } from "@sotto/domain";
import {
  ByteReader,
  ByteWriter,
  equalBytes,
  fromBase64Url,
  headMarkOf,
  leafHash,
  roomHeadLeaf,
  VaultFault,
} from "@sotto/vault";
import type { Bytes, RoomEvent } from "@sotto/vault";
import type { Call } from "../api.ts";
import { ClientFault } from "../done.ts";
import { toId } from "../ids.ts";
import type { LocalRecords } from "../local/records.ts";
import { makeLine } from "../serial.ts";
import type { Line } from "../serial.ts";
import type { Alarms } from "./alarms.ts";
import type { IdentityBook } from "./identity-book.ts";
import type { LogWitness } from "./log-witness.ts";
import { openRoom, takeItem } from "./room-memory.ts";
import type { ItemEffect, RawItem, RoomMemory } from "./room-memory.ts";
import type { VaultKeeper } from "./vault-keeper.ts";

interface Parts {
  readonly call: Call;
  readonly local: LocalRecords;
  readonly alarms: Alarms;
  readonly vault: VaultKeeper;
  readonly book: IdentityBook;
  readonly witness: LogWitness;
  readonly changed: () => void;
  /** Told each entry id that stands in a room's log. */
  readonly arrived: (entry: string) => void;
}

const SEQ_DIGITS = 12;
const ITEM_BYTES_MAX = 300_000;
const LABEL = "fam/local-item/1";

/**
 * The rooms of this account: what the device holds, then what the server has after it, then what comes live, each item
 * once and in order. A step that moves a room forward completes or throws; the caller tries again.
 */
export class Rooms {
  readonly #parts: Parts;
  readonly #memories = new Map<RoomId, RoomMemory>();
  readonly #lines = new Map<RoomId, Line>();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  get all(): readonly RoomMemory[] {
    return [...this.#memories.values()];
  }

  get(room: RoomId): RoomMemory | null {
    return this.#memories.get(room) ?? null;
  }

  /** Opens what this device holds. Needs no network as long as it holds the identities too. */
  async load(): Promise<void> {
    const names = await this.#parts.local.list("room/");
    for (const name of names) {
      const [, room, seq] = name.split("/");
      if (room === undefined || seq === undefined) continue;
      const bytes = await this.#parts.local.readPublic(name);
      const item = bytes === null ? null : decodeItem(Number(seq), bytes);
      // A hole: what comes after it is read from the server again.
      if (item === null || !this.#isNext(toId<RoomId>(room), item.seq)) continue;
      await this.#take(toId<RoomId>(room), item, "device");
    }
    this.#parts.changed();
  }

  /** Brings all rooms up to what the server lists, and forgets those it no longer lists. */
  async catchUp(): Promise<void> {
    const answer = await this.#parts.call("listRooms");
    if (answer.kind === "refused") throw new ClientFault("offline");
    const lines = new Map(answer.value.rooms.map((line) => [toId<RoomId>(line.room), line]));
    for (const room of this.#memories.keys()) {
      if (!lines.has(room)) await this.#inLine(room, () => this.#forget(room));
    }
    for (const [room, line] of lines) await this.#inLine(room, () => this.#reach(room, line));
    this.#parts.witness.check();
  }

  /** Reads what the server has of one room after what is known. A room that is gone is forgotten. */
  async pull(room: RoomId): Promise<void> {
    await this.#inLine(room, () => this.#pull(room));
    this.#parts.witness.check();
  }

  /** An item that came live. One that is not the next makes the room be read. */
  async receive(room: RoomId, item: RawItem): Promise<void> {
    await this.#inLine(room, async () => {
      const known = this.#memories.get(room)?.seq ?? 0;
      if (item.seq <= known) return;
      if (item.seq > known + 1) await this.#pull(room);
      else await this.#takeNew(room, [item]);
    });
    this.#parts.witness.check();
  }

  #inLine<Value>(room: RoomId, work: () => Promise<Value>): Promise<Value> {
    const line = this.#lines.get(room) ?? makeLine();
    this.#lines.set(room, line);
    return line(work);
  }

  #isNext(room: RoomId, seq: number): boolean {
    return seq === (this.#memories.get(room)?.seq ?? 0) + 1;
  }

  async #reach(room: RoomId, line: AnswerOf<"listRooms">["rooms"][number]): Promise<void> {
    const known = this.#memories.get(room);
    // Fewer items than are known here: this account left and came back, and counts anew.
    if (known !== undefined && line.seq < known.seq) await this.#forget(room);
    if ((this.#memories.get(room)?.seq ?? 0) < line.seq) await this.#pull(room);
    await this.#checkMark(room);
  }

  async #pull(room: RoomId): Promise<void> {
    for (;;) {
      const after = this.#memories.get(room)?.seq ?? 0;
      const query = { after: String(after) };
      const answer = await this.#parts.call("readRoom", { params: { room }, query });
      if (answer.kind === "refused") {
        if (answer.refusal !== "not-here") throw new ClientFault("offline");
        await this.#forget(room);
        return;
      }
      const items = answer.value.items.map((item) => ({ ...item, bytes: fromBase64Url(item.bytes) }));
      if (items.some((item, index) => item.seq !== after + index + 1)) throw new ClientFault("bad-answer");
      await this.#takeNew(room, items);
      if (!answer.value.more || items.length === 0) return;
    }
  }

  async #takeNew(room: RoomId, items: readonly RawItem[]): Promise<void> {
    for (const item of items) {
      if (!(await this.#take(room, item, "server"))) break;
    }
    this.#parts.changed();
  }

  /** False when the room is not there to go on with. */
  async #take(room: RoomId, item: RawItem, from: "device" | "server"): Promise<boolean> {
    const { alarms, book, local, vault, witness } = this.#parts;
    const opening = { mine: vault.state.identities, identityOf: book.identityOf };
    const known = this.#memories.get(room);
    let effect: ItemEffect;
    if (known === undefined) {
      const opened = await openRoom(item, room, opening);
      if (opened === null) {
        await alarms.raise("room-forked", room);
        return false;
      }
      this.#memories.set(room, opened.memory);
      effect = { kind: "event", event: opened.event };
    } else effect = await takeItem(known, item, opening);
    if (effect.kind === "removed") {
      await this.#forget(room);
      return false;
    }
    if (effect.kind === "refused") await alarms.raise("room-forked", room);
    if (effect.kind === "event") await this.#noteHead(room, effect.event);
    if (effect.kind === "frame") this.#parts.arrived(effect.frame.id);
    if (from === "device") return true;
    if (effect.kind === "event") witness.expect(leafHash(roomHeadLeaf(effect.event)));
    if (effect.kind === "frame" && effect.frame.gossip !== null) {
      witness.hear(effect.frame.author, effect.frame.gossip);
    }
    await local.writePublic([{ name: nameOf(room, item.seq), value: encodeItem(item) }]);
    return true;
  }

  /** Pins the head; an epoch that was pinned with another head is a fork. */
  async #noteHead(room: RoomId, event: RoomEvent): Promise<void> {
    const { alarms, vault } = this.#parts;
    const mark = headMarkOf(vault.state, room);
    if (mark?.epoch === event.epoch && !equalBytes(mark.head, event.hash)) {
      await alarms.raise("room-forked", room);
    }
    if (mark !== null && mark.epoch >= event.epoch) return;
    const next = { room, epoch: event.epoch, head: event.hash };
    vault.change((state) => ({
      ...state,
      heads: [...state.heads.filter((head) => head.room !== room), next],
    }));
  }

  /** After a catch-up no room may be older than any client of this person has seen it. */
  async #checkMark(room: RoomId): Promise<void> {
    const mark = headMarkOf(this.#parts.vault.state, room);
    const memory = this.#memories.get(room);
    if (mark !== null && memory !== undefined && memory.state.epoch < mark.epoch) {
      await this.#parts.alarms.raise("room-forked", room);
    }
  }

  async #forget(room: RoomId): Promise<void> {
    this.#memories.delete(room);
    await this.#parts.local.remove(`room/${room}/`);
    await this.#parts.local.remove(`draft/${room}`);
    this.#parts.changed();
  }
}

const nameOf = (room: RoomId, seq: number): string => `room/${room}/${String(seq).padStart(SEQ_DIGITS, "0")}`;

const encodeItem = (item: RawItem): Bytes =>
  ByteWriter.labelled(LABEL)
    .unsigned(item.kind === "event" ? 0 : 1, 1)
    .unsigned(item.at, 6)
    .block32(item.bytes, ITEM_BYTES_MAX)
    .bytes();

const decodeItem = (seq: number, bytes: Bytes): RawItem | null => {
  try {
    const reader = ByteReader.labelled(bytes, LABEL, ITEM_BYTES_MAX + 100);
    const kind = reader.choice(["event", "frame"]);
    const at = reader.unsigned(6);
    const body = reader.block32(ITEM_BYTES_MAX);
    reader.end();
    return { seq, kind, at, bytes: body };
  } catch (error) {
    if (error instanceof VaultFault) return null;
    throw error;
  }
};
