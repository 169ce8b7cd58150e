import type { AnswerOf } from "@sotto/contract";
import type { AccountId, EntryId, RoomId } from "@sotto/domain";
import {
  archivedSeed,
  archiveOf,
  equalBytes,
  fromBase64Url,
  headMarkOf,
  isEndingEvent,
  leafHash,
  noteEndedRoom,
  roomHeadLeaf,
} from "@sotto/vault";
import type { Bytes, RoomEvent } from "@sotto/vault";
import type { Call } from "../api.ts";
import { ClientFault, needed } from "../done.ts";
import { toId } from "../ids.ts";
import { isFull } from "../local/is-full.ts";
import type { LocalRecords } from "../local/records.ts";
import { makeLine } from "../serial.ts";
import type { Line } from "../serial.ts";
import { together } from "../together.ts";
import type { Alarms } from "./alarms.ts";
import { fetchEnding, followEnding, hasEnded } from "./ending.ts";
import type { IdentityBook } from "./identity-book.ts";
import { erasureName, TO_ERASE } from "./eraser.ts";
import { decodeItem, encodeItem, itemName } from "./local-item.ts";
import type { LogWitness } from "./log-witness.ts";
import { fetchPast, isPastOtherNow, openWithPast, pastItemName } from "./past.ts";
import { NewestRooms } from "./newest-rooms.ts";
import { doubtsIn, isFirstItem, isSameItem, openRoom, takeItem } from "./room-memory.ts";
import type { ItemEffect, RawItem, RoomMemory } from "./room-memory.ts";
import { isUnreadable } from "../unreadable.ts";
import type { VaultKeeper } from "./vault-keeper.ts";

interface Parts {
  readonly account: AccountId;
  readonly call: Call;
  readonly now: () => number;
  readonly local: LocalRecords;
  readonly alarms: Alarms;
  readonly vault: VaultKeeper;
  readonly book: IdentityBook;
  readonly witness: LogWitness;
  readonly changed: () => void;
  /** Told each entry that stands in a room's log, or stood there, with the number of its kind; null for one among all of a room that was opened anew, or that is gone. */
  readonly arrived: (entry: EntryId, room: RoomMemory, kind: number | null) => void;
  /** Told what its author has taken away: nothing that quotes it is kept. */
  readonly taken: (entries: readonly EntryId[], room: RoomId) => void;
  /** There is something to be erased on the server (`erase/` on this device says what). */
  readonly mayErase: () => void;
  /** Told an entry that this person has deleted, and of which something of theirs has come in since. */
  readonly left: (entry: EntryId, room: RoomId) => void;
  /** Told each room whose members have changed, or that was opened anew. */
  readonly moved: (room: RoomMemory) => void;
  /** Told each room that this person is no longer in, with what was last known of it; null when nothing was. */
  readonly forgotten: (room: RoomId, last: RoomMemory | null) => Promise<void>;
  /**
   * Told each room that has ended, with what was open of it; done when this device has let go of everything else that belongs to the room. The vault
   * says by then that it has ended, and that a renewal of this person's keys is owed.
   */
  readonly ended: (room: RoomId, memory: RoomMemory | null) => Promise<void>;
}

interface Trace {
  readonly name: string;
  readonly value: Bytes;
}

type Entries = Parameters<LocalRecords["writePublic"]>[0];
type Page = { readonly items: readonly RawItem[]; readonly more: boolean };
/** How far a page was taken: whole; not to its end, for the room is not there to go on with; or the room starts anew. */
type Taken = "whole" | "over" | "anew";

/** How many rooms are opened before anything is shown: about a screen of them. */
const ROOMS_AT_FIRST = 12;
/** Where that takes longer, so many are enough for a finger: what follows comes below them. */
const SCREEN_WITHIN_MS = 250;
const ROOMS_AT_LEAST = 4;
/** While one waits for the cipher, another is read. */
const ROOMS_AT_ONCE = 4;

