import type { RoomId } from "@sotto/domain";
import { toId } from "../ids.ts";
import type { EndedRoomView } from "../views.ts";
import type { Scene } from "./views.ts";

/** The rooms that this person has seen end, the newest first. */
export function endedRooms({ home }: Scene): readonly EndedRoomView[] {
  const { ended } = home.vault.state;
  const names = new Map([...new Set(ended.map(({ by }) => by))].map((by) => [by, nameOf(home, by)]));
  return ended
    .map(({ at, by, room }) => ({ room: toId<RoomId>(room), at, by: names.get(by) ?? null }))
    .toSorted((a, b) => b.at - a.at || (a.room < b.room ? -1 : 1));
}

/** A name is known from the rooms that go on; of who stands in none of them it went with the room. */
const nameOf = ({ person, rooms, vault }: Scene["home"], account: string): string | null => {
  if (account === person.account) return vault.state.displayName;
  const named = rooms.all.find(({ people }) => people.has(account));
  return named?.people.get(account)?.name ?? null;
};
