import type { EntryBody, EntryId, RoomId } from "@sotto/domain";
import { identityFor, memberOf, sealFrame, seenOf, toBase64Url, toHex, VaultFault } from "@sotto/vault";
import type { Bytes, StreamHead } from "@sotto/vault";
import type { Call } from "../api.ts";
import type { ClientRefusal, Done } from "../client.ts";
import { ClientFault, DONE, refused } from "../done.ts";
import { encodeEntry } from "../entry/codec.ts";
import { makeTimedId, toId } from "../ids.ts";
import type { LocalRecords } from "../local/records.ts";
import type { Ports } from "../ports.ts";
import { makeBackground } from "../serial.ts";
import { hasEnded } from "../sync/ending.ts";
import type { RoomMemory } from "../sync/room-memory.ts";
import type { Rooms } from "../sync/rooms.ts";
import { isTakenFrom } from "../sync/taken.ts";
import type { VaultKeeper } from "../sync/vault-keeper.ts";
import { completeBody } from "./complete-body.ts";
import { decodeWaiting, encodeWaiting, targetOf } from "./waiting.ts";
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

/** A stream of a room: its frames are numbered by the room's log itself. */
interface Stream {
  readonly id: string;
  /** What has gone out under it, and may be there or come to be there without being read here yet. */
  readonly doubts: Set<EntryId>;
}

const TRIES_MAX = 8;
const AGAIN_AFTER_MS_FIRST = 3_000;
const AGAIN_AFTER_MS_MAX = 60_000;
const HELD_MS_MAX = 30_000;
/** For so long what goes beside an entry lets it go first. */
const BESIDE_MS = 10_000;

/**
 * What waits to be sent, sealed on this device before anybody is told that it is safe. Each room has a line of its own, in
 * the order of writing: one that is in trouble stops no other. An entry keeps its id through every attempt, so it stands in
 * the room once, however often it was sent.
 */
export class Outbox {
  readonly #parts: Parts;
  /** One running client is one stream of a room. Where the room's log does not show all of it any more, or not yet, another one begins. */
  readonly #streams = new WeakMap<RoomMemory, Stream>();
  readonly #waiting = new Map<EntryId, Waiting>();
  readonly #ended = new Map<EntryId, Ended>();
  readonly #lines = new Map<RoomId, () => void>();
  /** What may be with the server already, whether it has answered or not. */
  readonly #tried = new Set<EntryId>();
  /** Of these no answer tells that they did not arrive; of some it tells that they did. */
  readonly #unrefused = new Set<EntryId>();
  readonly #held = new Map<EntryId, ReturnType<typeof setTimeout>>();
  /** The rooms for which something is being sealed and sent. */
  readonly #sending = new Map<RoomId, Promise<void>>();
  #newest: EntryId | null = null;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #againAfterMs = AGAIN_AFTER_MS_FIRST;
  /** `joining`: the rooms are coming into step, or the first connection is still being made. */
  #way: "joining" | "open" | "shut" = "joining";
  readonly #decided: (() => void)[] = [];
  #isClosed = false;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  of(room: RoomId): readonly Waiting[] {
    return [...this.#waiting.values()].filter((waiting) => waiting.room === room);
  }

