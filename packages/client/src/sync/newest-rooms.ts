import type { RoomId } from "@sotto/domain";
import { ByteReader, ByteWriter } from "@sotto/vault";
import type { Bytes } from "@sotto/vault";
import type { LocalRecords } from "../local/records.ts";
import { readOrNull } from "../unreadable.ts";
import { toId } from "../ids.ts";

const NAME = "newest-rooms";
const LABEL = "fam/newest-rooms/1";
const ROOMS_MAX = 24;

/** A room, and when something last came in there, by the server's clock. */
export interface RoomTime {
  readonly room: RoomId;
  readonly at: number;
}

/** The record of the newest rooms on this device (docs/formats/local.md). */
export function encodeNewest(rooms: readonly RoomTime[]): Bytes {
  const writer = ByteWriter.labelled(LABEL);
  writer.list(rooms, ROOMS_MAX, ({ at, room }) => writer.id(room).unsigned(at, 6));
  return writer.bytes();
}

/** Null when it is damaged. */
export function decodeNewest(bytes: Bytes): readonly RoomTime[] | null {
  return readOrNull(() => {
    const reader = ByteReader.labelled(bytes, LABEL, 1000);
    const rooms = reader.list(ROOMS_MAX, () => ({ room: toId<RoomId>(reader.id()), at: reader.unsigned(6) }));
    reader.end();
    return rooms;
  });
}

/** An order of rooms, and what is to be written on the device for it. */
interface Next {
  readonly order: readonly RoomId[];
  readonly entries: readonly { readonly name: string; readonly value: Bytes | null }[];
}

/**
 * Which rooms something came into last: a screen of them is there at once, however many others this device holds. It is a hint and no more: which rooms
 * are here, their items say.
 */
export class NewestRooms {
  #rooms: readonly RoomTime[] = [];
  /** Their order as it stands on the device. */
  #written: readonly RoomId[] = [];

  /** As the device has them, the newest first; none when it does not. */
  async load(local: LocalRecords): Promise<readonly RoomId[]> {
    const bytes = await local.readPublic(NAME);
    this.#rooms = (bytes === null ? null : decodeNewest(bytes)) ?? [];
    this.#written = this.#order;
    return this.#order;
  }

  /** All rooms of this device have been looked through; meanwhile something may have come into them. */
  found(rooms: readonly RoomTime[]): void {
    const known = new Map(this.#rooms.map(({ at, room }) => [room, at]));
    this.#become(rooms.map(({ at, room }) => ({ room, at: Math.max(at, known.get(room) ?? 0) })));
  }

  /** This device holds nothing of a room any more. */
  gone(gone: RoomId): void {
    this.#become(this.#rooms.filter(({ room }) => room !== gone));
  }

  /** Something came into a room. */
  came(news: RoomTime): void {
    this.#become([...this.#rooms.filter(({ room }) => room !== news.room), news]);
  }

  /** What is to be written together with what changed their order, as it is now: nothing while it stays. `wrote` is told of it once that is done. */
  get next(): Next {
    const isSame =
      this.#written.length === this.#rooms.length &&
      this.#rooms.every(({ room }, place) => room === this.#written[place]);
    const entries = isSame ? [] : [{ name: NAME, value: encodeNewest(this.#rooms) }];
    return { order: this.#order, entries };
  }

  /** Where a device takes nothing new: no room is named there, until it does. */
  get none(): Next {
    return { order: [], entries: [{ name: NAME, value: null }] };
  }

  wrote({ order }: Next): void {
    this.#written = order;
  }

  get #order(): readonly RoomId[] {
    return this.#rooms.map(({ room }) => room);
  }

  #become(rooms: readonly RoomTime[]): void {
    this.#rooms = rooms.toSorted((a, b) => b.at - a.at).slice(0, ROOMS_MAX);
  }
}
