import type { RoomId } from "@sotto/domain";
import { identityFor, makeEndingEvent, memberOf, toBase64Url } from "@sotto/vault";
import type { Done } from "../client.ts";
import { DONE, refused } from "../done.ts";
import type { Home } from "../home.ts";
import { hasEnded } from "../sync/ending.ts";

const TRIES_MAX = 6;

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
