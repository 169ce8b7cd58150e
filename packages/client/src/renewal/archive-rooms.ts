import type { RoomId } from "@sotto/domain";
import {
  ARCHIVE_SEEDS_MAX,
  archiveOf,
  BLOB_BODY_BYTES_MAX,
  countSeeds,
  destroyOlderKeys,
  encodeVaultState,
  equalBytes,
  headMarkOf,
  identityHash,
  makeRoomArchive,
  memberOf,
} from "@sotto/vault";
import type { Bytes, IdentitySecret, RoomArchive, VaultState } from "@sotto/vault";
import { needed } from "../done.ts";
import type { Home } from "../home.ts";
import { toId } from "../ids.ts";
import { hasEnded } from "../sync/ending.ts";
import type { RoomMemory } from "../sync/room-memory.ts";

const STATE_BYTES_MAX = BLOB_BODY_BYTES_MAX - 256 * 1024;

/** How far each room goes that the server has for this person; null for one that it says has ended. */
export type Listed = ReadonlyMap<RoomId, number | null>;

/**
 * Reads every room of this person to its end. Which rooms there are, the server says: one that hides a room for as long as a renewal takes
 * makes this person lose it, as one that deletes it does (docs/threat-model.md).
 */
export async function readAllRooms({ call, rooms, vault }: Home): Promise<Listed> {
  await rooms.whole();
  const lines = needed(await call("listRooms")).rooms;
  const listed = new Map(lines.map(({ ended, room, seq }) => [toId<RoomId>(room), ended ? null : seq]));
  for (const { room } of rooms.held) if (!listed.has(room)) await rooms.pull(room);
  for (const [room, seq] of listed) {
    const isBehind = seq === null ? !hasEnded(vault.state, room) : (rooms.get(room)?.seq ?? 0) < seq;
    if (isBehind) await rooms.pull(room);
  }
  return listed;
}

/**
 * The vault without its older sealing keys, with the seeds of every room that goes on in their place; the vault as it is for as long as any
 * room still needs them: it names them, is not wholly read, does not open, or has ended by somebody's mere word. What is destroyed then would be missed. Nothing is awaited in
 * here: what is looked at is what is archived.
 */
export function withoutOlderKeys(home: Home, listed: Listed, state: VaultState): VaultState {
  const { ports, rooms } = home;
  const newest = state.identities.at(-1);
  const here = rooms.held;
  const isWhole = [...listed].every(([room, seq]) =>
    seq === null ? hasEnded(state, room) : (rooms.get(room)?.seq ?? 0) >= seq,
  );
  const isHere = ({ room }: RoomMemory) => rooms.get(room) !== null && !hasEnded(state, room);
  const isDone = here.every((memory) => newest !== undefined && isReady(memory, newest) && isHere(memory));
  if (newest === undefined || !isWhole || !isDone) return state;
  const archive = [...here.map((memory) => archiveOfRoom(memory, newest, state)), ...goneFrom(state, here)];
  const next = destroyOlderKeys(state, { archive: archive.filter(saysSomething), at: ports.now() });
  return fits(next) ? next : state;
}

/** True when the vault can be written, and still has room for what its person does afterwards. */
const fits = (next: VaultState): boolean =>
  countSeeds(next.archive) <= ARCHIVE_SEEDS_MAX && encodeVaultState(next).length <= STATE_BYTES_MAX;

const saysSomething = ({ floor, runs }: RoomArchive): boolean => floor > 0 || runs.length > 0;

/** True when the room is read whole, all of what was given of its past included, and names this person by their newest keys. */
const isReady = (memory: RoomMemory, { account, record }: IdentitySecret): boolean => {
  const { epochs, granted, isBroken, past, state } = memory;
  const place = memberOf(state, account);
  const isNewest = place !== null && equalBytes(place.identity, identityHash(record));
  const isReached = granted === null || past?.grant.epoch === granted.epoch;
  const first = Math.min(...epochs.keys());
  return isNewest && isReached && !isBroken && epochs.size === state.epoch - first + 1;
};

/**
 * The seeds that the newest keys do not open themselves. What was given of the past was sealed to whatever keys there were then. What is archived
 * from before this person may read the room was read in an earlier membership, and goes.
 */
const archiveOfRoom = (
  { epochs, room }: RoomMemory,
  { account, record }: IdentitySecret,
  { archive }: VaultState,
): RoomArchive => {
  const newest = identityHash(record);
  const older = [...epochs].filter(([, { state }]) => {
    const place = memberOf(state, account);
    return place === null || !equalBytes(place.identity, newest);
  });
  const seeds = older.map(([epoch, { seed }]): readonly [number, Bytes] => [epoch, seed.slice()]);
  const first = Math.min(...epochs.keys());
  const isFromBefore = (archiveOf(archive, room)?.runs[0]?.first ?? first) < first;
  return makeRoomArchive(room, isFromBefore ? first : 0, seeds);
};

/** Of rooms that this person is no longer in nothing is kept, whichever browser of theirs still has it. */
const goneFrom = (state: VaultState, here: readonly RoomMemory[]): readonly RoomArchive[] => {
  const ids = new Set<string>(here.map(({ room }) => room));
  return state.archive
    .filter(({ room }) => !ids.has(room))
    .map(({ floor, room }) => {
      const past = (headMarkOf(state, room)?.epoch ?? 0) + 1;
      return makeRoomArchive(room, Math.max(floor, past), []);
    });
};
