import type { RoomId } from "@sotto/domain";
import { endRoom } from "../src/actions/end-room.ts";
import { unlocked } from "../src/actions/unlocked.ts";
import type { Client, Done } from "../src/client.ts";
import { homeOf } from "../src/create-client.ts";

/** Ends a closed room by one keeper alone, whatever the practice's rule says. For people, two of them agree first, and no action does this. */
export function endRoomAlone(client: Client, room: RoomId): Promise<Done> {
  return unlocked(
    () => homeOf(client),
    (home) => endRoom(home, room),
  );
}
