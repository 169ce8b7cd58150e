import type { EntryId } from "@sotto/domain";
import type { LogLine, RoomMemory } from "../sync/room-memory.ts";
import { wordsOf } from "../queries/said.ts";
import { fold, termsOf } from "./fold.ts";

type Said = LogLine & { readonly kind: "message" | "file" };

/** What a search needs of a room. */
export type Searched = Pick<RoomMemory, "changes" | "lines" | "room">;

/** Something that was said, or a file that is found by its name, and the room it was said in. */
export interface Found<Room extends Searched> {
  readonly memory: Room;
  readonly line: Said;
}

interface Indexed<Room extends Searched> extends Found<Room> {
  folded: string | null;
}

export interface FoundPage<Room extends Searched> {
  readonly found: readonly Found<Room>[];
  readonly more: boolean;
}

const SLICE_MS = 12;
const LOOKED_AT_ONCE = 500;

const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

/**
 * Looks for words in everything this person can read, newest first. The index is nothing but the texts once more, folded, in memory: a
 * plain look through a hundred thousand of them takes less time than a screen takes to draw, whatever the script, and what is deleted or
 * changed is gone from it by itself. Gives way to everything else every few milliseconds; a newer question ends an older one.
 */
export class Search<Room extends Searched> {
  readonly #rooms: () => readonly Room[];
  readonly #folded = new WeakMap<Said, string>();
  #index: readonly Indexed<Room>[] = [];
  #signature = "";
  #looked: readonly Room[] = [];
  #asked = 0;

  constructor(rooms: () => readonly Room[]) {
    this.#rooms = rooms;
  }

  /**
   * A page of what holds every word of the query, after the entry where the page before ended. Null when a newer question has come. An empty
   * query finds nothing, and makes the index ready for the first letter.
   */
  async find(wish: {
    readonly query: string;
    readonly after: EntryId | null;
    readonly countMax: number;
    readonly isHidden: (found: Found<Room>) => boolean;
  }): Promise<FoundPage<Room> | null> {
    const asked = ++this.#asked;
    const terms = termsOf(wish.query);
    const index = this.#ready();
    const start = wish.after === null ? 0 : 1 + index.findIndex(({ line }) => line.entry === wish.after);
    const found: Found<Room>[] = [];
    let since = performance.now();
    for (let place = start; place < index.length; place++) {
      const item = index[place];
      if (item !== undefined && this.#holds(item, terms) && !wish.isHidden(item)) found.push(item);
      if (found.length > wish.countMax) return { found: found.slice(0, wish.countMax), more: true };
      if (place % LOOKED_AT_ONCE !== 0 || performance.now() - since < SLICE_MS) continue;
      await pause();
      if (asked !== this.#asked) return null;
      since = performance.now();
    }
    return { found, more: false };
  }

  /** The room has ended: no word of it stays in the index. */
  letGo(room: Room["room"]): void {
    if (!this.#looked.some((memory) => memory.room === room)) return;
    [this.#index, this.#looked, this.#signature] = [[], [], ""];
  }

  #holds(item: Indexed<Room>, terms: readonly string[]): boolean {
    item.folded ??= this.#fold(item.line);
    const { folded } = item;
    return terms.length > 0 && terms.every((term) => folded.includes(term));
  }

  #fold(line: Said): string {
    const folded = this.#folded.get(line) ?? fold(wordsOf(line));
    this.#folded.set(line, folded);
    return folded;
  }

  /** All messages, newest first. Made anew only when something was said, changed or deleted. */
  #ready(): readonly Indexed<Room>[] {
    const rooms = this.#rooms();
    const signature = rooms.map(({ changes, lines, room }) => `${room} ${lines.length} ${changes}`).join();
    // A room that was opened anew may have as many lines as it had before.
    const isSame = rooms.every((memory, place) => memory === this.#looked[place]);
    if (isSame && signature === this.#signature) return this.#index;
    const all = rooms.flatMap((memory) =>
      memory.lines.flatMap((line): Indexed<Room>[] =>
        line.kind === "message" || line.kind === "file"
          ? [{ memory, line, folded: this.#folded.get(line) ?? null }]
          : [],
      ),
    );
    this.#index = all.toSorted((a, b) => b.line.at - a.line.at || (a.line.entry < b.line.entry ? 1 : -1));
    this.#signature = signature;
    this.#looked = [...rooms];
    return this.#index;
  }
}
