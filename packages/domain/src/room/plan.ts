import type { PersonId } from "../id.ts";
import { isMinorRole, type Family, type Person } from "../family/person.ts";

/** What a room is to its people. The server never learns it. In an `agreement` room nobody types: it holds what its people sign, and what they say about it. */
export const ROOM_KINDS = ["family", "subgroup", "private", "team", "practice", "agreement"] as const;
export type RoomKind = (typeof ROOM_KINDS)[number];

export type SubgroupKind = "couple" | "guardians" | "siblings";

/** A room that the family's structure calls for. `key` is stable for the same people, whoever computes it and in which order. */
export interface PlannedRoom {
  readonly key: string;
  readonly kind: Exclude<RoomKind, "practice" | "agreement">;
  readonly subgroup: SubgroupKind | null;
  readonly people: readonly PersonId[];
}

/**
 * The rooms that grow out of a family: its team room, its family room, one private room for each person, and a room for each couple,
 * each set of guardians of the same minor, and each set of siblings. The same set of people gets one subgroup room, named for the first of these.
 */
export function planRooms(family: Family): readonly PlannedRoom[] {
  const inTreatment = family.people.filter((person) => person.inTreatment);
  const rooms: PlannedRoom[] = [
    { key: "team", kind: "team", subgroup: null, people: [] },
    { key: "family", kind: "family", subgroup: null, people: idsOf(inTreatment) },
  ];
  for (const person of sortById(family.people)) {
    rooms.push({ key: `private:${person.person}`, kind: "private", subgroup: null, people: [person.person] });
  }
  const seen = new Set([idsOf(inTreatment).join("+")]);
  for (const [subgroup, people] of subgroupsOf(family, inTreatment)) {
    const members = people.join("+");
    if (people.length < 2 || seen.has(members)) continue;
    seen.add(members);
    rooms.push({ key: `${subgroup}:${members}`, kind: "subgroup", subgroup, people });
  }
  return rooms;
}

function subgroupsOf(
  family: Family,
  inTreatment: readonly Person[],
): (readonly [SubgroupKind, readonly PersonId[]])[] {
  const found: (readonly [SubgroupKind, readonly PersonId[]])[] = [];
  for (const person of sortById(inTreatment)) {
    for (const relation of person.relations) {
      if (relation.kind !== "partner-of" || !inTreatment.some((other) => other.person === relation.to))
        continue;
      found.push(["couple", sortIds([person.person, relation.to])]);
    }
  }
  for (const minor of sortById(family.people.filter((person) => isMinorRole(person.role)))) {
    found.push(["guardians", guardiansOf(family, minor.person)]);
  }
  for (const group of siblingGroups(family, inTreatment)) found.push(["siblings", group]);
  return found;
}

/** The people recorded as guardians of this person, by id. */
export function guardiansOf(family: Family, minor: PersonId): readonly PersonId[] {
  return sortIds(
    family.people
      .filter((person) =>
        person.relations.some((relation) => relation.kind === "guardian-of" && relation.to === minor),
      )
      .map((person) => person.person),
  );
}

function siblingGroups(family: Family, inTreatment: readonly Person[]): readonly (readonly PersonId[])[] {
  const minors = sortById(inTreatment.filter((person) => isMinorRole(person.role)));
  const groups: PersonId[][] = [];
  for (const minor of minors) {
    const related = groups.filter((group) => group.some((other) => areSiblings(family, minor.person, other)));
    const merged = [...related.flat(), minor.person];
    for (const group of related) groups.splice(groups.indexOf(group), 1);
    groups.push(merged);
  }
  return groups.map(sortIds);
}

/** Siblings by a recorded relation in either direction, or by a guardian in common. */
function areSiblings(family: Family, one: PersonId, other: PersonId): boolean {
  const related = (from: PersonId, to: PersonId) =>
    family.people.some(
      (person) =>
        person.person === from &&
        person.relations.some((relation) => relation.kind === "sibling-of" && relation.to === to),
    );
  const shared = guardiansOf(family, one).some((guardian) => guardiansOf(family, other).includes(guardian));
  return shared || related(one, other) || related(other, one);
}

function sortIds(ids: readonly PersonId[]): readonly PersonId[] {
  return [...new Set(ids)].toSorted();
}

function sortById(people: readonly Person[]): readonly Person[] {
  return people.toSorted((a, b) => (a.person < b.person ? -1 : a.person > b.person ? 1 : 0));
}

function idsOf(people: readonly Person[]): readonly PersonId[] {
  return sortIds(people.map((person) => person.person));
}
