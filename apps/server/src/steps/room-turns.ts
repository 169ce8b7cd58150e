import { insertFrames, type FramePlace, type NewFrame } from "../store/frame.ts";
import { readRoster, type Roster } from "../store/room.ts";
import type { Store } from "../store/store.ts";
import { Gathering } from "./gathering.ts";
import { Rosters } from "./rosters.ts";

/**
 * How many frames a transaction carries, and how many go on their way behind one that is under way: the more go into each, the less a frame costs, and the database has
 * the next at hand while this process reads and tells what came of the last (decision 0009).
 */
const TOGETHER = { asksMax: 100, aheadMin: 12 } as const;

interface Author {
  readonly practice: string;
  readonly room: string;
  readonly account: string;
}

/**
 * The last turn in a room. A turn and all that it holds is let go here, not only in the map: V8 links the tables that a map has outgrown, and once an old one of them
 * outlives two collections, whatever any later one held is kept until the next full collection (decision 0056).
 */
interface Turns {
  last: Promise<unknown> | null;
}

type FrameGathering = Gathering<NewFrame, number | null>;

/**
 * The order of each room in this process. What appends to a room has its turn until it is committed and everybody is told, so that who is connected
 * hears the room's items in their order, and a busy room holds one connection of the database and no more. Frames of different rooms are
 * stored together, one transaction for many.
 */
export class RoomTurns {
  readonly #store: Store;
  readonly #turns = new Map<string, Turns>();
  /** Decides about turns, and whom to tell; what is allowed is decided where it is stored. */
  readonly #rosters = new Rosters();
  readonly #gatherings = new Map<string, FrameGathering>();

  constructor(store: Store) {
    this.#store = store;
  }

  /** Rooms in which somebody has a turn now, and frames that wait to be stored together. */
  counts(): { readonly rooms: number; readonly frames: number } {
    const frames = [...this.#gatherings.values()].reduce((sum, gathering) => sum + gathering.length, 0);
    return { rooms: this.#turns.size, frames };
  }

  /** Who is not in the room has no turn and waits for none: how long they wait must not tell them what goes on there. */
  async take<Value>(at: Author, run: () => Promise<Value>): Promise<Value> {
    if (!(await this.#isIn(at))) return run();
    const key = keyOf(at.practice, at.room);
    const turns = this.#turns.get(key) ?? { last: null };
    const mine = (turns.last ?? Promise.resolve()).then(run, run);
    turns.last = mine;
    this.#turns.set(key, turns);
    const leave = () => {
      if (turns.last !== mine) return;
      turns.last = null;
      this.#turns.delete(key);
    };
    mine.then(leave, leave);
    return mine;
  }

  /** Who left a room has no turn there any more. */
  leave({ practice, room, account }: Author): void {
    if (this.#rosters.has(keyOf(practice, room), account)) this.#rosters.forget(keyOf(practice, room));
  }

  /** Somebody else has changed who is in a room: they are looked up anew. */
  forget(practice: string, room: string): void {
    this.#rosters.forget(keyOf(practice, room));
  }

  /** Who is in a room, as the store has just said. */
  note(practice: string, room: string, roster: Roster): void {
    this.#rosters.note(keyOf(practice, room), roster);
  }

  /**
   * Stores a frame together with those of other rooms; to be asked within a turn of its room. Answers after the commit. Null and throwing both mean
   * that it is not known to be stored; alone it may be. So does a frame of a room of which it is not known who is in it at the frame's head.
   */
  async insertFrame(practice: string, frame: NewFrame): Promise<FramePlace | null> {
    const key = keyOf(practice, frame.room);
    const places = this.#rosters.placesAt(key, frame.head16);
    // Who is not in the room has had no turn.
    if (places === null || !this.#rosters.has(key, frame.author)) return null;
    const seq = await this.#gatheringOf(practice).ask(frame);
    return seq === null ? null : { seq, places };
  }

  async #isIn({ practice, room, account }: Author): Promise<boolean> {
    if (this.#rosters.has(keyOf(practice, room), account)) return true;
    const roster = await this.#store.read(practice, (reader) => readRoster(reader, room, account));
    if (roster === null) return false;
    this.note(practice, room, roster);
    return true;
  }

  #gatheringOf(practice: string): FrameGathering {
    const known = this.#gatherings.get(practice);
    const gathering = known ?? this.#gather(practice);
    if (known === undefined) this.#gatherings.set(practice, gathering);
    return gathering;
  }

  #gather(practice: string): FrameGathering {
    const lane = this.#store.lane(practice);
    return new Gathering(TOGETHER, (frames) => insertFrames(lane, frames));
  }
}

const keyOf = (practice: string, room: string): string => `${practice}/${room}`;
