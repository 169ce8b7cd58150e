import { compareBytes, VaultFault } from "../codec/bytes.ts";
import type { Bytes } from "../codec/bytes.ts";
import type { ByteReader } from "../codec/reader.ts";
import type { ByteWriter } from "../codec/writer.ts";

/**
 * The seeds of epochs that were sealed to keys which are destroyed: what opens the past of the rooms that go on. A seed proves itself by
 * its event's confirmation, so nothing else of the event is kept here.
 */
export const ARCHIVE_SEEDS_MAX = 65_536;
const ROOMS_MAX = 20_000;
const RUNS_MAX = 1_000;
const SEED_BYTES = 32;

/** Seeds of epochs that follow on each other, the first of them this one. */
export type SeedRun = { readonly first: number; readonly seeds: readonly Bytes[] };

export type RoomArchive = {
  readonly room: string;
  /** Nothing of an earlier epoch is taken from whoever does not know this floor: this person was out of the room since. */
  readonly floor: number;
  /** In ascending order; two that meet are one. */
  readonly runs: readonly SeedRun[];
};

/** What the archive holds of a room; null when it holds nothing. */
export function archiveOf(archive: readonly RoomArchive[], room: string): RoomArchive | null {
  return archive.find((each) => each.room === room) ?? null;
}

/** The seed of an epoch; null when it is not archived. */
export function archivedSeed(archive: RoomArchive | null, epoch: number): Bytes | null {
  const run = archive?.runs.find(({ first, seeds }) => epoch >= first && epoch < first + seeds.length);
  return run?.seeds[epoch - run.first] ?? null;
}

/** What to archive of one room: seeds by epoch, in any order. */
export function makeRoomArchive(
  room: string,
  floor: number,
  seeds: Iterable<readonly [epoch: number, seed: Bytes]>,
): RoomArchive {
  const runs: { readonly first: number; readonly seeds: Bytes[] }[] = [];
  for (const [epoch, seed] of [...seeds].toSorted(([a], [b]) => a - b)) {
    const last = runs.at(-1);
    if (last !== undefined && last.first + last.seeds.length === epoch) last.seeds.push(seed);
    else runs.push({ first: epoch, seeds: [seed] });
  }
  return { room, floor, runs };
}

/**
 * Joins archives room by room: the higher floor, every seed at or above it, and those below it that were archived under it, for they were given
 * to this person anew. Of two seeds of one epoch, one opens nothing; the larger bytes stay. Commutative, associative, idempotent.
 */
export function mergeArchives(
  archives: readonly RoomArchive[],
  isGone: (room: string) => boolean,
): readonly RoomArchive[] {
  const rooms = Map.groupBy(archives, ({ room }) => room);
  return [...rooms.entries()]
    .filter(([room]) => !isGone(room))
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([room, parts]) => {
      const [first, ...others] = parts;
      // Two browsers mostly hold the same: then nothing is put together.
      const isOne = first !== undefined && others.every((other) => isSame(first, other));
      return isOne ? first : mergeRoom(room, parts);
    });
}

const isSame = (a: RoomArchive, b: RoomArchive): boolean =>
  a.floor === b.floor &&
  a.runs.length === b.runs.length &&
  a.runs.every(({ first, seeds }, index) => {
    const other = b.runs[index];
    return (
      other?.first === first &&
      other.seeds.length === seeds.length &&
      seeds.every((seed, at) => compareBytes(seed, other.seeds[at] ?? seed) === 0)
    );
  });

const mergeRoom = (room: string, parts: readonly RoomArchive[]): RoomArchive => {
  const floor = Math.max(...parts.map((part) => part.floor));
  const kept = parts.flatMap((part) =>
    [...seedsOf(part)].filter(([epoch]) => part.floor === floor || epoch >= floor),
  );
  const seeds = new Map<number, Bytes>();
  for (const [epoch, seed] of kept) {
    const known = seeds.get(epoch);
    if (known === undefined || compareBytes(seed, known) > 0) seeds.set(epoch, seed);
  }
  return makeRoomArchive(room, floor, seeds);
};

/** Every archived seed of a room, with its epoch. */
export function* seedsOf({ runs }: RoomArchive): Generator<readonly [epoch: number, seed: Bytes]> {
  for (const { first, seeds } of runs) {
    for (const [index, seed] of seeds.entries()) yield [first + index, seed];
  }
}

/** How many seeds an archive holds: beyond `ARCHIVE_SEEDS_MAX` it cannot be written. */
export function countSeeds(archive: readonly RoomArchive[]): number {
  return archive.reduce((sum, { runs }) => sum + runs.reduce((of, { seeds }) => of + seeds.length, 0), 0);
}

/** One way to write it: rooms in order, runs that do not meet, nothing that says nothing. */
const isExact = (archive: readonly RoomArchive[]): boolean =>
  countSeeds(archive) <= ARCHIVE_SEEDS_MAX &&
  archive.every(({ room }, index) => index === 0 || (archive[index - 1]?.room ?? "") < room) &&
  archive.every(({ floor, runs }) => {
    if (runs.length === 0) return floor > 0;
    return runs.every(({ first, seeds }, index) => {
      const before = runs[index - 1];
      const isApart = before === undefined || before.first + before.seeds.length < first;
      return seeds.length > 0 && first + seeds.length <= 2 ** 32 && isApart;
    });
  });

/** Throws `misuse` beyond its limits. */
export function writeArchive(writer: ByteWriter, archive: readonly RoomArchive[]): void {
  if (!isExact(archive)) throw new VaultFault("misuse");
  writer.list(archive, ROOMS_MAX, ({ floor, room, runs }) =>
    writer
      .id(room)
      .unsigned(floor, 4)
      .list(runs, RUNS_MAX, ({ first, seeds }) => {
        writer.unsigned(first, 4).unsigned(seeds.length, 4);
        for (const seed of seeds) writer.fixed(seed, SEED_BYTES);
      }),
  );
}

/** Throws `malformed` for an archive that is not written in the one way. */
export function readArchive(reader: ByteReader): readonly RoomArchive[] {
  const archive = reader.list(ROOMS_MAX, () => ({
    room: reader.id(),
    floor: reader.unsigned(4),
    runs: reader.list(RUNS_MAX, () => {
      const first = reader.unsigned(4);
      const count = reader.unsigned(4);
      const seeds: Bytes[] = [];
      while (seeds.length < count) seeds.push(reader.fixed(SEED_BYTES));
      return { first, seeds };
    }),
  }));
  if (!isExact(archive)) throw new VaultFault("malformed");
  return archive;
}