/**
 * The rooms of this account: what the device holds, then what the server has after it, then what comes live, each item
 * once and in order. A step that moves a room forward completes or throws; the caller tries again. One room's trouble is
 * its own: the others go on.
 */
export class Rooms {
  readonly #parts: Parts;
  readonly #memories = new Map<RoomId, RoomMemory>();
  readonly #lines = new Map<RoomId, Line>();
  /** Rooms that this device holds, or is said to hold, and that are not open yet, the one with the newest item first. All of them are here once they have been listed. */
  readonly #unopened = new Set<RoomId>();
  /** Rooms that have ended for another client of this person, while this device still holds items of them. */
  readonly #leftOver = new Set<RoomId>();
  /** Rooms that are being read from their beginning. */
  readonly #coming = new Set<RoomId>();
  /** The grants whose past has been asked for since the last catch-up: what does not hold is not asked for again and again. */
  readonly #reached = new Map<RoomId, number>();
  /** What this device had no room for. The memory of its room has gone on, so nothing else would ever put it there. */
  readonly #owed = new Map<RoomId, readonly Trace[]>();
  readonly #newest = new NewestRooms();
  /** Finding out which rooms this device holds; null when it is to be begun. */
  #listed: Promise<void> | null = null;
  #isClosed = false;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** A room that is being read from its beginning is not here yet: half its story would name the wrong readers. */
  get all(): readonly RoomMemory[] {
    return [...this.#memories.values()].filter(({ room }) => this.#isHere(room));
  }

  /** All that is in memory, whole or not: what must be wiped in the end. */
  get held(): readonly RoomMemory[] {
    return [...this.#memories.values()];
  }

  get(room: RoomId): RoomMemory | null {
    return this.#isHere(room) ? (this.#memories.get(room) ?? null) : null;
  }

  #isHere(room: RoomId): boolean {
    return !this.#coming.has(room) && !this.#unopened.has(room);
  }

  /**
   * Opens what this device holds, the newest first. Done when there is a screen of it; the others follow by themselves, each before anything else
   * is done with it. What cannot be opened without a network is read from the server later.
   */
  async load(): Promise<void> {
    for (const room of await this.#newest.load(this.#parts.local)) this.#unopened.add(room);
    await this.#openFirst();
    if (this.all.length === 0) {
      await this.#list();
      await this.#openFirst();
    }
    this.#parts.changed();
    // What could not be read from this device is tried again by whatever wants it next.
    void this.whole().catch(() => null);
  }

  #openFirst(): Promise<void> {
    const rooms = [...this.#unopened].slice(0, ROOMS_AT_FIRST);
    let [count, isLate] = [0, false];
    return new Promise((resolve, reject) => {
      const look = (): void => {
        if (isLate && count >= ROOMS_AT_LEAST) resolve();
      };
      const timer = setTimeout(() => {
        isLate = true;
        look();
      }, SCREEN_WITHIN_MS);
      const opening = together(rooms, ROOMS_AT_ONCE, async (room) => {
        if ((await this.opened(room)) !== null) count += 1;
        look();
      });
      void opening.then(resolve, reject).finally(() => clearTimeout(timer));
    });
  }

  /** Finds out which rooms this device holds. That takes longer the more there are, so a screen of them is shown before. */
  async #list(): Promise<void> {
    this.#listed ??= this.#findKept();
    try {
      await this.#listed;
    } catch (error) {
      this.#listed = null;
      throw error;
    }
  }

  async #findKept(): Promise<void> {
    const { local, vault } = this.#parts;
    const last = (await local.lastOfEach("room/")).map(({ name, value }) => ({
      room: toId<RoomId>(name.split("/")[1] ?? ""),
      at: decodeItem(0, value)?.at ?? 0,
    }));
    const ended = new Set<string>(vault.state.ended.map(({ room }) => room));
    for (const { room } of last.toSorted((a, b) => b.at - a.at)) {
      if (ended.has(room)) this.#leftOver.add(room);
      if (!this.#memories.has(room)) this.#unopened.add(room);
    }
    this.#newest.found(last);
    // A hint alone is worth no trouble.
    await this.#write([]).catch(() => null);
  }

  /** One room, out of its turn when this device holds it and has not opened it yet; null when it is not here. */
  async opened(room: RoomId): Promise<RoomMemory | null> {
    if (!this.#memories.has(room) || this.#unopened.has(room))
      await this.#inLine(room, () => Promise.resolve());
    return this.get(room);
  }

  /** Done when all rooms that this device holds are open: what is not there then is not on this device. */
  async whole(): Promise<void> {
    // A screen of them is known before the others are looked for.
    await this.#openRest();
    await this.#list();
    await this.#openRest();
  }

  async #openRest(): Promise<void> {
    // Told more and more seldom: each time, every room that is there is looked at.
    let [count, toTell] = [0, ROOMS_AT_FIRST];
    await together([...this.#unopened], ROOMS_AT_ONCE, async (room) => {
      await this.opened(room);
      count += 1;
      if (count !== toTell) return;
      toTell *= 2;
      this.#parts.changed();
    });
    if (count > 0) this.#parts.changed();
  }

  /** Opens nothing any more. */
  close(): void {
    this.#isClosed = true;
  }

  async #openKept(room: RoomId): Promise<void> {
    if (this.#isClosed) throw new ClientFault("closed");
    // While the rooms were listed it was begun anew, and what was found of it is older than that.
    if (this.#memories.has(room)) return void this.#unopened.delete(room);
    try {
      const items = await this.#kept(room);
      if (!(await this.#openWithPast(room, items))) {
        for (const item of items) if (!(await this.#takeKept(room, item))) break;
      }
    } catch (error) {
      this.#memories.delete(room);
      throw error;
    }
    this.#unopened.delete(room);
    // What closed before it had been proven is proven now: the newest head names all those before it.
    const state = this.get(room)?.state;
    if (state === undefined) return;
    this.#parts.witness.expect(leafHash(roomHeadLeaf({ room, epoch: state.epoch, hash: state.head })));
  }

  /** The items of a room on this device. After a hole, what comes is read from the server again. */
  async #kept(room: RoomId): Promise<readonly RawItem[]> {
    const { local } = this.#parts;
    const items: RawItem[] = [];
    for (const { name, value } of await local.readAllPublic(`room/${room}/`)) {
      const item = decodeItem(Number(name.split("/")[2] ?? ""), value);
      if (item?.seq !== items.length + 1) break;
      items.push(item);
    }
    return items;
  }

  /** Opens the room from its granted past on. False when there is none, or it does not hold. */
  async #openWithPast(room: RoomId, items: readonly RawItem[]): Promise<boolean> {
    const { alarms, arrived, local, moved } = this.#parts;
    const known = { items, ...this.#openingOf(room) };
    let opened: Awaited<ReturnType<typeof openWithPast>>;
    try {
      opened = await openWithPast(local, room, known);
    } catch (error) {
      // An identity that this device does not hold, and nobody to ask.
      if (error instanceof ClientFault && error.code === "offline") return false;
      throw error;
    }
    if (opened === "refused") {
      await alarms.raise("room-forked", room);
      await local.remove(`history/${room}/`);
    }
    if (opened === "none" || opened === "refused") return false;
    const { effects, memory } = opened;
    // Of what was deleted nothing may have been on this device before now.
    await local.writePublic(effects.flatMap((effect) => this.#tracesOf(memory, effect)));
    this.#memories.set(room, memory);
    this.#unopened.delete(room);
    await this.#noteHead(room, { epoch: memory.state.epoch, hash: memory.state.head });
    for (const entry of memory.entries.keys()) arrived(entry, memory, null);
    for (const effect of effects) {
      this.#tellVouched(memory, effect);
      this.#tellTaken(memory, effect);
    }
    moved(memory);
    return true;
  }

  /** What opens this room's events. Taken anew for each: another browser may have renewed the keys meanwhile. */
  #openingOf(room: RoomId) {
    const { book, vault } = this.#parts;
    const { archive, identities: mine } = vault.state;
    const archived = (epoch: number): Bytes | null => archivedSeed(archiveOf(archive, room), epoch);
    return { mine, archived, identityOf: book.identityOf };
  }

  /** Done when nothing that has begun to open a room is still at it. */
  async quiet(): Promise<void> {
    for (const line of this.#lines.values()) await line(() => Promise.resolve());
  }

  /** A keeper gave this person more of the past than the room was opened with: it is read, and the room opened anew. */
  async #reachPast(room: RoomId): Promise<void> {
    const memory = this.#memories.get(room);
    const grant = memory?.granted ?? null;
    if (memory === undefined || grant === null || this.#reached.get(room) === grant.epoch) return;
    this.#reached.set(room, grant.epoch);
    const isHere = memory.past?.grant.epoch === grant.epoch;
    if (isHere && !(await isPastOtherNow(this.#parts, memory))) return;
    const found = await fetchPast(this.#parts, room, grant);
    if (found === null) return;
    // The grant names an event that was there: nothing is less than it gave.
    if (found === 0) await this.#parts.alarms.raise("room-forked", room);
    await this.#openWithPast(room, await this.#kept(room));
    this.#parts.changed();
  }

  /** Brings all rooms up to what the server lists, and forgets those that it no longer has for this person. */
  async catchUp(): Promise<void> {
    const [answer] = await Promise.all([this.#parts.call("listRooms"), this.#list()]);
    const { rooms } = needed(answer);
    this.#reached.clear();
    const listed = new Map(rooms.map((line) => [toId<RoomId>(line.room), line]));
    // A room may have been made while the list was on its way: whether it is gone, the room itself is asked.
    for (const room of [...this.#unopened, ...this.#memories.keys()]) {
      if (!listed.has(room)) await this.#apart(room, () => this.#pull(room));
    }
    // Those that are open come into step first: they are the ones that somebody may be looking at.
    const isLater = ([room]: readonly [RoomId, unknown]) => Number(this.#unopened.has(room));
    for (const [room, line] of [...listed].toSorted((a, b) => isLater(a) - isLater(b))) {
      await this.#apart(room, () => this.#reach(room, line));
    }
    this.#parts.witness.check();
  }

  /** Reads what the server has of one room after what is known. A room that is gone is forgotten, and one that has ended stays so. */
  async pull(room: RoomId): Promise<void> {
    await this.#inLine(room, async () => {
      if (hasEnded(this.#parts.vault.state, room)) return this.#finish(room);
      await this.#keep(room);
      await this.#pull(room);
      await this.#reachPast(room);
    });
    this.#parts.witness.check();
  }

  /** What another browser of this person has seen may say that a room went on which was not shown to this one. */
  async checkMarks(): Promise<void> {
    for (const room of this.#memories.keys()) {
      if (this.#isBehindMark(room)) await this.#apart(room, () => this.#checkMark(room));
    }
  }

  /** An item that came live. One that is not the next makes the room be read. */
  async receive(room: RoomId, item: RawItem): Promise<void> {
    await this.#inLine(room, async () => {
      const known = this.#memories.get(room)?.seq ?? 0;
      if (item.kind === "event" && isEndingEvent(item.bytes)) return this.#finish(room);
      // What was still on its way when the room ended is nothing any more.
      if (item.seq <= known || hasEnded(this.#parts.vault.state, room)) return;
      if (item.seq > known + 1 || (await this.#takeNew(room, [item])) === "anew") await this.#pull(room);
      await this.#reachPast(room);
    });
    this.#parts.witness.check();
  }

  #inLine<Value>(room: RoomId, work: () => Promise<Value>): Promise<Value> {
    const line = this.#lines.get(room) ?? makeLine();
    this.#lines.set(room, line);
    return line(async () => {
      if (!this.#memories.has(room) && !this.#unopened.has(room)) await this.#list();
      if (this.#unopened.has(room)) await this.#openKept(room);
      return work();
    });
  }

  /** What the server says of this room makes no sense: that is told, and the room stays as it is until the next catch-up. */
  async #apart(room: RoomId, work: () => Promise<void>): Promise<void> {
    try {
      await this.#inLine(room, work);
    } catch (error) {
      if (!isUnreadable(error)) throw error;
      await this.#parts.alarms.raise("room-unreadable", room);
    }
  }

  async #reach(room: RoomId, line: AnswerOf<"listRooms">["rooms"][number]): Promise<void> {
    if (line.ended) return this.#finish(room);
    if (hasEnded(this.#parts.vault.state, room)) return this.#reachEnd(room);
    const known = this.#memories.get(room);
    // Fewer items than are known, or as many in another epoch: this person left and came back, or the list is older than what came live since.
    const mayBeAnew =
      known !== undefined &&
      (line.seq < known.seq || (line.seq === known.seq && line.epoch !== known.state.epoch));
    // Being let in again does not undo that they were out.
    if (mayBeAnew && (await this.#hasRestarted(known))) await this.#forget(room);
    else if (known !== undefined) {
      const shown = known.isBroken ? "other" : await this.#shownNow(known, line.seq);
      if (shown === "other") await this.#drop(room);
      // Who reads here went back to who read before. What is here stays, and it is said.
      if (shown === "less" && (await this.#hasEventAfter(known, line.seq)))
        await this.#parts.alarms.raise("room-forked", room);
    }
    await this.#keep(room);
    if (this.#coming.has(room) || (this.#memories.get(room)?.seq ?? 0) < line.seq) await this.#pull(room);
    await this.#checkMark(room);
    await this.#reachPast(room);
  }

  async #pull(room: RoomId): Promise<void> {
    try {
      await this.#pullPages(room);
    } finally {
      // What seems to be missing is told now, at the latest.
      const memory = this.#memories.get(room);
      if (memory?.isReading === true) {
        memory.isReading = false;
        this.#parts.changed();
      }
    }
  }

  async #pullPages(room: RoomId): Promise<void> {
    for (;;) {
      const after = this.#memories.get(room)?.seq ?? 0;
      if (after === 0) this.#coming.add(room);
      const page = await this.#page(room, after);
      if (page === null) return this.#forget(room);
      if (page === "ended") return this.#reachEnd(room);
      const taken = await this.#takeNew(room, page.items, page.more);
      if (taken === "over" || (taken === "whole" && (!page.more || page.items.length === 0))) break;
    }
    if (this.#coming.delete(room)) this.#parts.changed();
  }

  /** Null when the room is not there for this person; `ended` when the server says so, which shows nothing yet. */
  async #page(room: RoomId, after: number): Promise<Page | "ended" | null> {
    const query = { after: String(after) };
    const answer = await this.#parts.call("readRoom", { params: { room }, query });
    if (answer.kind === "refused" && answer.refusal === "not-here") return null;
    if (answer.kind === "refused" && answer.refusal === "room-ended") return "ended";
    const { items, more } = needed(answer);
    if (items.some((item, index) => item.seq !== after + index + 1)) throw new ClientFault("bad-answer");
    return { items: items.map((item) => ({ ...item, bytes: fromBase64Url(item.bytes) })), more };
  }

  /**
   * `other`: where something was missing, or did not open, or at the end of what was shown, the server now shows something else. Then what is on this
   * device was never all of the room, or never was in it. `less`: it no longer has the last item that it showed, and nothing else is other: it was rolled
   * back, or holds something back, and what is here stays. A list that is older than what came live since says less as well, and means nothing.
   */
  async #shownNow({ lines, room, seq }: RoomMemory, listed: number): Promise<"same" | "other" | "less"> {
    const doubts = doubtsIn(lines, (line) => line.seq > 0);
    let isLess = false;
    for (const doubt of listed < seq ? [...doubts, seq] : doubts) {
      const page = await this.#page(room, doubt - 1);
      if (page === null || page === "ended") return "same";
      const [now] = page.items;
      if (now === undefined) isLess ||= listed < seq && doubt === seq;
      else {
        const kept = await this.#parts.local.readPublic(itemName(room, doubt));
        if (!isSameItem(kept === null ? null : decodeItem(doubt, kept), now)) return "other";
      }
    }
    return isLess ? "less" : "same";
  }

  /** Whether an event is among what this device has of a room behind what the server lists. */
  async #hasEventAfter({ room, seq }: RoomMemory, listed: number): Promise<boolean> {
    for (let lost = listed + 1; lost <= seq; lost += 1) {
      const kept = await this.#parts.local.readPublic(itemName(room, lost));
      if (kept !== null && decodeItem(lost, kept)?.kind === "event") return true;
    }
    return false;
  }

  /** True when the server's first item is no longer the one that this memory starts with. */
  async #hasRestarted(memory: RoomMemory): Promise<boolean> {
    const page = await this.#page(memory.room, 0);
    const [first] = page === null || page === "ended" ? [] : page.items;
    return first !== undefined && !isFirstItem(memory, first);
  }

  async #takeNew(room: RoomId, items: readonly RawItem[], more = false): Promise<Taken> {
    try {
      for (const item of items) {
        const taken = await this.#takeOne(room, item);
        if (taken !== "whole") return taken;
      }
      return "whole";
    } finally {
      // What seems to be missing may be accounted for further on.
      const memory = this.#memories.get(room);
      if (memory !== undefined) memory.isReading = more;
      this.#parts.changed();
    }
  }

  async #takeOne(room: RoomId, item: RawItem): Promise<Taken> {
    const { witness } = this.#parts;
    const wasBroken = this.#memories.get(room)?.isBroken === true;
    const effect = await this.#take(room, item);
    const memory = this.#memories.get(room);
    if (memory === undefined || effect === null) return "over";
    if (memory.isBroken && !wasBroken && (await this.#hasRestarted(memory))) {
      await this.#forget(room);
      return "anew";
    }
    if (effect.kind === "refused") await this.#parts.alarms.raise("room-forked", room);
    if (effect.kind === "event") witness.expect(leafHash(roomHeadLeaf(effect.event)));
    if (effect.kind === "frame" && effect.frame.gossip !== null) {
      witness.hear(effect.frame.author, effect.frame.gossip);
    }
    // Together or not at all: a deletion that this device has read, it has also acted on.
    this.#newest.came({ room, at: item.at });
    await this.#keep(room, [
      { name: itemName(room, item.seq), value: encodeItem(item) },
      ...this.#tracesOf(memory, effect),
    ]);
    this.#tellTaken(memory, effect);
    return "whole";
  }

  /**
   * Puts this on the device, behind what it still owes of the room. What cannot be put there now is owed from then on. A device that is full shows what comes
   * in all the same; what it owes is always the end of the room, and is read from the server again if the page is gone before there is room.
   */
  async #keep(room: RoomId, traces: readonly Trace[] = []): Promise<void> {
    const before = this.#owed.get(room) ?? [];
    const owed = [...before, ...traces];
    if (owed.length === 0) return;
    this.#owed.set(room, owed);
    try {
      await this.#write(owed);
    } catch (error) {
      if (!isFull(error)) throw error;
      return;
    }
    this.#owed.delete(room);
    // What the server is to erase may have been among it.
    if (before.length > 0) this.#parts.mayErase();
  }

  /** Puts this on the device, together with which rooms are the newest by now. */
  async #write(entries: Entries, newest = this.#newest.next): Promise<void> {
    const all = [...entries, ...newest.entries];
    if (all.length === 0) return;
    await this.#parts.local.writePublic(all);
    this.#newest.wrote(newest);
  }

  /** What a deletion leaves on this device: stubs in place of frames, and, of one's own, what the server is still to erase. */
  #tracesOf(memory: RoomMemory, effect: ItemEffect): readonly Trace[] {
    if (effect.kind !== "frame") return [];
    const { past, room } = memory;
    const isMine = effect.frame.author === this.#parts.account;
    return effect.erased.flatMap(({ entry, item }) => {
      const isPast = past !== null && item.seq <= 0;
      const name = isPast ? pastItemName(room, past, item.seq) : itemName(room, item.seq);
      const stub = { name, value: encodeItem(item) };
      return isMine ? [stub, { name: erasureName(room, entry), value: TO_ERASE }] : [stub];
    });
  }

  #tellTaken({ room }: RoomMemory, effect: ItemEffect): void {
    const erased = effect.kind === "frame" ? effect.erased : [];
    if (effect.kind === "frame" && erased.length > 0) {
      this.#parts.taken(
        erased.map(({ entry }) => entry),
        room,
      );
      if (effect.frame.author === this.#parts.account) this.#parts.mayErase();
    }
    this.#tellLeft(room, effect);
  }

  /** A client that ended before it could take away what was left of a deleted entry does so at the next start. */
  #tellLeft(room: RoomId, effect: ItemEffect): void {
    const { account, left } = this.#parts;
    if (effect.kind !== "frame" || effect.left === null || effect.frame.author !== account) return;
    left(effect.left, room);
  }

  /** False when this device cannot go on with the room by itself. */
  async #takeKept(room: RoomId, item: RawItem): Promise<boolean> {
    if (this.#isClosed) throw new ClientFault("closed");
    try {
      const effect = await this.#take(room, item, "device");
      if (effect !== null) this.#tellLeft(room, effect);
      return effect !== null;
    } catch (error) {
      // An identity that this device does not hold, and nobody to ask.
      if (error instanceof ClientFault && error.code === "offline") return false;
      throw error;
    }
  }

  /** Null when the room is not there to go on with. */
  async #take(room: RoomId, item: RawItem, from: "device" | "server" = "server"): Promise<ItemEffect | null> {
    const { alarms } = this.#parts;
    const opening = this.#openingOf(room);
    const known = this.#memories.get(room);
    let effect: ItemEffect;
    if (known === undefined) {
      const opened = await openRoom(item, room, opening);
      if (opened === "destroyed" && from === "device") {
        // Another client of this person found them no longer in it, and this device had not heard of it.
        await this.#forget(room);
        return null;
      }
      if (opened === null || opened === "destroyed") {
        await alarms.raise("room-forked", room);
        return null;
      }
      this.#memories.set(room, opened.memory);
      effect = { kind: "event", event: opened.event };
    } else effect = await takeItem(known, item, opening);
    if (effect.kind === "removed") {
      await this.#forget(room);
      return null;
    }
    if (effect.kind === "event") await this.#noteHead(room, effect.event);
    const memory = this.#memories.get(room);
    if (effect.kind === "frame" && memory !== undefined) {
      this.#parts.arrived(toId<EntryId>(effect.frame.id), memory, effect.frame.kind);
      this.#tellVouched(memory, effect);
    }
    if (effect.kind === "event" && memory !== undefined) this.#parts.moved(memory);
    return effect;
  }

  /** Another client of this person deleted something before this one heard that it had arrived. */
  #tellVouched(memory: RoomMemory, effect: ItemEffect): void {
    if (effect.kind !== "frame" || effect.frame.author !== this.#parts.account) return;
    for (const entry of effect.vouched) this.#parts.arrived(entry, memory, null);
  }

  /** Pins the head; an epoch that was pinned with another head is a fork. */
  async #noteHead(room: RoomId, event: Pick<RoomEvent, "epoch" | "hash">): Promise<void> {
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
    if (!this.#isBehindMark(room)) return;
    // Another browser of this person may have been faster than the list.
    await this.#pull(room);
    if (this.#isBehindMark(room)) await this.#parts.alarms.raise("room-forked", room);
  }

  #isBehindMark(room: RoomId): boolean {
    const mark = headMarkOf(this.#parts.vault.state, room);
    const memory = this.#memories.get(room);
    return mark !== null && memory !== undefined && memory.state.epoch < mark.epoch;
  }

  /** This person is not in the room (any more): nothing of it stays here. */
  async #forget(room: RoomId): Promise<void> {
    const last = this.#memories.get(room) ?? null;
    this.#coming.delete(room);
    await this.#leave(room, () => this.#parts.forgotten(room, last));
    this.#parts.changed();
  }

  /**
   * The server says that a room has ended, or shows one again that has. It is believed when it leads there from what is known, step by step; else it is an
   * alarm, and everything stays as it is.
   */
  async #reachEnd(room: RoomId): Promise<void> {
    const { account, alarms, book, call, now, vault, witness } = this.#parts;
    const ending = await fetchEnding(call, room);
    const followed =
      ending === null || ending === "none"
        ? null
        : await followEnding(ending, {
            account,
            room,
            memory: this.#memories.get(room) ?? null,
            mark: headMarkOf(vault.state, room),
            identityOf: book.identityOf,
          });
    if (followed === null) return alarms.raise("room-forked", room);
    const { at, by, state } = followed;
    const { epoch, head: hash } = state;
    witness.expect(leafHash(roomHeadLeaf({ room, epoch, hash })));
    await this.#noteHead(room, { epoch, hash });
    // Before anything is let go of: whoever is interrupted goes on where they were.
    vault.change((before) => noteEndedRoom(before, { room, at, by, now: now() }));
    await this.#letGo(room);
  }

  /** Lets go of a room that the server says has ended. What is open here is never given up on another client's word, but what no key opens any more is. */
  async #finish(room: RoomId): Promise<void> {
    const isNoted = hasEnded(this.#parts.vault.state, room);
    if (this.#memories.has(room) || !isNoted) return this.#reachEnd(room);
    if (this.#leftOver.has(room)) await this.#letGo(room);
  }

  /** Nothing of a room that has ended stays here. */
  async #letGo(room: RoomId): Promise<void> {
    const memory = this.#memories.get(room) ?? null;
    this.#coming.delete(room);
    this.#unopened.delete(room);
    this.#leftOver.delete(room);
    await this.#leave(room, () => {
      this.#parts.changed();
      return this.#parts.ended(room, memory);
    });
  }

  /** The room itself goes last: whoever is cut off on the way finds it, here or at the next start, and goes on. */
  async #leave(room: RoomId, others: () => Promise<void>): Promise<void> {
    this.#memories.delete(room);
    try {
      await others();
      await this.#drop(room);
    } catch (error) {
      this.#unopened.add(room);
      throw error;
    }
  }

  /** Lets go of what is known of a room, to read it anew. */
  async #drop(room: RoomId): Promise<void> {
    this.#memories.delete(room);
    this.#owed.delete(room);
    this.#newest.gone(room);
    const { local } = this.#parts;
    const names = [...(await local.list(`room/${room}/`)), ...(await local.list(`history/${room}/`))];
    // Together: a past without its room would be taken for the past of the next membership.
    const gone = names.map((name) => ({ name, value: null }));
    try {
      await this.#write(gone);
    } catch (error) {
      if (!isFull(error)) throw error;
      // A device that is full takes nothing new; what is to go goes all the same.
      await this.#write(gone, this.#newest.none);
    }
  }
}
