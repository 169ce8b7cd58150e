import { readPlace } from "../store/room.ts";
import type { Session, World } from "./world.ts";

/** What somebody hears of a room in which they have this place, or none, and read nothing. */
export function notHere(place: { readonly ended: boolean } | null): "not-here" | "room-ended" {
  return place?.ended === true ? "room-ended" : "not-here";
}

/** What somebody hears who asked for something in a room and did not find it: whoever was in a room that has ended may know that. */
export async function whyNotHere(
  { store }: Pick<World, "store">,
  { account, practice }: Session,
  room: string,
): Promise<"not-here" | "room-ended"> {
  return notHere(await store.read(practice, (reader) => readPlace(reader, room, account)));
}
