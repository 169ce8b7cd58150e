import type { PersonId } from "../id.ts";
import type { PlannedRoom } from "./plan.ts";

/**
 * Which planned rooms are due, given who has joined: the team and family rooms at once, a private room when its person is there, a subgroup
 * when all of its people are (a room for two with one in it would tell that one who is missing).
 */
export function roomsDue(
  planned: readonly PlannedRoom[],
  joined: ReadonlySet<PersonId>,
): readonly { readonly room: PlannedRoom; readonly people: readonly PersonId[] }[] {
  const due: { room: PlannedRoom; people: readonly PersonId[] }[] = [];
  for (const room of planned) {
    const people = room.people.filter((person) => joined.has(person));
    switch (room.kind) {
      case "team":
      case "family":
        due.push({ room, people });
        break;
      case "private":
      case "subgroup":
        if (people.length === room.people.length) due.push({ room, people });
        break;
    }
  }
  return due;
}
