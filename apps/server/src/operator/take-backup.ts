import { createWriteStream } from "node:fs";
import { copyFile, mkdir, open, readdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { basename, dirname, join, relative } from "node:path";
import { once } from "node:events";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import pg from "pg";
import type { Config } from "../config/read-config.ts";
import { OperatorFault } from "../config/operator-fault.ts";
import { isAlive } from "../postgres/postmaster.ts";
import { systemCode } from "../postgres/postgres-fault.ts";
import { readSchemaSteps } from "../store/migrate.ts";
import {
  CLUSTER_ARCHIVE,
  describeFile,
  listFiles,
  MANIFEST,
  ROWS_ARCHIVE,
  type BackupFile,
  type BackupKind,
  type BackupManifest,
} from "./backup-manifest.ts";
import { streamBaseBackup } from "./base-backup.ts";
import { copyDatabase } from "./copy-database.ts";
import { rememberBackup } from "./last-backup.ts";
import { openDatabaseToAsk, type OpenDatabase } from "./open-database.ts";
import { isThere, operatorPlaces } from "./places.ts";
import { readSottoVersion } from "./versions.ts";

/**
 * Takes a backup into a folder that is not there yet, while the server may be running. It is made beside its place, and gets its name when all of it
 * is on the disk: a half backup is never taken for a whole one. Throws `OperatorFault`.
 *
 * Sealed files are copied before and after the database. A row that the copy of the database holds was written before that copy ended, and its file
 * before the row; so the file is found in one of the two passes, whether people add or take away files meanwhile.
 */
export async function takeBackup(
  config: Config,
  folder: string,
  wish: { readonly kind: BackupKind; readonly now: number },
): Promise<BackupManifest> {
  await requireFreePlace(config, folder);
  const database = await openDatabaseToAsk(config);
  const making = `${folder}.making-${String(process.pid)}`;
  try {
    await sweepUnfinished(folder);
    await mkdir(join(making, "database"), { recursive: true, mode: 0o700 });
    const begun = await describeDatabase(database);
    const copied = new Map<string, string>();
    await copyNewFiles(config.filesFolder, making, copied);
    await copyPasswords(config, wish.kind, making);
    await (wish.kind === "cluster" ? writeCluster(database, making) : writeRows(database, making));
    await copyNewFiles(config.filesFolder, making, copied);
    const manifest: BackupManifest = {
      format: "sotto-backup/1",
      kind: wish.kind,
      begunAt: wish.now,
      sotto: readSottoVersion(),
      ...begun,
      files: await describeAll(making),
    };
    await finish(making, folder, manifest);
    await rememberBackup(config.dataFolder, wish.now);
    return manifest;
  } catch (error) {
    await rm(making, { recursive: true, force: true });
    throw isFull(error) ? full(folder, error) : error;
  } finally {
    await database.stop();
  }
}

async function requireFreePlace({ dataFolder, filesFolder }: Config, folder: string): Promise<void> {
  if (await isThere(folder))
    throw new OperatorFault(
      "folder-taken",
      `${folder} is there already, and a backup never overwrites anything.`,
      "Name a folder that is not there, as with the date in its name.",
    );
  if ([dataFolder, filesFolder].some((place) => !relative(place, folder).startsWith("..")))
    throw new OperatorFault(
      "place",
      "A backup inside the data folder would be lost with it.",
      "Name a folder elsewhere, best on another disk.",
    );
}

/** Removes what killed backups into the same place have left. */
async function sweepUnfinished(folder: string): Promise<void> {
  const prefix = `${basename(folder)}.making-`;
  const parent = dirname(folder);
  await mkdir(parent, { recursive: true, mode: 0o700 });
  for (const name of await readdir(parent)) {
    if (!name.startsWith(prefix) || isAlive(Number(name.slice(prefix.length)))) continue;
    await rm(join(parent, name), { recursive: true, force: true });
  }
}

async function describeDatabase({
  ownerUrl,
}: OpenDatabase): Promise<Pick<BackupManifest, "postgres" | "steps">> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ version: string }>(
      "select current_setting('server_version') as version",
    );
    return {
      postgres: rows[0]?.version ?? "unknown",
      steps: (await readSchemaSteps(client)).applied,
    };
  } finally {
    await client.end();
  }
}

