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

/** What is to be written on the device. */
type Writes = readonly { readonly name: string; readonly value: Bytes }[];

/**
 * Which rooms something came into last: a screen of them is there at once, however many others this device holds. It is a hint and no more: which rooms
 * are here, their items say.
 */
export class NewestRooms {
  #rooms: readonly RoomTime[] = [];

  /** As the device has them, the newest first; none when it does not. */
  async load(local: LocalRecords): Promise<readonly RoomId[]> {
    const bytes = await local.readPublic(NAME);
    this.#rooms = (bytes === null ? null : decodeNewest(bytes)) ?? [];
    return this.#rooms.map(({ room }) => room);
  }

  /** All rooms of this device have been looked through; meanwhile something may have come into them. */
  found(rooms: readonly RoomTime[]): Writes {
    const known = new Map(this.#rooms.map(({ at, room }) => [room, at]));
    return this.#become(rooms.map(({ at, room }) => ({ room, at: Math.max(at, known.get(room) ?? 0) })));
  }

  /** This device holds nothing of a room any more. */
  gone(gone: RoomId): Writes {
    return this.#become(this.#rooms.filter(({ room }) => room !== gone));
  }

  /** Something came into a room: what is to be written together with it. */
  came(news: RoomTime): Writes {
    return this.#become([...this.#rooms.filter(({ room }) => room !== news.room), news]);
  }

  /** Nothing is written while their order stays. */
  #become(rooms: readonly RoomTime[]): Writes {
    const before = this.#rooms.map(({ room }) => room);
    this.#rooms = rooms.toSorted((a, b) => b.at - a.at).slice(0, ROOMS_MAX);
    const isSame =
      before.length === this.#rooms.length && this.#rooms.every(({ room }, place) => room === before[place]);
    return isSame ? [] : [{ name: NAME, value: encodeNewest(this.#rooms) }];
  }
}
