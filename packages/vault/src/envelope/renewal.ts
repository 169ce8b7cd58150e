import { wipe } from "../codec/bytes.ts";
import type { IdentitySecret } from "../identity/secret.ts";
import { archiveOf, mergeArchives } from "./archive.ts";
import type { RoomArchive } from "./archive.ts";
import type { EndedRoom, RenewalDue, VaultState } from "./vault-state.ts";

/** Of the generations whose sealing key is destroyed, so many stay with their record and signing key. */
const DESTROYED_KEPT = 20;

/**
 * Since when a renewal is owed; null when none is. It is due for all generations up to one, and done when the sealing keys of these are
 * destroyed: nothing has to be crossed off, so two browsers never disagree about it.
 */
export function renewalOwedSince({ destroyedBelow, renewalDue }: VaultState): number | null {
  return renewalDue !== null && renewalDue.generation >= destroyedBelow ? renewalDue.since : null;
}

/** Generations as they are once the sealing keys of those before this one are destroyed. */
export function withoutKeysBelow(
  identities: readonly IdentitySecret[],
  destroyedBelow: number,
): readonly IdentitySecret[] {
  return identities
    .filter(({ generation }) => generation >= destroyedBelow - DESTROYED_KEPT)
    .map((secret) =>
      secret.generation >= destroyedBelow || secret.kemPrivate === null
        ? secret
        : { ...secret, kemPrivate: null },
    );
}

/** Of two that are due, the later generation; of one generation, the earlier time. */
export function compareDue(a: RenewalDue, b: RenewalDue): number {
  return a.generation - b.generation || b.since - a.since;
}

/** The state that owes a renewal of all generations up to this one, since then. */
export function oweRenewal(state: VaultState, due: RenewalDue): VaultState {
  const { renewalDue: known } = state;
  return known !== null && compareDue(known, due) >= 0 ? state : { ...state, renewalDue: due };
}

/**
 * A room that was ended: what opened it goes, and the sealing keys that its seeds were sealed to are owed a renewal. `at` is when the room
 * was ended, `now` when this person's client has learned it. The state itself when it knew the room as ended.
 */
export function noteEndedRoom(
  state: VaultState,
  { now, ...ended }: EndedRoom & { readonly now: number },
): VaultState {
  if (state.ended.some(({ room }) => room === ended.room)) return state;
  const newest = state.identities.at(-1);
  const noted: VaultState = {
    ...state,
    ended: [...state.ended, ended],
    archive: mergeArchives(state.archive, (room) => room === ended.room),
  };
  return newest === undefined ? noted : oweRenewal(noted, { generation: newest.generation, since: now });
}

/**
 * The state in which the sealing keys of all generations before the newest are gone, and what they opened of the rooms that go on is
 * archived. It is archived under whatever floor its room has: of a room that they had been out of, it was given to this person since.
 */
export function destroyOlderKeys(
  state: VaultState,
  { archive, at }: { readonly archive: readonly RoomArchive[]; readonly at: number },
): VaultState {
  const destroyedBelow = Math.max(state.destroyedBelow, state.identities.at(-1)?.generation ?? 0);
  const ended = new Set(state.ended.map(({ room }) => room));
  const added = archive.map((part) => ({
    ...part,
    floor: Math.max(part.floor, archiveOf(state.archive, part.room)?.floor ?? 0),
  }));
  return {
    ...state,
    destroyedBelow,
    identities: withoutKeysBelow(state.identities, destroyedBelow),
    archive: mergeArchives([...state.archive, ...added], (room) => ended.has(room)),
    renewedAt: Math.max(at, state.renewedAt ?? 0),
  };
}

/** Wipes every secret of a state from memory: what is done with it is done. */
export function wipeVaultState({ archive, identities }: VaultState): void {
  for (const { kemPrivate, signSeed } of identities)
    wipe(signSeed, ...(kemPrivate === null ? [] : [kemPrivate]));
  for (const { runs } of archive) for (const { seeds } of runs) wipe(...seeds);
}
