import type { AccountId } from "@sotto/domain";
import { equalBytes, memberOf } from "@sotto/vault";
import type { Bytes } from "@sotto/vault";
import { needed } from "../done.ts";
import type { Home } from "../home.ts";

const LINE_LENGTH_MAX = 1_000;

/**
 * The newest keys that any room names for somebody, or that were asked for, on the line from the given ones: whoever renewed their keys in one room
 * is let into the next with the new ones. Whatever is not on that line is not theirs.
 */
export function newestIdentity(home: Home, account: AccountId, from: Bytes): Bytes {
  let newest = from;
  const heard = home.book.newestOf(account);
  if (heard !== null && isLater(home, heard, newest)) newest = heard;
  for (const { state } of home.rooms.all) {
    const place = memberOf(state, account);
    if (place !== null && isLater(home, place.identity, newest)) newest = place.identity;
  }
  return newest;
}

/**
 * Asks for the newest keys of these accounts, which somebody has renewed since any room named them. This person's own are in their vault.
 * Whatever does not hold, or does not follow on what they are pinned by, is not taken.
 */
export async function hearNewest(home: Home, accounts: readonly AccountId[]): Promise<void> {
  if (accounts.includes(home.person.account)) needed(await home.vault.refresh());
  const others = accounts.filter((account) => account !== home.person.account);
  if (others.length > 0) await home.book.hearNewest(others);
}

const isLater = (home: Home, later: Bytes, earlier: Bytes): boolean => {
  let record = home.book.known(later);
  for (let step = 0; step < LINE_LENGTH_MAX && record !== null && record.previous !== null; step++) {
    if (equalBytes(record.previous, earlier)) return true;
    record = home.book.known(record.previous);
  }
  return false;
};

/** The keys that stand for somebody in the rooms shared with them; null when no room is, or two rooms name keys of two lines. */
export function identityIn(home: Home, account: AccountId): Bytes | null {
  const places = home.rooms.all
    .map(({ state }) => memberOf(state, account))
    .filter((place) => place !== null);
  const [first] = places;
  if (first === undefined) return null;
  const newest = newestIdentity(home, account, first.identity);
  const isOneLine = places.every(
    ({ identity }) => equalBytes(identity, newest) || isLater(home, newest, identity),
  );
  return isOneLine ? newest : null;
}
