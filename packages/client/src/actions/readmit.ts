import type { AccountId, Lost, PersonId } from "@sotto/domain";
import { memberOf } from "@sotto/vault";
import type { Bytes } from "@sotto/vault";
import type { Done } from "../client.ts";
import { DONE, needed, refused } from "../done.ts";
import type { Home } from "../home.ts";
import { toId } from "../ids.ts";
import { agreementIn } from "../queries/agreement-state.ts";
import type { RoomMemory } from "../sync/room-memory.ts";
import { signersOf } from "./agreement/people.ts";
import { addMember, earliestGiven, grantPast, newcomerOf, removeMember } from "./change-room.ts";

/**
 * Somebody who lost every way in. What their account read of each room is written down first, so that whichever of the
 * staff's browsers admits them again gives the same back; then the account is shut and taken out of its rooms.
 */
export async function readmit(home: Home, team: RoomMemory, person: PersonId): Promise<Done> {
  const joined = team.family.joined.get(person);
  if (joined === undefined) return refused("not-here");
  const { account } = joined;
  const rooms = readIn(roomsWith(home, team, account), account);
  const posted = await home.outbox.post(team.room, { kind: "person-lost", person, account, rooms });
  if (posted.kind === "refused") return posted;
  return shutOut(home, team, account);
}

const readIn = (rooms: readonly RoomMemory[], account: AccountId): Lost["rooms"] =>
  rooms.map(({ joinedEpoch, readsFrom, room }) => ({ room, epoch: readsFrom.get(account) ?? joinedEpoch }));

/** True for an account that was shut because its person had lost every way into it. */
export function isLost(team: RoomMemory, account: string): boolean {
  return [...team.family.lost.values()].some((all) => all.some((lost) => lost.account === account));
}

const roomsWith = (home: Home, team: RoomMemory, account: AccountId): readonly RoomMemory[] =>
  home.rooms.all.filter(
    ({ card, state }) =>
      card.family === team.card.family &&
      memberOf(state, account) !== null &&
      memberOf(state, home.person.account)?.role === "keeper",
  );

async function shutOut(home: Home, team: RoomMemory, account: AccountId): Promise<Done> {
  const rooms = roomsWith(home, team, account);
  if (rooms.length === 0) return DONE;
  // Its sessions first: what is taken out of a room must not look on.
  const shut = await home.call("closeAccount", { params: { account }, body: {} });
  if (shut.kind === "refused") return shut;
  for (const { room } of rooms) {
    const removed = await removeMember(home, room, account);
    if (removed.kind === "refused") return removed;
  }
  return DONE;
}

/** An account that was lost is in no room, however often a run was cut off; who came back is where they were, whoever let them in. */
export async function shutLost(home: Home, team: RoomMemory): Promise<void> {
  for (const [person, losses] of team.family.lost) {
    for (const lost of losses) {
      await noteFurther(home, team, { person, lost });
      needed(await shutOut(home, team, lost.account));
    }
    const back = team.family.joined.get(person);
    if (back === undefined || team.family.left.has(person)) continue;
    await restoreRooms(home, team, { ...back, identity: new Uint8Array(back.identity) });
  }
}

/** Whoever wrote the loss down knew the rooms that they keep: what only this person keeps is written down before it is taken away. */
async function noteFurther(
  home: Home,
  team: RoomMemory,
  { lost, person }: { readonly person: PersonId; readonly lost: Lost },
): Promise<void> {
  const { account } = lost;
  const isNoted = ({ room }: RoomMemory) => lost.rooms.some((known) => known.room === room);
  const rooms = readIn(
    roomsWith(home, team, account).filter((memory) => !isNoted(memory)),
    account,
  );
  if (rooms.length > 0)
    needed(await home.outbox.post(team.room, { kind: "person-lost", person, account, rooms }));
}

const isAskedNow = (home: Home, { family: { family } }: RoomMemory, person: PersonId): boolean => {
  const newest = family === null ? undefined : agreementIn(home, family).state.versions.at(-1);
  return newest !== undefined && signersOf(newest.version).includes(person);
};

/** Gives somebody who came back their rooms, with what they could read, and says in each who they are. */
export async function restoreRooms(
  home: Home,
  team: RoomMemory,
  back: { readonly person: PersonId; readonly account: AccountId; readonly identity: Bytes },
): Promise<void> {
  const lost = team.family.lost.get(back.person)?.at(-1);
  const newcomer = newcomerOf(home, team, back.person);
  if (lost === undefined || newcomer === null) return;
  for (const { epoch, room } of lost.rooms) {
    const memory = home.rooms.get(room);
    // A room that another of the staff keeps is for them to give back.
    if (memory === null || memberOf(memory.state, home.person.account)?.role !== "keeper") continue;
    // In a closed room nothing is said; it is given back when it is opened again.
    if (memory.state.closed) continue;
    // What they were not asked to sign since is not theirs to read: whoever is asked is let in for that.
    if (memory.card.kind === "agreement" && !isAskedNow(home, team, back.person)) continue;
    if (memory.returned.get(lost.account) === back.account) continue;
    // Whoever came in since the loss has not heard what was said of it then.
    if (!memory.people.has(lost.account)) continue;
    needed(await addMember(home, room, newcomer));
    const from = Math.max(epoch, earliestGiven(home.rooms.get(room) ?? memory));
    needed(await grantPast(home, room, { account: toId(newcomer.member.account), from }));
    const { account, identity } = back;
    const body = { kind: "person-returned", lost: lost.account, account, identity } as const;
    needed(await home.outbox.post(room, body));
  }
}
