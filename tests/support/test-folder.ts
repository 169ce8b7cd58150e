import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A fresh folder for one test, to be removed when it ends. */
export async function openTestFolder(): Promise<{
  readonly path: string;
  readonly remove: () => Promise<void>;
}> {
  const path = await mkdtemp(join(tmpdir(), "sotto-files-"));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}
