import { identityLeaf, leafHash, roomHeadLeaf, toHex, type Bytes } from "@sotto/vault/public";
import { findPractices } from "../store/door.ts";
import { findLeaves } from "../store/key-log.ts";
import {
  countFilesToSweep,
  readEndedRooms,
  readStandings,
  type AccountStanding,
  type EndedRoom,
} from "../store/retention.ts";
import { NO_PRACTICE, type Reader } from "../store/store.ts";
import type { World } from "../steps/world.ts";

/** An account, how many of the ended rooms it was in and has published no newer sealing keys since it was out of them, and when the first of these ended. */
export interface OldKeys {
  readonly account: string;
  readonly rooms: number;
  readonly since: number;
}

/** What has ended in a practice, and where something of it may still be opened from, as far as a server can tell. */
export interface Retained {
  readonly practice: string;
  readonly ended: readonly Pick<EndedRoom, "room" | "endedAt">[];
  /** Accounts of people who can come in. That newer keys are there does not say that the older are destroyed: only their clients know. */
  readonly oldKeys: readonly OldKeys[];
  /** The same of accounts that nobody comes in by any more: nothing will ever renew them, and only a stolen way in opens their vaults. */
  readonly shut: readonly OldKeys[];
  /** Custodians, whose keys stand on paper: the server sees no sheet being destroyed. */
  readonly sheets: readonly Pick<OldKeys, "account" | "rooms">[];
  readonly filesToSweep: { readonly files: number; readonly bytes: number };
}

/** Looks through all practices, each in a picture that stands still. */
export async function lookAtRetention({ store }: Pick<World, "store">): Promise<readonly Retained[]> {
  const practices = await store.read(NO_PRACTICE, findPractices);
  const found: Retained[] = [];
  for (const practice of practices) found.push(await store.readStill(practice, lookAtPractice));
  return found;
}

async function lookAtPractice(reader: Reader): Promise<Retained> {
  const rooms = await readEndedRooms(reader);
  const standings = await readStandings(reader, [...new Set(rooms.flatMap(({ out }) => [...out.keys()]))]);
  const places = await placesInLog(reader, rooms, standings);
  const oldKeys = standings.flatMap((standing) => {
    const { account, identities } = standing;
    const newest = Math.max(-1, ...identities.map((hash) => places(identityLeaf(hash))));
    // The order of the key log, which nobody can change, says what came later; no clock does.
    const behind = rooms.filter(({ out }) => {
      const last = out.get(account);
      return last !== undefined && places(roomHeadLeaf(last)) > newest;
    });
    const [first] = behind;
    return first === undefined ? [] : [{ ...standing, rooms: behind.length, since: first.endedAt }];
  });
  const lines = (is: (line: AccountStanding) => boolean): readonly OldKeys[] =>
    oldKeys.filter(is).map(({ account, rooms: count, since }) => ({ account, rooms: count, since }));
  return {
    practice: reader.practice,
    ended: rooms.map(({ endedAt, room }) => ({ room, endedAt })),
    oldKeys: lines(({ hasWayIn, standing }) => standing !== "custodian" && hasWayIn),
    shut: lines(({ hasWayIn, standing }) => standing !== "custodian" && !hasWayIn),
    sheets: lines(({ standing }) => standing === "custodian").map(({ account, rooms: count }) => ({
      account,
      rooms: count,
    })),
    filesToSweep: await countFilesToSweep(reader),
  };
}

/** Where each of these leaves stands in the key log; -1 for one that does not. */
async function placesInLog(
  reader: Reader,
  rooms: readonly EndedRoom[],
  standings: readonly AccountStanding[],
): Promise<(leaf: Bytes) => number> {
  const identities = standings.flatMap((standing) => standing.identities.map(identityLeaf));
  const heads = rooms.flatMap(({ out }) => [...out.values()].map(roomHeadLeaf));
  const hashes = [...heads, ...identities].map(leafHash);
  const found = await findLeaves(reader, hashes, Number.MAX_SAFE_INTEGER);
  const places = new Map(found.map(({ hash, index }) => [toHex(hash), index]));
  return (leaf) => places.get(toHex(leafHash(leaf))) ?? -1;
}
