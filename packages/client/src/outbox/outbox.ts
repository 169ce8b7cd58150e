import type { EntryBody, EntryId, RoomId } from "@sotto/domain";
import {
  ByteReader,
  ByteWriter,
  identityFor,
  memberOf,
  sealFrame,
  seenOf,
  toBase64Url,
  toHex,
} from "@sotto/vault";
import type { Bytes } from "@sotto/vault";
import type { Call } from "../api.ts";
import type { ClientRefusal, Done, EntryState } from "../client.ts";
import { ClientFault, DONE, refused } from "../done.ts";
import { decodeEntry, encodeEntry } from "../entry/codec.ts";
import { makeTimedId, toId } from "../ids.ts";
import type { LocalRecords } from "../local/records.ts";
import type { Ports } from "../ports.ts";
import { makeBackground } from "../serial.ts";
import type { RoomMemory } from "../sync/room-memory.ts";
import type { Rooms } from "../sync/rooms.ts";
import type { VaultKeeper } from "../sync/vault-keeper.ts";

/** Something written here that the room's log does not hold yet. */
export interface Waiting {
  readonly entry: EntryId;
  readonly room: RoomId;
  readonly body: EntryBody;
  readonly at: number;
  readonly state: EntryState;
}

interface Parts {
  readonly ports: Ports;
  readonly call: Call;
  readonly local: LocalRecords;
  readonly vault: VaultKeeper;
  readonly rooms: Rooms;
  readonly account: string;
  readonly changed: () => void;
}

const LABEL = "fam/local-outbox/1";
const RECORD_BYTES_MAX = 80_000;
const TRIES_MAX = 8;
const AGAIN_AFTER_MS = 3_000;

/**
 * What waits to be sent, in order, sealed on this device before anybody is told that it is safe. An entry keeps its id
 * through every attempt, so it stands in the room once, however often it was sent.
 */
