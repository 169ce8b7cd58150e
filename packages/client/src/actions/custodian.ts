import type { AccountId } from "@sotto/domain";
import { memberOf, readCustodianText, toBase64Url } from "@sotto/vault";
import type { Actions, Done } from "../client.ts";
import { DONE, needed, refused } from "../done.ts";
import type { Home } from "../home.ts";
import { isEncodable } from "../entry/codec.ts";
import { toId } from "../ids.ts";
import { custodianNow, custodianSeat, formerCustodians } from "../queries/custodian.ts";
import type { RoomMemory } from "../sync/room-memory.ts";
import { addMember, removeMember } from "./change-room.ts";
import { needPracticeRoom } from "./practice-room.ts";
import { unlocked } from "./unlocked.ts";

type CustodianActions = Pick<Actions, "bringCustodian" | "endCustodian">;

/** The practice's continuity: who runs the practice brings it in, and ends it. `home` answers null while locked. */
export function makeCustodianActions(home: () => Home | null): CustodianActions {
  const running = (act: (home: Home, practice: RoomMemory) => Promise<Done>): Promise<Done> =>
    unlocked(home, async (open) => {
      if (open.person.standing !== "practice") return refused("not-allowed");
      const practice = await needPracticeRoom(open);
      return practice.kind === "refused" ? practice : act(open, practice.value);
    });
  return {
    bringCustodian: (wish) => running((open, practice) => bringIn(open, practice, wish)),
    endCustodian: () => running(endNow),
  };
}

/** First the account, then the record: what a room names, everybody can look up. */
async function bringIn(
  home: Home,
  practice: RoomMemory,
  wish: { readonly text: string; readonly name: string },
): Promise<Done> {
  const record = await readCustodianText(wish.text);
  if (record === null) return refused("custodian-unreadable");
  const account = toId<AccountId>(record.account);
  const known = practice.family.custodians.get(account);
  if (known !== undefined) return known.ended ? refused("custodian-ended") : DONE;
  const custodian = { account, identity: record.hash, name: wish.name.trim() };
  if (!isEncodable({ kind: "custodian", custodian })) return refused("too-long");
  const body = { identity: toBase64Url(record.bytes) };
  const made = await home.call("bringCustodian", { body });
  if (made.kind === "refused") return made;
  return home.outbox.post(practice.room, { kind: "custodian", custodian });
}

async function endNow(home: Home, practice: RoomMemory): Promise<Done> {
  const now = custodianNow(home);
  if (now === null) return DONE;
  return home.outbox.post(practice.room, { kind: "custodian-ended", account: now.account });
}

/** The rooms of families that this person keeps. */
export function roomsForCustodian(home: Home): readonly RoomMemory[] {
  return home.rooms.all.filter(
    ({ card, state }) => card.family !== null && memberOf(state, home.person.account)?.role === "keeper",
  );
}

/**
 * Brings the custodian of the practice's record into a room, and takes out one that has ended: signed like every change, and seen by everybody
 * there. Done once however often it runs, by whichever keeper's client comes to it.
 */
export async function seatCustodian(home: Home, { room, state }: RoomMemory): Promise<void> {
  for (const account of formerCustodians(home)) {
    // The vault and the record have read them as ids.
    if (memberOf(state, account) !== null) needed(await removeMember(home, room, account as AccountId));
  }
  const now = custodianNow(home);
  if (now === null || memberOf(state, now.account) !== null) return;
  const seat = custodianSeat(now);
  const record = await home.book.identityOf(seat.member.identity);
  // Whoever wrote it down named an identity that is not there, or somebody else's: nobody is let in by that.
  if (record?.account !== now.account) return;
  needed(await addMember(home, room, seat));
}
