import type { AccountId, FamilyId, PersonId, RoomId } from "@sotto/domain";
import { memberOf } from "@sotto/vault";
import type { Actions, Done } from "../client.ts";
import { DONE, refused } from "../done.ts";
import type { Home } from "../home.ts";
import { plannedRoomId, toId } from "../ids.ts";
import type { RoomMemory } from "../sync/room-memory.ts";
import { earliestGiven, grantPast, makeKeeper, removeMember } from "./change-room.ts";
import type { Newcomer } from "./change-room.ts";
import { nameBeforeTheyKeep, tendAgreement } from "./agreement/tend.ts";
import { teamRoomOf } from "./families.ts";
import { colleagueOf, practiceRoomOf } from "./practice-room.ts";
import { keptRoomsOf, restateFor } from "./tend.ts";
import { unlocked } from "./unlocked.ts";

type HandOverActions = Pick<Actions, "addColleague" | "handOver" | "removeColleague">;

/** Who of the practice looks after a family. `home` answers null while locked. */
export function makeHandOverActions(home: () => Home | null): HandOverActions {
  const inTeam = (family: FamilyId, act: (open: Home, team: RoomMemory) => Promise<Done>): Promise<Done> =>
    unlocked(home, async (open) => {
      const team = teamRoomOf(open, family);
      return team === null ? refused("not-here") : act(open, team);
    });
  return {
    addColleague: ({ colleague, family, rooms }) =>
      inTeam(family, (open, team) => addColleague(open, team, { colleague, rooms: new Set(rooms) })),
    handOver: ({ family, successor }) => inTeam(family, (open, team) => handOver(open, team, successor)),
    removeColleague: ({ account, family }) =>
      inTeam(family, (open, team) => removeColleague(open, team, account)),
  };
}

/** A therapist of the practice other than this person; null for everybody else. */
function therapistCalled(home: Home, person: PersonId): Newcomer | null {
  const practice = practiceRoomOf(home);
  const found = practice === null ? null : colleagueOf(practice, person);
  return found?.person.role === "therapist" && found.member.account !== home.person.account ? found : null;
}

/** What every therapist of a family keeps: whoever lets a new member in must be able to add them to the family's room. */
const isForEveryTherapist = (team: RoomMemory, room: RoomMemory): boolean =>
  room.card.kind === "agreement" ||
  (team.family.family !== null && room.room === plannedRoomId({ family: team.family.family, key: "family" }));

async function addColleague(
  home: Home,
  team: RoomMemory,
  wish: { readonly colleague: PersonId; readonly rooms: ReadonlySet<RoomId> },
): Promise<Done> {
  const newcomer = therapistCalled(home, wish.colleague);
  if (newcomer === null) return refused("not-here");
  const rooms = keptRoomsOf(home, team).filter(
    (room) => isForEveryTherapist(team, room) || wish.rooms.has(room.room),
  );
  return letIn(home, team, { newcomer, rooms });
}

/** The team first: who keeps a family's room and is not of its team is taken out again. */
async function letIn(
  home: Home,
  team: RoomMemory,
  { newcomer, rooms }: { readonly newcomer: Newcomer; readonly rooms: readonly RoomMemory[] },
): Promise<Done> {
  for (const room of [team, ...rooms]) {
    if (room.card.kind === "agreement")
      await nameBeforeTheyKeep(home, home.rooms.get(team.room) ?? team, room);
    const kept = await makeKeeper(home, room.room, newcomer);
    if (kept.kind === "refused") return kept;
    if (room.card.kind !== "agreement") continue;
    // What was signed is no conversation: whoever looks after a family has to know it.
    const from = earliestGiven(home.rooms.get(room.room) ?? room);
    const given = await grantPast(home, room.room, { account: toId(newcomer.member.account), from });
    if (given.kind === "refused") return given;
  }
  await restateFor(home, team);
  await tendAgreement(home, home.rooms.get(team.room) ?? team);
  return DONE;
}

/**
 * Gives a family over: the successor keeps every room that this person keeps, and only then this person asks to be taken out, which a keeper who stays
 * carries out. Begun again after a crash it goes on where it stopped.
 */
async function handOver(home: Home, team: RoomMemory, person: PersonId): Promise<Done> {
  const successor = therapistCalled(home, person);
  if (successor === null) return refused("not-here");
  const taken = await letIn(home, team, { newcomer: successor, rooms: keptRoomsOf(home, team) });
  if (taken.kind === "refused") return taken;
  if (team.leaving.has(home.person.account)) return DONE;
  return home.outbox.post(team.room, { kind: "leave-asked" });
}

/** Takes out a colleague who does not do it themselves, from every room that this person keeps; the others' clients do the same with theirs. */
async function removeColleague(home: Home, team: RoomMemory, account: AccountId): Promise<Done> {
  if (memberOf(team.state, account)?.role !== "keeper") return refused("not-here");
  for (const room of [...keptRoomsOf(home, team), team]) {
    const removed = await removeMember(home, room.room, account);
    if (removed.kind === "refused") return removed;
  }
  return DONE;
}

/** What still hangs on this person: the rooms of families that they are in, in which nothing may be left without a keeper. */
export function hangingOn(home: Home): readonly RoomMemory[] {
  return home.rooms.all.filter(({ card }) => card.kind !== "practice");
}
