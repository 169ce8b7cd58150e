import { LIMITS } from "@sotto/contract";
import { toBase64Url } from "@sotto/vault/public";
import { readPlacesOf, readRanges, type ItemRange } from "../store/room.ts";
import type { Telling, World } from "../steps/world.ts";

/**
 * What these accounts are to be told of items that another process has stored in these rooms. Where not all of it can be told one by one, because there is
 * too much or some of it is gone again, those who are in the room are told to look.
 */
export async function readNews(
  world: World,
  practice: string,
  asked: { readonly ranges: readonly ItemRange[]; readonly accounts: readonly string[] },
): Promise<readonly Telling[]> {
  return world.store.read(practice, async (reader) => {
    const rooms = asked.ranges.map(({ room }) => room);
    const places = await readPlacesOf(reader, rooms, asked.accounts);
    const read = new Set(places.map(({ room }) => room));
    const ranges = asked.ranges.filter(({ room }) => read.has(room));
    if (ranges.length === 0) return [];
    const items = await readRanges(reader, ranges, LIMITS.itemsPerPageMax);
    return ranges.flatMap(({ first, last, room }): readonly Telling[] => {
      const to = places.filter((place) => place.room === room);
      const stored = items.filter((item) => item.room === room);
      const isWhole = stored.length === last - first + 1 && stored.every(({ kind }) => kind !== "erased");
      if (!isWhole) return [{ kind: "rooms-changed", practice, to: to.map(({ account }) => account) }];
      return stored.map(({ at, bytes, kind, seq }) => ({
        kind: "item",
        practice,
        room,
        seq,
        item: kind === "event" ? "event" : "frame",
        bytes: toBase64Url(bytes),
        at,
        to: to.filter(({ fromSeq }) => fromSeq <= seq),
      }));
    });
  });
}
