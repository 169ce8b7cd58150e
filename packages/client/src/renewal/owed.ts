import { headMarkOf, identityFor, memberOf, oweRenewal, renewalOwedSince } from "@sotto/vault";
import type { VaultState } from "@sotto/vault";
import type { RoomMemory } from "../sync/room-memory.ts";

const HOUR_MS = 3_600_000;
/** So long after the first room ended, so that a family's ten rooms make one renewal. */
const GATHERED_MS = 24 * HOUR_MS;

/**
 * A renewal is owed for the keys under which this person was in a room that they are taken out of. Whoever hears of it late owes nothing for
 * keys that are destroyed already.
 */
export function oweForRoom(
  state: VaultState,
  last: Pick<RoomMemory, "room" | "state">,
  now: number,
): VaultState {
  const { identities } = state;
  const newest = identities.at(-1);
  if (newest === undefined) return state;
  const mark = headMarkOf(state, last.room);
  const place = memberOf(last.state, newest.account);
  const seated = place === null ? null : identityFor(identities, place.identity);
  // Another browser has seen more of the room than this one: under which keys, this one cannot tell.
  const isBehind = mark !== null && mark.epoch > last.state.epoch;
  const { generation } = isBehind || seated === null ? newest : seated;
  return oweRenewal(state, { generation, since: now });
}

/**
 * How long a renewal that is owed may still wait; null when none is owed. Each costs an epoch in every room, so between two of them lies an
 * hour for each room: then a person in a thousand rooms writes no more than one in ten.
 */
export function waitsFor(state: VaultState, rooms: number, now: number): number | null {
  const since = renewalOwedSince(state);
  if (since === null) return null;
  const spaced = state.renewedAt === null ? 0 : state.renewedAt + rooms * HOUR_MS;
  const longest = Math.max(GATHERED_MS, rooms * HOUR_MS);
  const ms = Math.max(since + GATHERED_MS, spaced) - now;
  // A clock that was set back never puts it off for longer than that.
  return ms > longest ? 0 : Math.max(0, ms);
}
