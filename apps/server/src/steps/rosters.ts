import type { Bytes } from "@sotto/vault/public";
import type { MemberPlace, Roster } from "../store/room.ts";

const PLACES_MAX = 100_000;

/** Who was in which room when the store last said so. Too many to keep: all are forgotten, and looked up anew. */
export class Rosters {
  readonly #placesMax: number;
  readonly #of = new Map<string, Roster>();
  #places = 0;

  constructor(placesMax: number = PLACES_MAX) {
    this.#placesMax = placesMax;
  }

  has(room: string, account: string): boolean {
    return this.#of.get(room)?.places.some((place) => place.account === account) === true;
  }

  /** Null when it is not known who is in the room at this head. */
  placesAt(room: string, head16: Bytes): readonly MemberPlace[] | null {
    const roster = this.#of.get(room);
    return roster !== undefined && Buffer.compare(roster.head16, head16) === 0 ? roster.places : null;
  }

  note(room: string, roster: Roster): void {
    this.forget(room);
    if (this.#places >= this.#placesMax) {
      this.#of.clear();
      this.#places = 0;
    }
    this.#of.set(room, roster);
    this.#places += roster.places.length;
  }

  forget(room: string): void {
    this.#places -= this.#of.get(room)?.places.length ?? 0;
    this.#of.delete(room);
  }
}