export class Outbox {
  readonly #parts: Parts;
  /** One running client is one stream; its frames are numbered by the room's log itself. */
  readonly #stream: string;
  readonly #waiting = new Map<EntryId, Waiting>();
  readonly #ended = new Map<EntryId, (end: Done) => void>();
  readonly #run: () => void;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #isOpen = false;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#stream = toHex(parts.ports.random(8));
    this.#run = makeBackground(
      () => this.#work(),
      () => this.#later(),
    );
  }

  of(room: RoomId): readonly Waiting[] {
    return [...this.#waiting.values()].filter((waiting) => waiting.room === room);
  }

  async load(): Promise<void> {
    for (const name of await this.#parts.local.list("outbox/")) {
      const bytes = await this.#parts.local.readSealed(name);
      const waiting =
        bytes === null ? null : decodeWaiting(toId<EntryId>(name.slice("outbox/".length)), bytes);
      if (waiting !== null) this.#waiting.set(waiting.entry, waiting);
    }
  }

  /** The rooms are in step with the server: sending may begin, or go on. */
  start(): void {
    this.#isOpen = true;
    this.#run();
  }

  /** There is no server to send to. */
  pause(): void {
    this.#isOpen = false;
  }

  close(): void {
    this.pause();
    if (this.#timer !== null) clearTimeout(this.#timer);
    for (const end of this.#ended.values()) end(refused("locked"));
    this.#ended.clear();
  }

  /** Durable on this device when it answers. */
  async add(room: RoomId, body: EntryBody): Promise<EntryId> {
    const { changed, local, ports } = this.#parts;
    const at = ports.now();
    const entry = makeTimedId<EntryId>(ports.random, at);
    const waiting: Waiting = { entry, room, body, at, state: { kind: "waiting" } };
    await local.writeSealed(`outbox/${entry}`, encodeWaiting(waiting));
    this.#waiting.set(entry, waiting);
    changed();
    this.#run();
    return entry;
  }

  /** Adds and waits until the room holds it. */
  async post(room: RoomId, body: EntryBody): Promise<Done> {
    if (!this.#isOpen) return refused("offline");
    const entry = await this.add(room, body);
    if (!this.#waiting.has(entry)) return DONE;
    return new Promise((resolve) => this.#ended.set(entry, resolve));
  }

  /** The room's log holds it. */
  arrived(entry: EntryId): void {
    if (!this.#waiting.delete(entry)) return;
    void this.#parts.local.writeSealed(`outbox/${entry}`, null).catch(() => null);
    this.#end(entry, DONE);
  }

  async discard(entry: EntryId): Promise<void> {
    const waiting = this.#waiting.get(entry);
    if (waiting === undefined || waiting.state.kind !== "refused") return;
    this.#waiting.delete(entry);
    await this.#parts.local.writeSealed(`outbox/${entry}`, null);
    this.#parts.changed();
  }

  #end(entry: EntryId, end: Done): void {
    this.#ended.get(entry)?.(end);
    this.#ended.delete(entry);
  }

  #later(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#run(), AGAIN_AFTER_MS);
  }

  async #work(): Promise<void> {
    for (;;) {
      const next = [...this.#waiting.values()].find((waiting) => waiting.state.kind === "waiting");
      if (next === undefined || !this.#isOpen) return;
      await this.#send(next);
    }
  }

  /** Sends one entry until the log holds it or the server has said a no that will stand. Throws when it cannot be told. */
  async #send(waiting: Waiting): Promise<void> {
    const { call, rooms } = this.#parts;
    const { entry, room } = waiting;
    for (let attempt = 0; attempt < TRIES_MAX; attempt++) {
      // An earlier attempt may have arrived without an answer: the log tells.
      if (attempt > 0) await rooms.pull(room);
      if (!this.#waiting.has(entry)) return;
      const memory = rooms.get(room);
      if (memory === null) return this.#refuse(waiting, "not-here");
      const bytes = await this.#seal(waiting, memory);
      if (bytes === null) return this.#refuse(waiting, "not-allowed");
      const answer = await call("appendFrame", { params: { room }, body: { bytes: toBase64Url(bytes) } });
      if (answer.kind === "done" || answer.refusal === "stale-epoch" || answer.refusal === "not-here")
        continue;
      if (
        answer.refusal === "malformed" ||
        answer.refusal === "not-allowed" ||
        answer.refusal === "too-large"
      ) {
        return this.#refuse(waiting, answer.refusal);
      }
      throw new ClientFault("offline");
    }
    throw new ClientFault("offline");
  }

  async #seal(waiting: Waiting, memory: RoomMemory): Promise<Bytes | null> {
    const { account, ports, vault } = this.#parts;
    const place = memberOf(memory.state, account);
    const me = place === null ? null : identityFor(vault.state.identities, place.identity);
    const keys = memory.epochs.get(memory.state.epoch)?.keys;
    if (place === null || place.role === "reader" || me === null || keys === undefined) return null;
    const own = memory.streams.find((head) => head.stream === this.#stream);
    const pin = vault.state.logPin;
    const sealed = await sealFrame({
      me,
      keys,
      state: memory.state,
      id: waiting.entry,
      random: ports.random,
      stream: this.#stream,
      sequence: own === undefined ? 0 : own.sequence + 1,
      previous: own === undefined ? null : { epoch: own.epoch, hash: own.hash },
      seen: seenOf(memory.streams, this.#stream),
      sentAt: waiting.at,
      gossip: pin === null ? null : { size: pin.size, root: pin.root },
      ...encodeEntry(waiting.body),
    });
    return sealed.bytes;
  }

  async #refuse(waiting: Waiting, refusal: ClientRefusal): Promise<void> {
    const next: Waiting = { ...waiting, state: { kind: "refused", refusal } };
    this.#waiting.set(waiting.entry, next);
    this.#end(waiting.entry, refused(refusal));
    this.#parts.changed();
  }
}

// A refusal is not kept: after a reload the entry is tried once more, and refused again if it must be.
const encodeWaiting = (waiting: Waiting): Bytes => {
  const { kind, body } = encodeEntry(waiting.body);
  return ByteWriter.labelled(LABEL)
    .id(waiting.room)
    .unsigned(waiting.at, 6)
    .unsigned(kind, 2)
    .block32(body, RECORD_BYTES_MAX)
    .bytes();
};

const decodeWaiting = (entry: EntryId, bytes: Bytes): Waiting => {
  const reader = ByteReader.labelled(bytes, LABEL, RECORD_BYTES_MAX + 100);
  const room = toId<RoomId>(reader.id());
  const at = reader.unsigned(6);
  const kind = reader.unsigned(2);
  const body = decodeEntry({ kind, body: reader.block32(RECORD_BYTES_MAX) });
  reader.end();
  return { entry, room, body, at, state: { kind: "waiting" } };
};
