import type { EntryBody, EntryId, RoomId } from "@sotto/domain";
import { identityFor, memberOf, sealFrame, seenOf, toBase64Url, toHex, VaultFault } from "@sotto/vault";
import type { Bytes } from "@sotto/vault";
import type { Call } from "../api.ts";
import type { ClientRefusal, Done } from "../client.ts";
import { ClientFault, DONE, refused } from "../done.ts";
import { encodeEntry } from "../entry/codec.ts";
import { makeTimedId, toId } from "../ids.ts";
import type { LocalRecords } from "../local/records.ts";
import type { Ports } from "../ports.ts";
import { makeBackground } from "../serial.ts";
import type { RoomMemory } from "../sync/room-memory.ts";
import type { Rooms } from "../sync/rooms.ts";
import type { VaultKeeper } from "../sync/vault-keeper.ts";
import { decodeWaiting, encodeWaiting } from "./waiting.ts";
import type { Waiting } from "./waiting.ts";
import { readOrNull } from "../unreadable.ts";

interface Parts {
  readonly ports: Ports;
  readonly call: Call;
  readonly local: LocalRecords;
  readonly vault: VaultKeeper;
  readonly rooms: Rooms;
  readonly account: string;
  readonly changed: () => void;
}

type Ended = (end: Done) => void;

const TRIES_MAX = 8;
const AGAIN_AFTER_MS_FIRST = 3_000;
const AGAIN_AFTER_MS_MAX = 60_000;

/**
 * What waits to be sent, sealed on this device before anybody is told that it is safe. Each room has a line of its own, in
 * the order of writing: one that is in trouble stops no other. An entry keeps its id through every attempt, so it stands in
 * the room once, however often it was sent.
 */
