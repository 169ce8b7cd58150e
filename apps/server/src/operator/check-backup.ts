import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Config } from "../config/read-config.ts";
import type { Verified } from "../usecases/verify.ts";
import { askStore } from "./ask-store.ts";
import { checkFiles, readManifest, type BackupFinding, type BackupManifest } from "./backup-manifest.ts";
import { MIGRATIONS } from "../store/migrations/all.ts";
import { migrate } from "../store/migrate.ts";
import { openDatabaseToAsk } from "./open-database.ts";
import { restoreBackup } from "./restore-backup.ts";
import { verifyAll } from "./verify-files.ts";

export interface CheckedBackup {
  readonly manifest: BackupManifest;
  readonly files: readonly BackupFinding[];
  /** What a check of the data itself found; null when the files are not worth opening. */
  readonly verified: Verified | null;
}

/**
 * Checks a backup as far as it can be done without a key: every hash, then the data, by restoring it into a folder of its own that is removed again. So
 * it also shows that the backup can be restored. The backup itself is not changed.
 */
export async function checkBackup(config: Config, folder: string): Promise<CheckedBackup> {
  const manifest = await readManifest(folder);
  const files = await checkFiles(folder, manifest);
  if (files.length > 0) return { manifest, files, verified: null };
  const scratch = await mkdtemp(join(tmpdir(), "sotto-verify-"));
  try {
    // Under root the database runs as somebody else, who must pass through.
    if (process.getuid?.() === 0) await chmod(scratch, 0o711);
    const dataFolder = join(scratch, "data");
    const there: Config = { ...config, dataFolder, filesFolder: join(dataFolder, "files"), database: null };
    await restoreBackup(there, folder);
    await bringUpToDate(there, manifest);
    return {
      manifest,
      files,
      verified: await askStore(there, (store) => verifyAll(store, there.filesFolder)),
    };
  } finally {
    await rm(scratch, { recursive: true, force: true, maxRetries: 10 });
  }
}

/** An older backup goes through the steps that came since, as it would when a server starts on it. */
async function bringUpToDate(there: Config, manifest: BackupManifest): Promise<void> {
  if (MIGRATIONS.every(({ number }) => manifest.steps.includes(number))) return;
  const database = await openDatabaseToAsk(there);
  try {
    await migrate(database.ownerUrl);
  } finally {
    await database.stop();
  }
}
