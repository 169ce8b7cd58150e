import { insertFrames, type FramePlace, type NewFrame } from "../store/frame.ts";
import { readPlace } from "../store/room.ts";
import type { Store } from "../store/store.ts";
import { Gathering } from "./gathering.ts";

/**
 * How many frames a transaction carries, and how many go on their way behind one that is under way: the more go into each, the less a frame costs, and the database has
 * the next at hand while this process reads and tells what came of the last (decision 0009).
 */
const TOGETHER = { asksMax: 100, aheadMin: 12 } as const;

const SEEN_MAX = 100_000;

interface Author {
  readonly practice: string;
  readonly room: string;
  readonly account: string;
}

type FrameGathering = Gathering<NewFrame, FramePlace | null>;

/**
 * The order of each room in this process. What appends to a room has its turn until it is committed and everybody is told, so that who is connected
 * hears the room's items in their order, and a busy room holds one connection of the database and no more. Frames of different rooms are
 * stored together, one transaction for many.
 */
export class RoomTurns {
  readonly #store: Store;
  readonly #last = new Map<string, Promise<unknown>>();
  /** Who was in a room when they last appended. Decides about turns only; what is allowed is decided where it is stored. */
  #seen = new Map<string, Set<string>>();
  #seenCount = 0;
  readonly #gatherings = new Map<string, FrameGathering>();

  constructor(store: Store) {
    this.#store = store;
  }

  /** Rooms in which somebody has a turn now, and frames that wait to be stored together. */
  counts(): { readonly rooms: number; readonly frames: number } {
    const frames = [...this.#gatherings.values()].reduce((sum, gathering) => sum + gathering.length, 0);
    return { rooms: this.#last.size, frames };
  }

  /** Who is not in the room has no turn and waits for none: how long they wait must not tell them what goes on there. */
  async take<Value>(at: Author, run: () => Promise<Value>): Promise<Value> {
    if (!(await this.#isIn(at))) return run();
    const key = `${at.practice}/${at.room}`;
    const mine = (this.#last.get(key) ?? Promise.resolve()).then(run, run);
    this.#last.set(key, mine);
    const leave = () => {
      if (this.#last.get(key) === mine) this.#last.delete(key);
    };
    mine.then(leave, leave);
    return mine;
  }

  /** Who left a room has no turn there any more. */
  leave({ practice, room, account }: Author): void {
    if (this.#seen.get(`${practice}/${room}`)?.delete(account) === true) this.#seenCount -= 1;
  }

  /** Somebody else has changed who is in a room: each is looked up anew. */
  forget(practice: string, room: string): void {
    const key = `${practice}/${room}`;
    this.#seenCount -= this.#seen.get(key)?.size ?? 0;
    this.#seen.delete(key);
  }

  /**
   * Stores a frame together with those of other rooms; to be asked within a turn of its room. Answers after the commit. Null and throwing both mean
   * that it is not known to be stored; alone it may be.
   */
  insertFrame(practice: string, frame: NewFrame): Promise<FramePlace | null> {
    const known = this.#gatherings.get(practice);
    const gathering = known ?? this.#gather(practice);
    if (known === undefined) this.#gatherings.set(practice, gathering);
    return gathering.ask(frame);
  }

  async #isIn({ practice, room, account }: Author): Promise<boolean> {
    const key = `${practice}/${room}`;
    if (this.#seen.get(key)?.has(account) === true) return true;
    const place = await this.#store.read(practice, (reader) => readPlace(reader, room, account));
    if (place === null) return false;
    this.#note(key, account);
    return true;
  }

  #note(key: string, account: string): void {
    if (this.#seenCount >= SEEN_MAX) {
      this.#seen = new Map();
      this.#seenCount = 0;
    }
    const accounts = this.#seen.get(key) ?? new Set();
    this.#seen.set(key, accounts);
    if (accounts.has(account)) return;
    accounts.add(account);
    this.#seenCount += 1;
  }

  #gather(practice: string): FrameGathering {
    const lane = this.#store.lane(practice);
    return new Gathering(TOGETHER, (frames) => insertFrames(lane, frames));
  }
}
