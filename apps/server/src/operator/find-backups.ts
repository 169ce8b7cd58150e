import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { OperatorFault } from "../config/operator-fault.ts";
import { systemCode } from "../postgres/postgres-fault.ts";
import { MANIFEST, readManifest } from "./backup-manifest.ts";
import { isThere } from "./places.ts";

export interface FoundBackup {
  readonly folder: string;
  /** Everything acknowledged before this moment is in it. */
  readonly begunAt: number;
}

/** The whole backups in a folder, or the one that it is, the oldest first. Throws `OperatorFault` when there is none, or one cannot be read. */
export async function findBackups(folder: string): Promise<readonly FoundBackup[]> {
  const inside = await readFolders(folder);
  const found: FoundBackup[] = [];
  for (const candidate of [folder, ...inside.map((name) => join(folder, name))]) {
    if (!(await isThere(join(candidate, MANIFEST)))) continue;
    const { begunAt } = await readManifest(candidate);
    found.push({ folder: candidate, begunAt });
  }
  if (found.length === 0)
    throw new OperatorFault(
      "backup-unfinished",
      `There is no whole backup in ${folder}, nor is it one.`,
      "Name the folder of a backup, or the one that your backups lie in.",
    );
  return found.toSorted((a, b) => a.begunAt - b.begunAt);
}

async function readFolders(folder: string): Promise<readonly string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  } catch (error) {
    if (systemCode(error) !== "ENOENT" && systemCode(error) !== "ENOTDIR") throw error;
    return [];
  }
}
