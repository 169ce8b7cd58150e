import { deleteRemovedFile, findRemovedFiles } from "../store/file.ts";
import type { World } from "./world.ts";

/** Finishes taking away what is marked as removed: the bytes first, and the row that says so last. Again, it does what is left to do. */
export async function removeMarkedFiles(
  { blobs, store }: Pick<World, "blobs" | "store">,
  practice: string,
): Promise<void> {
  for (const file of await store.read(practice, findRemovedFiles)) {
    await blobs.remove({ practice, file });
    await store.write(practice, (writer) => deleteRemovedFile(writer, file));
  }
}
