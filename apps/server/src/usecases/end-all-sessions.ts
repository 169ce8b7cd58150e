import { deleteAttempts } from "../store/attempt.ts";
import { deleteSessionDoors, findPractices } from "../store/door.ts";
import { deleteAllSessions } from "../store/session.ts";
import { NO_PRACTICE } from "../store/store.ts";
import type { World } from "../steps/world.ts";

/** Ends every session of every practice: everybody signs in again. */
export async function endAllSessions({ store }: Pick<World, "store">): Promise<void> {
  const practices = await store.write(NO_PRACTICE, async (writer) => {
    await deleteAttempts(writer);
    await deleteSessionDoors(writer);
    return findPractices(writer);
  });
  for (const practice of practices) await store.write(practice, deleteAllSessions);
}
