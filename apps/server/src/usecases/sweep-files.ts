import { LIMITS } from "@sotto/contract";
import { findPractices } from "../store/door.ts";
import { findKnownFiles, markAbandonedFiles } from "../store/file.ts";
import { NO_PRACTICE } from "../store/store.ts";
import { removeMarkedFiles } from "../steps/remove-files.ts";
import type { World } from "../steps/world.ts";

/**
 * Takes away files that were begun and left for a day, and finishes what a crash left of taking files away. Bytes that no row knows of are such a rest: a row is
 * always written before the first byte.
 */
export async function sweepFiles(world: World): Promise<void> {
  const before = world.now() - LIMITS.unfinishedFileAgeMs;
  for (const practice of await world.store.read(NO_PRACTICE, findPractices)) {
    // The bytes are listed first: what is begun after that is not among them.
    const kept = await world.blobs.filesOf(practice);
    const known = await world.store.write(practice, async (writer) => {
      await markAbandonedFiles(writer, before);
      return findKnownFiles(writer, kept);
    });
    for (const file of kept) if (!known.has(file)) await world.blobs.remove({ practice, file });
    await removeMarkedFiles(world, practice);
  }
}
