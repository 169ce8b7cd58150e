import type { FamilyId, RoomId } from "@sotto/domain";
import { identityFor, makeEndingEvent, memberOf, toBase64Url } from "@sotto/vault";
import type { Actions, Done } from "../client.ts";
import { DONE, refused } from "../done.ts";
import type { Home } from "../home.ts";
import { plannedRoomId } from "../ids.ts";
import { hasEnded } from "../sync/ending.ts";
import { unlocked } from "./unlocked.ts";

const TRIES_MAX = 6;

/** Ending a room that nobody writes in any more. `home` answers null while locked. */
export function makeEndingActions(home: () => Home | null): Pick<Actions, "endRoom"> {
  return {
    endRoom: ({ room }) =>
      unlocked(home, async (open) =>
        (await isHeld(open, room)) ? refused("in-the-way") : endRoom(open, room),
      ),
  };
}

/** Whether the record of the family whose room it is stands on hold, by its newest entries. */
async function isHeld(home: Home, room: RoomId): Promise<boolean> {
  const family = home.rooms.get(room)?.card.family ?? null;
  if (family === null) return false;
  // A room's family stands on its card as text.
  const team = plannedRoomId({ family: family as FamilyId, key: "team" });
  if (home.rooms.get(team) === null) return false;
  await home.rooms.pull(team);
  return (home.rooms.get(team)?.family.kept.hold ?? null) !== null;
}

/**
 * Ends a closed room that this person keeps: what was in it goes from the server at once, and from everybody's devices as they hear of it. Done as
 * well when it has ended. Whether a rule allows it is for whoever calls.
 */
export async function endRoom(home: Home, room: RoomId): Promise<Done> {
  for (let attempt = 0; attempt < TRIES_MAX; attempt++) {
    await home.rooms.pull(room);
    if (hasEnded(home.vault.state, room)) return DONE;
    const memory = home.rooms.get(room);
    if (memory === null) return refused("not-here");
    const { state } = memory;
    const place = memberOf(state, home.person.account);
    const me = place === null ? null : identityFor(home.vault.state.identities, place.identity);
    if (place?.role !== "keeper" || me === null) return refused("not-a-keeper");
    if (!state.closed) return refused("room-open");
    const { bytes } = await makeEndingEvent({ me, previous: state, identityOf: home.book.identityOf });
    const answer = await home.call("appendEvent", { params: { room }, body: { bytes: toBase64Url(bytes) } });
    const mayGoOn =
      answer.kind === "done" || answer.refusal === "stale-epoch" || answer.refusal === "room-ended";
    if (!mayGoOn) return answer;
  }
  return refused("stale-epoch");
}
