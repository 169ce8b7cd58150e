import type { Reader, RoomLineView } from "@sotto/client";
import { words } from "../../words/words.ts";

/** Keepers are professionals; the card names their role so. */
const isProfessional = (reader: Reader): boolean => reader.role === "therapist";

/** Whoever reads to keep the practice going is no person: no room is called after it. */
export const isContinuity = (reader: Reader): boolean => reader.role === "custodian";

/** What a room is called for the person who looks at it: by its people where the structure made it, else by its given title. */
export function roomName(room: RoomLineView): string {
  if (room.secondLook === "hidden") return words.secondLook.hiddenName;
  const people = room.readers.filter((reader) => !isContinuity(reader));
  const clients = people.filter((reader) => !isProfessional(reader));
  switch (room.kind) {
    case "family":
      return room.familyName;
    case "subgroup":
      return room.subgroup === null ? room.title : words.subgroups[room.subgroup];
    case "private": {
      const other = clients.find((reader) => !reader.isMe) ?? people.find((reader) => !reader.isMe);
      // Whoever has left still names their room.
      return room.title === "" ? (other?.name ?? words.roomKinds.private) : room.title;
    }
    case "team":
      return words.rooms.professionals;
    case "practice":
      return words.rooms.practice;
  }
}

/** The kind of a room, with the family it belongs to where its name does not say it already. */
export function roomKindName(room: RoomLineView): string {
  if (room.secondLook === "hidden") return words.secondLook.hiddenHint;
  const kind = words.roomKinds[room.kind];
  return room.kind === "family" || room.familyName === "" ? kind : `${kind} · ${room.familyName}`;
}

/** The readers as one would name them: the family by name, then professionals, then what keeps the practice going. */
export function readersInOrder(readers: readonly Reader[]): readonly Reader[] {
  return readers.toSorted(
    (one, other) =>
      Number(isContinuity(one)) - Number(isContinuity(other)) ||
      Number(isProfessional(one)) - Number(isProfessional(other)) ||
      one.name.localeCompare(other.name),
  );
}
