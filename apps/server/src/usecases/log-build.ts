import { insertBuild } from "../store/build.ts";
import { findPractices } from "../store/door.ts";
import { NO_PRACTICE } from "../store/store.ts";
import { hasPractice } from "../store/whole.ts";
import type { World } from "../steps/world.ts";

/** Puts the build of the page that this server gives into the key log of every practice, where it is not there yet. */
export async function logBuild({ build, now, random, store }: World): Promise<void> {
  if (build === null) return;
  for (const practice of await store.read(NO_PRACTICE, findPractices))
    await store.write(practice, async (writer) => {
      // One whose row is missing is damaged, and `verify` says so; it keeps nobody else's from starting.
      if (await hasPractice(writer)) await insertBuild(writer, build, { at: now(), random });
    });
}
