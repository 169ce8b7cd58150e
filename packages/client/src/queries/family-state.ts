import { applyToFamily } from "@sotto/domain";
import type { FamilyState } from "@sotto/domain";
import type { Home } from "../home.ts";
import type { RoomMemory } from "../sync/room-memory.ts";

/** The family as its team room records it, with what this device has written there and not sent yet. */
export function familyStateOf(home: Home, team: RoomMemory): FamilyState {
  const now = home.ports.now();
  const said = { by: home.person.account, at: now, writtenAt: now, isKnownWhole: true };
  return home.outbox
    .of(team.room)
    .filter(({ state }) => state.kind === "waiting")
    .reduce((family, { body }) => applyToFamily(family, body, said), team.family);
}