async function writeCluster({ adminUrl }: OpenDatabase, making: string): Promise<void> {
  if (adminUrl === null)
    throw new OperatorFault(
      "wrong-kind",
      "The files of a PostgreSQL of your own are not Sotto's to copy.",
      "Leave the kind away: Sotto copies its rows then.",
    );
  const gzip = createGzip({ level: 1 });
  const written = pipeline(gzip, createWriteStream(join(making, CLUSTER_ARCHIVE), { mode: 0o600 }));
  const streamed = streamBaseBackup(adminUrl, gzip).then(
    () => gzip.end(),
    (error: unknown) => {
      gzip.destroy();
      throw error;
    },
  );
  // Whichever fails first says why; the other follows.
  await Promise.all([streamed, written]);
}

async function writeRows({ ownerUrl }: OpenDatabase, making: string): Promise<void> {
  const gzip = createGzip();
  const written = pipeline(gzip, createWriteStream(join(making, ROWS_ARCHIVE), { mode: 0o600 }));
  const copied = copyDatabase(ownerUrl, async (line) => {
    if (!gzip.write(`${line}\n`)) await once(gzip, "drain");
  }).then(
    () => gzip.end(),
    (error: unknown) => {
      gzip.destroy();
      throw error;
    },
  );
  await Promise.all([copied, written]);
}

/** The passwords of the embedded cluster belong to its files; rows need none. */
async function copyPasswords({ dataFolder }: Config, kind: BackupKind, making: string): Promise<void> {
  if (kind === "copy") return;
  const { passwords } = operatorPlaces(dataFolder);
  for (const name of await listFiles(passwords)) await copyOne(passwords, join(making, "passwords"), name);
}

/** What is not whole yet lies there; nothing refers to it. */
const UNFINISHED = /^unfinished\//;

/** Copies the sealed files that are not in the backup yet, or were written anew since they were copied. */
async function copyNewFiles(files: string, making: string, copied: Map<string, string>): Promise<void> {
  for (const path of await listFiles(files)) {
    const entry = await stat(join(files, path)).catch(() => null);
    const mark = entry === null ? "" : `${String(entry.ino)} ${String(entry.ctimeMs)} ${String(entry.size)}`;
    if (UNFINISHED.test(path) || mark === "" || copied.get(path) === mark) continue;
    await copyOne(files, join(making, "files"), path);
    copied.set(path, mark);
  }
}

/** Through a name of its own, so that a file is there whole or not at all. One that has just gone away is left out. */
async function copyOne(from: string, to: string, path: string): Promise<void> {
  await mkdir(dirname(join(to, path)), { recursive: true, mode: 0o700 });
  const beside = join(to, `${path}.half`);
  try {
    await copyFile(join(from, path), beside);
    await rename(beside, join(to, path));
  } catch (error) {
    if (systemCode(error) !== "ENOENT") throw error;
  }
}

async function describeAll(making: string): Promise<readonly BackupFile[]> {
  const described: BackupFile[] = [];
  for (const path of await listFiles(making)) {
    const file = await describeFile(making, path);
    if (file !== null) described.push(file);
    await syncPath(join(making, path));
  }
  return described;
}

/** Everything is on the disk before the manifest is, and the manifest before the folder has its name. */
async function finish(making: string, folder: string, manifest: BackupManifest): Promise<void> {
  await writeFile(join(making, MANIFEST), `${JSON.stringify(manifest, null, 1)}\n`, {
    mode: 0o600,
    flush: true,
  });
  await syncPath(making);
  await rename(making, folder);
  await syncPath(dirname(folder));
}

async function syncPath(path: string): Promise<void> {
  const handle = await open(path, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function isFull(error: unknown): boolean {
  return systemCode(error) === "ENOSPC" || systemCode(error) === "EDQUOT";
}

function full(folder: string, cause: unknown): OperatorFault {
  return new OperatorFault(
    "disk",
    `There is too little room for a backup at ${dirname(folder)}. What was begun is removed.`,
    "Free some room, or name a folder on another disk.",
    cause,
  );
}