export class Outbox {
  readonly #parts: Parts;
  /** One running client is one stream; its frames are numbered by the room's log itself. */
  readonly #stream: string;
  readonly #waiting = new Map<EntryId, Waiting>();
  readonly #ended = new Map<EntryId, Ended>();
  readonly #lines = new Map<RoomId, () => void>();
  #newest: EntryId | null = null;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #againAfterMs = AGAIN_AFTER_MS_FIRST;
  /** `joining`: the rooms are coming into step, or the first connection is still being made. */
  #way: "joining" | "open" | "shut" = "joining";
  readonly #decided: (() => void)[] = [];
  #isClosed = false;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#stream = toHex(parts.ports.random(8));
  }

  of(room: RoomId): readonly Waiting[] {
    return [...this.#waiting.values()].filter((waiting) => waiting.room === room);
  }

  /** Takes up what this device holds. A record that is damaged stays where it is and stops nothing. */
  async load(): Promise<void> {
    for (const name of await this.#parts.local.list("outbox/")) {
      const bytes = await this.#parts.local.readSealed(name);
      const waiting =
        bytes === null
          ? null
          : readOrNull(() => decodeWaiting(toId<EntryId>(name.slice("outbox/".length)), bytes));
      if (waiting === null) continue;
      this.#waiting.set(waiting.entry, waiting);
      this.#newest = waiting.entry;
    }
  }

  /** The rooms are in step with the server: sending may begin, or go on. */
  start(): void {
    this.#againAfterMs = AGAIN_AFTER_MS_FIRST;
    this.#decide("open");
    this.#runAll();
  }

  /** There is a server; the rooms are coming into step with it. */
  join(): void {
    if (this.#way === "shut") this.#way = "joining";
  }

  /** There is no server to send to. */
  pause(): void {
    this.#decide("shut");
  }

  close(): void {
    this.#isClosed = true;
    this.pause();
    if (this.#timer !== null) clearTimeout(this.#timer);
    for (const end of this.#ended.values()) end(refused("locked"));
    this.#ended.clear();
  }

  /** Durable on this device when it answers. */
  async add(room: RoomId, body: EntryBody, readers: readonly string[] | null = null): Promise<EntryId> {
    return this.#put({ room, body, readers, ended: null });
  }

  /** Adds and waits until the room holds it. `offline` when there is no server, rather than waiting for one. */
  async post(room: RoomId, body: EntryBody): Promise<Done> {
    if (this.#way === "joining") await new Promise<void>((resolve) => this.#decided.push(resolve));
    if (this.#isClosed) return refused("locked");
    if (this.#way !== "open") return refused("offline");
    return new Promise((resolve, reject) => {
      this.#put({ room, body, readers: null, ended: resolve }).catch(reject);
    });
  }

  /** The room's log holds it. */
  arrived(entry: EntryId): void {
    if (!this.#waiting.delete(entry)) return;
    // Where it stays on the device, after a lock, the room's log is found to hold it at the next start.
    void this.#parts.local.writeSealed(nameOf(entry), null).catch(() => null);
    this.#end(entry, DONE);
  }

  async discard(entry: EntryId): Promise<void> {
    const waiting = this.#waiting.get(entry);
    if (waiting === undefined || waiting.state.kind !== "refused") return;
    this.#waiting.delete(entry);
    await this.#parts.local.writeSealed(nameOf(entry), null);
    this.#parts.changed();
  }

  async #put(wish: {
    readonly room: RoomId;
    readonly body: EntryBody;
    readonly readers: readonly string[] | null;
    readonly ended: Ended | null;
  }): Promise<EntryId> {
    const { changed, local, ports } = this.#parts;
    const { body, ended, readers, room } = wish;
    const at = ports.now();
    const entry = makeTimedId<EntryId>({ random: ports.random, now: at, after: this.#newest });
    this.#newest = entry;
    const waiting: Waiting = { entry, room, body, readers, at, state: { kind: "waiting" } };
    await local.writeSealed(nameOf(entry), encodeWaiting(waiting));
    if (this.#isClosed) throw new ClientFault("closed");
    this.#waiting.set(entry, waiting);
    if (ended !== null) this.#ended.set(entry, ended);
    changed();
    this.#run(room);
    return entry;
  }

  #decide(way: "open" | "shut"): void {
    this.#way = way;
    for (const resolve of this.#decided.splice(0)) resolve();
  }

  #end(entry: EntryId, end: Done): void {
    this.#ended.get(entry)?.(end);
    this.#ended.delete(entry);
  }

  #runAll(): void {
    const rooms = new Set([...this.#waiting.values()].map((waiting) => waiting.room));
    for (const room of rooms) this.#run(room);
  }

  #run(room: RoomId): void {
    const known = this.#lines.get(room);
    const line =
      known ??
      makeBackground(
        () => this.#sendAll(room),
        () => this.#later(),
      );
    if (known === undefined) this.#lines.set(room, line);
    line();
  }

  #later(): void {
    if (this.#isClosed || this.#timer !== null) return;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.#runAll();
    }, this.#againAfterMs);
    this.#againAfterMs = Math.min(this.#againAfterMs * 2, AGAIN_AFTER_MS_MAX);
  }

  async #sendAll(room: RoomId): Promise<void> {
    for (;;) {
      const next = this.of(room).find((waiting) => waiting.state.kind === "waiting");
      if (next === undefined || this.#way !== "open") return;
      await this.#send(next);
    }
  }

  /** Sends one entry until the log holds it or the server has said a no that will stand. Throws when it cannot be told. */
  async #send(waiting: Waiting): Promise<void> {
    const { call, rooms } = this.#parts;
    const { entry, room } = waiting;
    for (let attempt = 0; attempt < TRIES_MAX; attempt++) {
      // An earlier attempt may have arrived without an answer: the log tells.
      if (attempt > 0 || rooms.get(room) === null) await rooms.pull(room);
      if (!this.#waiting.has(entry) || this.#way !== "open") return;
      const memory = rooms.get(room);
      if (memory === null) return this.#refuse(waiting, "not-here");
      const sealed = await this.#seal(waiting, memory);
      if (sealed.kind === "refused") return this.#refuse(waiting, sealed.refusal);
      const body = { bytes: toBase64Url(sealed.value) };
      const answer = await call("appendFrame", { params: { room }, body });
      if (answer.kind === "done") continue;
      switch (answer.refusal) {
        case "stale-epoch":
        case "not-here":
          continue;
        case "room-closed":
          // The room may have been opened again, or this device may not know yet that it is closed.
          continue;
        case "malformed":
        case "not-allowed":
        case "too-large":
          return this.#refuse(waiting, answer.refusal);
        default:
          throw new ClientFault("offline");
      }
    }
    throw new ClientFault("offline");
  }

  async #seal(waiting: Waiting, memory: RoomMemory): Promise<Done<Bytes>> {
    const { account, ports, vault } = this.#parts;
    const place = memberOf(memory.state, account);
    const me = place === null ? null : identityFor(vault.state.identities, place.identity);
    const keys = memory.epochs.get(memory.state.epoch)?.keys;
    if (place === null || place.role === "reader" || me === null || keys === undefined) {
      return refused("not-allowed");
    }
    if (memory.state.closed) return refused("room-closed");
    // Written for those who were named then: somebody who came in meanwhile does not learn it unasked.
    const { readers } = waiting;
    if (readers !== null && memory.state.members.some((member) => !readers.includes(member.account))) {
      return refused("stale-epoch");
    }
    const own = memory.streams.find((head) => head.stream === this.#stream);
    const pin = vault.state.logPin;
    try {
      const { bytes } = await sealFrame({
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
      return { kind: "done", value: bytes };
    } catch (error) {
      // What the format cannot say stays unsaid: trying again would say no more.
      if (error instanceof VaultFault && error.code === "misuse") return refused("too-large");
      throw error;
    }
  }

  #refuse(waiting: Waiting, refusal: ClientRefusal): void {
    this.#waiting.set(waiting.entry, { ...waiting, state: { kind: "refused", refusal } });
    this.#end(waiting.entry, refused(refusal));
    this.#parts.changed();
  }
}

const nameOf = (entry: EntryId): string => `outbox/${entry}`;