  /** Takes up what this device holds. A record that is damaged stays where it is and stops nothing. */
  async load(): Promise<void> {
    for (const name of await this.#parts.local.list("outbox/")) {
      const waiting = await this.#readKept(toId<EntryId>(name.slice("outbox/".length)));
      if (waiting === null) continue;
      this.#waiting.set(waiting.entry, waiting);
      this.#newest = waiting.entry;
      if (waiting.state.kind === "held") this.#hold(waiting.entry, waiting.state.until);
      else {
        this.#tried.add(waiting.entry);
        this.#unrefused.add(waiting.entry);
      }
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
    for (const timer of this.#held.values()) clearTimeout(timer);
    for (const end of this.#ended.values()) end(refused("locked"));
    this.#ended.clear();
  }

  /** Durable on this device when it answers. `heldMs` keeps it there for a while, so that it can be taken back. */
  async add(
    room: RoomId,
    body: EntryBody,
    {
      heldMs = 0,
      readers = null,
    }: { readonly readers?: readonly string[] | null; readonly heldMs?: number } = {},
  ): Promise<EntryId> {
    return this.#put({ room, body, readers, heldMs, ended: null });
  }

  /** Takes an entry away for everyone, with all its changes: those that have not gone out never do. */
  async takeAway(room: RoomId, target: EntryId): Promise<void> {
    const waiting = this.of(room);
    const isUnderway = waiting.some(
      ({ body, state }) => body.kind === "deletion" && body.target === target && state.kind !== "refused",
    );
    for (const { body, entry } of waiting) {
      if (body.kind === "edit" && body.target === target) await this.undo(entry);
    }
    // What it names is read from the room's log when it goes out: until then there may be more.
    if (!isUnderway) await this.add(room, { kind: "deletion", target, frames: [] });
    // One that was refused before gives way, once what is asked for now is safe.
    for (const { body, entry } of waiting) {
      if (body.kind === "deletion" && body.target === target) await this.discard(entry);
    }
  }

  /** Takes back what has not gone out. Null when it has, or may have: then the room's log tells. */
  async undo(entry: EntryId): Promise<Waiting | null> {
    const waiting = this.#waiting.get(entry);
    if (waiting === undefined || (this.#tried.has(entry) && waiting.state.kind !== "refused")) return null;
    await this.#drop(waiting);
    return waiting;
  }

  /** What is held goes out now. */
  release(entry: EntryId): void {
    const waiting = this.#waiting.get(entry);
    clearTimeout(this.#held.get(entry));
    this.#held.delete(entry);
    if (waiting?.state.kind !== "held" || this.#isClosed) return;
    this.#waiting.set(entry, { ...waiting, state: { kind: "waiting" } });
    this.#parts.changed();
    this.#run(waiting.room);
  }

  /**
   * Adds and waits until the room holds it. `offline` when there is no server, rather than waiting for one. What goes `beside` it into other rooms is durable before it is,
   * goes out after it, and not at all where it is refused.
   */
  async post(
    room: RoomId,
    body: EntryBody,
    {
      beside = [],
      readers = null,
    }: {
      readonly readers?: readonly string[] | null;
      readonly beside?: readonly { readonly room: RoomId; readonly body: EntryBody }[];
    } = {},
  ): Promise<Done> {
    if (this.#way === "joining") await new Promise<void>((resolve) => this.#decided.push(resolve));
    if (this.#isClosed) return refused("locked");
    if (this.#way !== "open") return refused("offline");
    const kept: EntryId[] = [];
    for (const one of beside) {
      kept.push(await this.#put({ ...one, readers: null, heldMs: BESIDE_MS, ended: null }));
    }
    const { promise, resolve } = Promise.withResolvers<Done>();
    const entry = await this.#put({ room, body, readers, heldMs: 0, ended: resolve });
    const posted = await promise;
    // After a lock it still goes out, at the next start, and so does what is beside it.
    if (posted.kind === "done" || posted.refusal === "locked") {
      for (const one of kept) this.release(one);
      return posted;
    }
    for (const one of kept) await this.undo(one);
    // The next start would try it again, without what belongs to it or before others than it was written for.
    if (kept.length > 0 || readers !== null) await this.discard(entry);
    return posted;
  }

  has(entry: EntryId): boolean {
    return this.#waiting.has(entry);
  }

  /** An entry that was refused, as it waits for its writer to decide; null for any other. */
  refusedOf(entry: EntryId): Waiting | null {
    const waiting = this.#waiting.get(entry);
    return waiting?.state.kind === "refused" ? waiting : null;
  }

  /** Takes over an entry that has had its id from before: what it stands for is ready now. Durable when it answers. */
  async adopt(waiting: Waiting): Promise<void> {
    await this.#parts.local.writeSealed(nameOf(waiting.entry), encodeWaiting(waiting));
    if (this.#isClosed) throw new ClientFault("closed");
    this.#waiting.set(waiting.entry, waiting);
    this.#parts.changed();
    if (hasEnded(this.#parts.vault.state, waiting.room)) await this.#drop(waiting, refused("room-ended"));
    this.#run(waiting.room);
  }

  /** The room's log holds it. */
  arrived(entry: EntryId): void {
    if (!this.#waiting.delete(entry)) return;
    // Where it stays on the device, after a lock, the room's log is found to hold it at the next start.
    void this.#parts.local.writeSealed(nameOf(entry), null).catch(() => null);
    this.#end(entry, DONE);
  }

  /** The room's log holds it, and everybody leaves it out: its words stay here until their writer decides. */
  leftOut(entry: EntryId, refusal: ClientRefusal): void {
    const waiting = this.#waiting.get(entry);
    if (waiting === undefined) return;
    const { state } = waiting;
    // Said anew at each start, by the log.
    if (state.kind !== "refused" || state.refusal !== refusal) void this.#refuse(waiting, refusal);
  }

  /** Entries are gone: what was refused about them has no line any more on which its writer could decide. */
  forgetAbout(room: RoomId, gone: ReadonlySet<EntryId>): void {
    for (const waiting of this.of(room)) {
      const { body, state } = waiting;
      const target = targetOf(body);
      const isOver = state.kind === "refused" && target !== null && gone.has(target);
      // Where it stays on the device, it is met again at the next start.
      if (isOver) void this.#drop(waiting).catch(() => null);
    }
  }

  /** Lets go of an entry that was refused, with what was refused about it. */
  async discard(entry: EntryId): Promise<void> {
    const waiting = this.refusedOf(entry);
    if (waiting === null) return;
    for (const other of this.of(waiting.room)) {
      if (targetOf(other.body) === entry && other.state.kind === "refused") await this.#drop(other);
    }
    await this.#drop(waiting);
  }

  /** The room has ended: nothing that waits for it is kept. */
  async letGo(room: RoomId): Promise<void> {
    for (const waiting of this.of(room)) await this.#drop(waiting, refused("room-ended"));
  }

  /** Done when nothing is being sealed for this room. */
  async settled(room: RoomId): Promise<void> {
    await this.#sending.get(room)?.catch(() => null);
  }

  /** From memory at once, so that it never goes out; then from the device. */
  async #drop({ entry }: Waiting, end: Done = refused("cancelled")): Promise<void> {
    this.#waiting.delete(entry);
    this.#unrefused.delete(entry);
    clearTimeout(this.#held.get(entry));
    this.#held.delete(entry);
    this.#end(entry, end);
    this.#parts.changed();
    await this.#parts.local.writeSealed(nameOf(entry), null);
  }

  #hold(entry: EntryId, until: number): void {
    // A clock that was set back holds nothing for longer than a person could have chosen.
    const ms = Math.min(Math.max(0, until - this.#parts.ports.now()), HELD_MS_MAX);
    this.#held.set(
      entry,
      setTimeout(() => this.release(entry), ms),
    );
  }

  async #put(wish: {
    readonly room: RoomId;
    readonly body: EntryBody;
    readonly readers: readonly string[] | null;
    readonly heldMs: number;
    readonly ended: Ended | null;
  }): Promise<EntryId> {
    const { changed, local, ports } = this.#parts;
    const { body, ended, heldMs, readers, room } = wish;
    const at = ports.now();
    const entry = makeTimedId<EntryId>({ random: ports.random, now: at, after: this.#newest });
    this.#newest = entry;
    const until = at + heldMs;
    const state: Waiting["state"] = heldMs > 0 ? { kind: "held", until } : { kind: "waiting" };
    const waiting: Waiting = { entry, room, body, readers, at, state };
    await local.writeSealed(nameOf(entry), encodeWaiting(waiting));
    if (this.#isClosed) throw new ClientFault("closed");
    this.#waiting.set(entry, waiting);
    if (heldMs > 0) this.#hold(entry, until);
    if (ended !== null) this.#ended.set(entry, ended);
    changed();
    // It has ended in the meantime.
    if (hasEnded(this.#parts.vault.state, room)) await this.#drop(waiting, refused("room-ended"));
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
    const sending = this.#sendWaiting(room);
    this.#sending.set(room, sending);
    try {
      await sending;
    } finally {
      this.#sending.delete(room);
    }
  }

  async #sendWaiting(room: RoomId): Promise<void> {
    for (;;) {
      const next = this.#nextIn(room);
      if (next === null || this.#way !== "open") return;
      await this.#send(next);
    }
  }

  /** The first in the order of writing. What is said waits behind what is held; the family's record and deletions do not. */
  #nextIn(room: RoomId): Waiting | null {
    let isBehind = false;
    for (const waiting of this.of(room)) {
      if (waiting.state.kind === "held") isBehind = true;
      const waits = (isBehind && waiting.readers !== null) || this.#isAheadOfItsTarget(waiting);
      if (waiting.state.kind === "waiting" && !waits) return waiting;
    }
    return null;
  }

  /** What is deleted may wait for its own turn: until then there is nothing to delete. */
  #isAheadOfItsTarget({ body }: Waiting): boolean {
    const target = body.kind === "deletion" ? this.#waiting.get(body.target) : undefined;
    return target !== undefined && target.state.kind !== "refused";
  }

  /** Sends one entry until the log holds it or the server has said a no that will stand. Throws when it cannot be told. */
  async #send(waiting: Waiting): Promise<void> {
    const { local, rooms } = this.#parts;
    const { entry, room } = waiting;
    // Another tab of this person may have taken it back, or sent it: what the device no longer holds is not sent.
    if ((await local.list(nameOf(entry))).length === 0) {
      await rooms.pull(room);
      if (this.#waiting.has(entry)) await this.#drop(waiting);
      return;
    }
    // Or heard that it is refused: what its author was told is not deleted is not deleted now.
    const kept = waiting.body.kind === "deletion" ? await this.#readKept(entry) : null;
    if (kept?.state.kind === "refused") return this.#refuse(waiting, kept.state.refusal);
    for (let attempt = 0; attempt < TRIES_MAX; attempt++) {
      // An earlier attempt may have arrived without an answer: the log tells.
      if (attempt > 0 || this.#isInDoubt(waiting, rooms.get(room))) await rooms.pull(room);
      if (this.#waiting.get(entry)?.state.kind !== "waiting" || this.#way !== "open") return;
      const memory = rooms.get(room);
      // The log of a room that one is not in tells nothing any more.
      if (memory === null)
        return this.#refuse(waiting, this.#unrefused.has(entry) ? "perhaps-sent" : "not-here");
      const body = completeBody(waiting.body, memory, this.#parts.ports.now());
      if (body === "nothing") return this.#drop(waiting, DONE);
      if (body === "not-here" && (await this.#dropUnsentTarget(waiting))) return this.#drop(waiting, DONE);
      if (body === "too-late" || body === "not-here") return this.#refuse(waiting, body);
      this.#tried.add(entry);
      const stream = this.#streamIn(memory, entry);
      const sealed = await this.#seal({ ...waiting, body }, memory, stream);
      if (sealed.kind === "refused") return this.#refuse(waiting, sealed.refusal);
      const bytes = toBase64Url(sealed.value);
      stream.doubts.add(entry);
      // Together with the deletion or not at all: later, its author may not be in the room any more to ask for it.
      const erases = body.kind === "deletion" ? body.frames.map((frame) => frame.entry) : [];
      const answer = await this.#append({ ...waiting, bytes, erases });
      if (!this.#unrefused.has(entry)) stream.doubts.delete(entry);
      if (answer.kind === "done") {
        this.#againAfterMs = AGAIN_AFTER_MS_FIRST;
        if (isFromBefore(waiting, memory, answer.value.seq)) this.arrived(entry);
        continue;
      }
      switch (answer.refusal) {
        case "stale-epoch":
        case "not-here":
          continue;
        case "room-ended":
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

  /** Asks the server to take it. Whatever it says of this attempt says nothing of an earlier one that it never answered. */
  async #append(wish: {
    readonly entry: EntryId;
    readonly room: RoomId;
    readonly bytes: string;
    readonly erases: EntryId[];
  }) {
    const { bytes, entry, erases, room } = wish;
    const isFirst = !this.#unrefused.has(entry);
    this.#unrefused.add(entry);
    const answer = await this.#parts.call("appendFrame", {
      params: { room },
      body: erases.length === 0 ? { bytes } : { bytes, erases },
    });
    const isRefused = answer.kind === "refused" && !["offline", "locked"].includes(answer.refusal);
    if (isFirst && isRefused) this.#unrefused.delete(entry);
    return answer;
  }

  /** What was to be deleted was refused itself, and nobody has it: it goes from this device, where the next start would send it. False when there is no such. */
  async #dropUnsentTarget({ body }: Waiting): Promise<boolean> {
    const target = body.kind === "deletion" ? this.refusedOf(body.target) : null;
    if (target === null) return false;
    await this.#drop(target);
    return true;
  }

  async #seal(waiting: Waiting, memory: RoomMemory, stream: Stream): Promise<Done<Bytes>> {
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
    const own = headOf(memory, stream);
    const pin = vault.state.logPin;
    try {
      const { bytes } = await sealFrame({
        me,
        keys,
        state: memory.state,
        id: waiting.entry,
        random: ports.random,
        stream: stream.id,
        sequence: nextAfter(own),
        previous: own === null ? null : { epoch: own.epoch, hash: own.hash },
        seen: seenOf(memory.streams, stream.id),
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

  /**
   * The stream that this entry goes out under. A frame under a number that another one has had would be a second history to those who read both: what had arrived unheard and
   * was deleted from another device cannot be read here, and what was sent without an answer may still arrive.
   */
  #streamIn(memory: RoomMemory, entry: EntryId): Stream {
    const known = this.#streams.get(memory);
    if (known !== undefined && this.#doubtsBeside(memory, entry).length === 0) {
      if (!isTakenFrom(memory, known.id, nextAfter(headOf(memory, known)))) return known;
    }
    const stream = { id: toHex(this.#parts.ports.random(8)), doubts: new Set<EntryId>() };
    this.#streams.set(memory, stream);
    return stream;
  }

  /** Whether the room's log may hold something that this device has not read, which what is sent now would have to follow. */
  #isInDoubt({ entry }: Waiting, memory: RoomMemory | null): boolean {
    return memory === null || this.#doubtsBeside(memory, entry).length > 0;
  }

  /** The other entries of which it is not known whether they stand in the room's log. */
  #doubtsBeside(memory: RoomMemory, entry: EntryId): readonly EntryId[] {
    const { doubts } = this.#streams.get(memory) ?? { doubts: new Set<EntryId>() };
    for (const doubt of doubts) if (memory.entries.has(doubt)) doubts.delete(doubt);
    return [...doubts].filter((doubt) => doubt !== entry);
  }

  async #refuse(waiting: Waiting, refusal: ClientRefusal): Promise<void> {
    const { body, entry } = waiting;
    // Taken back, or gone with its room, while it was being sent.
    if (!this.#waiting.has(entry)) return;
    const now: Waiting = { ...waiting, state: { kind: "refused", refusal } };
    this.#waiting.set(entry, now);
    this.#end(entry, refused(refusal));
    this.#parts.changed();
    // What it deletes waits here too, and may still go out: then this goes behind it.
    if (body.kind !== "deletion" || this.#waiting.has(body.target)) return;
    // Where there is no room to keep that, it is tried again at the next start.
    await this.#parts.local.writeSealed(nameOf(entry), encodeWaiting(now)).catch(() => null);
  }

  /** What the device holds of an entry by now. Null where it holds nothing that can be read. */
  async #readKept(entry: EntryId): Promise<Waiting | null> {
    const bytes = await this.#parts.local.readSealed(nameOf(entry));
    return bytes === null ? null : readOrNull(() => decodeWaiting(entry, bytes));
  }
}

/**
 * The server says that the room held it before this person came in anew (a place of 0): its log as they read it now will never show that. Believed of what was
 * written before they came; of anything else it would be a way to make it vanish unsent.
 */
const isFromBefore = ({ at }: Waiting, { epochs, joinedEpoch }: RoomMemory, seq: number): boolean =>
  seq === 0 && at < (epochs.get(joinedEpoch)?.at ?? 0);

const headOf = ({ streams }: RoomMemory, { id }: Stream): StreamHead | null =>
  streams.find((head) => head.stream === id) ?? null;

const nextAfter = (head: StreamHead | null): number => (head === null ? 0 : head.sequence + 1);

const nameOf = (entry: EntryId): string => `outbox/${entry}`;
