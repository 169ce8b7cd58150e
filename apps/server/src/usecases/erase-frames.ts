import { eraseFramesOf } from "../store/erasure.ts";
import { readPlace } from "../store/room.ts";
import { notHere } from "../steps/why-not-here.ts";
import { done, refuse, type Outcome, type Session, type World } from "../steps/world.ts";

/**
 * Erases what was sealed in the caller's own frames of a room that they are in. Nobody is told: whoever reads the room's log hears of it from
 * the author's deletion, which stands there, and whoever reads only the server's word must not believe it.
 */
export async function eraseFrames(
  world: World,
  session: Session,
  wish: { readonly room: string; readonly frames: readonly string[] },
): Promise<Outcome<Record<string, never>>> {
  return world.store.write(session.practice, async (writer) => {
    const place = await readPlace(writer, wish.room, session.account);
    if (place === null || place.ended) return refuse(notHere(place));
    await eraseFramesOf(writer, { room: wish.room, author: session.account, ids: wish.frames });
    return done({});
  });
}
