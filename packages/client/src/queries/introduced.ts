import type { AccountId, Verification } from "@sotto/domain";
import type { Home } from "../home.ts";
import type { RoomMemory } from "../sync/room-memory.ts";
import type { Trust } from "../views.ts";

/** How this person came to trust an account by their own check; null when they have made none. */
export function checkedAs(home: Home, account: string): Verification | null {
  return home.vault.state.contacts.find((contact) => contact.account === account)?.verified ?? null;
}

/**
 * By what this person can tell who somebody is. `introduced`: a keeper whom they have checked, or whom such a keeper let in, signed a roster with them, or said
 * something to one.
 * `unknown`: nobody such did; a server can make up a room of its own with anybody's name in it, and that is all it can make up.
 */
export function trustIn(home: Home, account: AccountId, memory: RoomMemory | null): Trust {
  const checked = checkedAs(home, account);
  if (checked !== null) return checked;
  const here = memory?.introducers.get(account) ?? [];
  const isHere = [...here].some((by) => by === home.person.account || checkedAs(home, by) !== null);
  return isHere || introducedTo(home).has(account) ? "introduced" : "unknown";
}

const known = new WeakMap<Home, { readonly stamp: string; readonly accounts: ReadonlySet<string> }>();

/** Everybody who was let in by this person, by somebody they have checked, or by somebody who was let in so, in any of their rooms. */
function introducedTo(home: Home): ReadonlySet<string> {
  const { contacts } = home.vault.state;
  const rooms = home.rooms.all;
  // Rooms only grow.
  const introductions = rooms.reduce((sum, room) => sum + room.introductions, 0);
  const stamp = `${rooms.length} ${introductions} ${contacts.map(({ account }) => account).join()}`;
  const last = known.get(home);
  if (last?.stamp === stamp) return last.accounts;
  const accounts = new Set<string>([home.person.account, ...contacts.map(({ account }) => account)]);
  for (let before = -1; before < accounts.size;) {
    before = accounts.size;
    for (const { introducers } of rooms) {
      for (const [account, by] of introducers)
        if ([...by].some((one) => accounts.has(one))) accounts.add(account);
    }
  }
  known.set(home, { stamp, accounts });
  return accounts;
}
