import { chmod, mkdir, readdir, rm, stat, statfs, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { OperatorFault } from "../config/operator-fault.ts";
import { systemCode } from "../postgres/postgres-fault.ts";

/** Below this the database may be unable to write even the log it needs to start. */
export const FREE_BYTES_MIN = 50 * 1024 * 1024;

/** What the operator's commands keep in the data folder, beside the places of the database. */
export function operatorPlaces(dataFolder: string) {
  return {
    lock: join(dataFolder, "server.lock"),
    lastBackup: join(dataFolder, "last-backup.json"),
    passwords: join(dataFolder, "passwords"),
    /** There while a restore is under way, and after one that was cut off. */
    restoring: join(dataFolder, "restoring"),
  } as const;
}

/** Makes sure that the data folder is there, can be written, has room, and holds no half restore. Throws `OperatorFault`. */
export async function requireDataFolder(dataFolder: string): Promise<void> {
  await requireWritable(dataFolder);
  if (await isThere(operatorPlaces(dataFolder).restoring)) {
    throw new OperatorFault(
      "half-restored",
      `A restore into ${dataFolder} was cut off before it was whole. The backup itself is untouched.`,
      "Remove that folder and restore again.",
    );
  }
  if ((await freeBytes(dataFolder)) < FREE_BYTES_MIN) {
    throw new OperatorFault(
      "disk",
      `The disk that holds ${dataFolder} is nearly full. Nothing that was stored is lost.`,
      "Free at least 50 MB there (better 1 GB), then start again.",
    );
  }
}

async function requireWritable(dataFolder: string): Promise<void> {
  const probe = join(dataFolder, `write-probe-${String(process.pid)}`);
  try {
    const fresh = await mkdir(dataFolder, { recursive: true, mode: 0o700 });
    // As the database's supervisor does: under root the database runs as somebody else, who must pass through.
    if (fresh !== undefined && process.getuid?.() === 0) await chmod(dataFolder, 0o711);
    await writeFile(probe, "", { mode: 0o600 });
    await rm(probe);
  } catch (error) {
    if (systemCode(error) === "ENOSPC")
      throw new OperatorFault(
        "disk",
        `The disk that holds ${dataFolder} is full. Nothing that was stored is lost.`,
        "Free at least 50 MB there (better 1 GB), then start again.",
        error,
      );
    throw new OperatorFault(
      "no-access",
      `Sotto's account may not write in the data folder ${dataFolder}.`,
      "Give the folder to Sotto's account, or name another one in SOTTO_DATA. Nothing was touched.",
      error,
    );
  }
}

/** The room that is left on the disk of a folder. */
export async function freeBytes(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}

export async function isThere(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if (systemCode(error) === "ENOENT" || systemCode(error) === "ENOTDIR") return false;
    throw error;
  }
}

/** True for a folder that is not there, or has nothing in it. */
export async function isEmptyPlace(path: string): Promise<boolean> {
  try {
    return (await readdir(path)).length === 0;
  } catch (error) {
    if (systemCode(error) === "ENOENT") return true;
    if (systemCode(error) === "ENOTDIR") return false;
    throw error;
  }
}
