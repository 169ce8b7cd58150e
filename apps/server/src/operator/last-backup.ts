import { mkdir, rename, writeFile } from "node:fs/promises";
import { recall } from "../postgres/remember-once.ts";
import { operatorPlaces } from "./places.ts";

/** How old the newest backup is; null when none is known to this data folder. */
export async function readBackupAge(dataFolder: string, now: number): Promise<number | null> {
  const text = await recall(operatorPlaces(dataFolder).lastBackup);
  if (text === null) return null;
  const at = /^\{"at":(\d{1,15})\}$/.exec(text)?.[1];
  return at === undefined ? null : now - Number(at);
}

/** Remembers when the backup that has just become whole was begun. */
export async function rememberBackup(dataFolder: string, at: number): Promise<void> {
  const { lastBackup } = operatorPlaces(dataFolder);
  // With a PostgreSQL of one's own there may be no data folder yet.
  await mkdir(dataFolder, { recursive: true, mode: 0o700 });
  const beside = `${lastBackup}.${String(process.pid)}`;
  await writeFile(beside, JSON.stringify({ at }), { mode: 0o600, flush: true });
  await rename(beside, lastBackup);
}
