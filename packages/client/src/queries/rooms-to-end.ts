import { familyOf, planRooms, roomsDue } from "@sotto/domain";
import type { AccountId, FamilyId, PersonId, RoomId } from "@sotto/domain";
import { memberOf } from "@sotto/vault";
import type { Home } from "../home.ts";
import { plannedRoomId } from "../ids.ts";
import type { RoomToEnd } from "../retention.ts";
import { hasEnded } from "../sync/ending.ts";
import type { RoomMemory } from "../sync/room-memory.ts";

const SUBGROUPS = ["couple", "guardians", "siblings"] as const;

/** Something that was written in a record is not there, or does not open. */
export function isIncomplete({ isBroken, lines }: RoomMemory): boolean {
  return isBroken || lines.some((line) => line.kind === "notice" && line.notice !== "replay");
}

/**
 * The rooms of a family beside its team room, as one of its professionals knows them: those that they keep, and those that the family's structure has made
 * and that a colleague keeps without them.
 */
export function roomsToEnd(home: Home, team: RoomMemory): readonly RoomToEnd[] {
  const mine = home.rooms.all.filter(
    ({ card, room, state }) =>
      room !== team.room &&
      card.family === team.card.family &&
      memberOf(state, home.person.account)?.role === "keeper",
  );
  const known = mine.map(({ card, people, room, state }): RoomToEnd => {
    const subgroup = SUBGROUPS.find((kind) => card.kind === "subgroup" && kind === card.title) ?? null;
    const names = state.members
      .filter(({ role }) => role === "member")
      .map(({ account }) => people.get(account)?.name ?? "");
    const title = subgroup === null ? card.title : "";
    return { room, kind: card.kind, subgroup, title, names, isElsewhere: false };
  });
  return [...known, ...elsewhereOf(home, team)];
}

/** The rooms of a family that have ended, by the practice's record. */
const endedOf = (home: Home, family: string | null): readonly RoomId[] => {
  const practice = home.rooms.all.find(({ card }) => card.kind === "practice");
  return [...(practice?.family.keptHere.disposals.values() ?? [])]
    .filter((disposal) => disposal.family === family)
    .flatMap(({ ended }) => ended.map(({ room }) => room));
};

/** Whether rooms of this family have ended, by the practice's record or as this person has seen it. What has ended does not come back. */
export function haveRoomsEnded(home: Home, { card }: RoomMemory): boolean {
  if (card.family === null) return false;
  // A room's family stands on its card as text.
  const shared = plannedRoomId({ family: card.family as FamilyId, key: "family" });
  return hasEnded(home.vault.state, shared) || endedOf(home, card.family).length > 0;
}

/** Planned rooms of people who have joined are there; one that is not here is a colleague's. Alone on a team, nobody else has any. */
const elsewhereOf = (home: Home, team: RoomMemory): readonly RoomToEnd[] => {
  const family = familyOf(team.family);
  const isAlone = team.state.members.filter(({ role }) => role === "keeper").length < 2;
  if (family === null || isAlone) return [];
  const { joined, people } = team.family;
  const ended = new Set(endedOf(home, family.family));
  const planned = planRooms({ ...family, people: [...people.values()].filter(isHere(joined)) });
  return roomsDue(planned, new Set(joined.keys())).flatMap(({ people: within, room: plan }) => {
    const room = plannedRoomId({ family: family.family, key: plan.key });
    if (plan.kind === "team" || home.rooms.get(room) !== null) return [];
    if (ended.has(room) || hasEnded(home.vault.state, room)) return [];
    const names = within.map((person) => people.get(person)?.name ?? "");
    return [{ room, kind: plan.kind, subgroup: plan.subgroup, title: "", names, isElsewhere: true }];
  });
};

const isHere =
  (joined: ReadonlyMap<PersonId, { readonly account: AccountId }>) =>
  ({ person }: { readonly person: PersonId }): boolean =>
    joined.has(person);
