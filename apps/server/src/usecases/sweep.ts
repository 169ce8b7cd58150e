import { LIMITS } from "@sotto/contract";
import { sweepAttempts } from "../store/attempt.ts";
import { findPracticesToSweep, sweepDoors } from "../store/door.ts";
import { NO_PRACTICE } from "../store/store.ts";
import type { World } from "../steps/world.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * Takes away ceremonies that have run out, and sessions that have been over for as long as they are listed. An invitation stays on the list of its practice as expired for as long again as it may
 * have been open at most.
 */
export async function sweep(world: World): Promise<void> {
  const now = world.now();
  const before = {
    sessions: now - LIMITS.sessionListedMs,
    invitations: now - LIMITS.invitationAgeDaysMax * DAY_MS,
  };
  const practices = await world.store.write(NO_PRACTICE, async (writer) => {
    await sweepAttempts(writer, now);
    return findPracticesToSweep(writer, before);
  });
  for (const practice of practices) await world.store.write(practice, (writer) => sweepDoors(writer, before));
}
