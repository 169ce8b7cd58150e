import { createReadStream } from "node:fs";
import { chmod, copyFile, lchown, mkdir, readdir, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { createGunzip } from "node:zlib";
import pg from "pg";
import type { Config } from "../config/read-config.ts";
import { OperatorFault } from "../config/operator-fault.ts";
import { chooseIdentity, type Identity } from "../postgres/choose-identity.ts";
import { openDataFolder, placesIn } from "../postgres/data-folder.ts";
import { findEmbeddedPrograms } from "../postgres/find-programs.ts";
import { prepareRoles } from "../postgres/prepare-roles.ts";
import { startPostgres } from "../postgres/start-postgres.ts";
import { MIGRATIONS } from "../store/migrations/all.ts";
import { NewerData } from "../store/migrate.ts";
import { Store } from "../store/store.ts";
import { endAllSessions } from "../usecases/end-all-sessions.ts";
import {
  checkFiles,
  CLUSTER_ARCHIVE,
  readManifest,
  ROWS_ARCHIVE,
  type BackupManifest,
} from "./backup-manifest.ts";
import { fillDatabase } from "./fill-database.ts";
import { openDatabaseToAsk } from "./open-database.ts";
import { isEmptyPlace, isThere, operatorPlaces, requireDataFolder } from "./places.ts";
import { readArchive } from "./read-archive.ts";
import { newerData } from "./start-faults.ts";

/**
 * Puts a backup back into an empty place, after every hash of it was found right. Sessions are ended: one that somebody ended after the backup was
 * made must not come back to life. Whatever goes wrong, the place is empty again afterwards. Throws `OperatorFault`.
 */
export async function restoreBackup(config: Config, folder: string): Promise<BackupManifest> {
  const manifest = await readManifest(folder);
  await requireIntact(folder, manifest);
  requireKnownSteps(manifest);
  if (config.database !== null && manifest.kind === "cluster")
    throw new OperatorFault(
      "wrong-kind",
      "This backup holds the files of an embedded database; a PostgreSQL of your own takes rows.",
      "Restore it without DATABASE_URL, then make a backup with `sotto backup --rows` and restore that one.",
    );
  await requireEmpty(config);
  await requireDataFolder(config.dataFolder);
  const { restoring } = operatorPlaces(config.dataFolder);
  await mkdir(restoring, { mode: 0o711 });
  try {
    await copyBack(folder, manifest, config.filesFolder, "files/");
    if (manifest.kind === "cluster") await putClusterBack(config, folder, manifest);
    else await putRowsBack(config, folder);
    await rm(restoring, { recursive: true });
    return manifest;
  } catch (error) {
    await emptyAgain(config.dataFolder);
    await emptyAgain(config.filesFolder);
    throw error;
  }
}

async function requireIntact(folder: string, manifest: BackupManifest): Promise<void> {
  const [finding] = await checkFiles(folder, manifest);
  if (finding === undefined) return;
  throw new OperatorFault(
    "backup-broken",
    `This backup is not as it was written (${finding.kind}: ${finding.path}). Nothing was put anywhere.`,
    "Use another backup. `sotto verify FOLDER` lists everything that is wrong with this one.",
  );
}

function requireKnownSteps({ steps }: BackupManifest): void {
  const unknown = steps.filter((step) => !MIGRATIONS.some(({ number }) => number === step));
  if (unknown.length > 0) throw newerData(new NewerData(unknown));
}

async function requireEmpty({ database, dataFolder, filesFolder }: Config): Promise<void> {
  if (!(await isEmptyPlace(dataFolder)))
    throw new OperatorFault(
      "folder-taken",
      `The data folder ${dataFolder} is not empty, and a restore never overwrites anything.`,
      "Name an empty one in SOTTO_DATA, or move the old one aside first. Keep it until you are sure.",
    );
  if (!(await isEmptyPlace(filesFolder)))
    throw new OperatorFault(
      "folder-taken",
      `The folder of sealed files ${filesFolder} is not empty, and a restore never overwrites anything.`,
      "Name an empty one in SOTTO_FILES, or move the old one aside first. Keep it until you are sure.",
    );
  if (database === null) return;
  const client = new pg.Client({ connectionString: database.ownerUrl });
  await client.connect();
  try {
    const { rowCount } = await client.query(
      "select 1 from pg_catalog.pg_tables where schemaname = 'public' limit 1",
    );
    if (rowCount !== 0)
      throw new OperatorFault(
        "folder-taken",
        "The database of DATABASE_OWNER_URL is not empty, and a restore never overwrites anything.",
        "Make a new database and name it in DATABASE_URL and DATABASE_OWNER_URL.",
      );
  } finally {
    await client.end();
  }
}

async function copyBack(
  folder: string,
  manifest: BackupManifest,
  place: string,
  below: string,
): Promise<void> {
  for (const { path } of manifest.files) {
    if (!path.startsWith(below)) continue;
    const file = join(place, path.slice(below.length));
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    await copyFile(join(folder, path), file);
    await chmod(file, 0o600);
  }
}

/** Takes the cluster apart beside its place, and lets its server go through the log that came with it. */
async function putClusterBack(config: Config, folder: string, manifest: BackupManifest): Promise<void> {
  await copyBack(folder, manifest, operatorPlaces(config.dataFolder).passwords, "passwords/");
  const programs = await findEmbeddedPrograms();
  const places = await openDataFolder(config.dataFolder);
  const identity = await chooseIdentity(programs, places);
  const beside = join(operatorPlaces(config.dataFolder).restoring, "postgres");
  await mkdir(beside, { mode: 0o700 });
  await readArchive(createReadStream(join(folder, CLUSTER_ARCHIVE)).pipe(createGunzip()), beside);
  await giveTo(identity, beside);
  await rename(beside, placesIn(config.dataFolder).cluster);
  const running = await startPostgres({ directory: config.dataFolder, port: 0 });
  try {
    const urls = await prepareRoles({ adminUrl: running.url, directory: config.dataFolder });
    await endSessions(urls.appUrl);
  } finally {
    await running.stop();
  }
}

async function putRowsBack(config: Config, folder: string): Promise<void> {
  if (config.database === null) {
    const made = await startPostgres({ directory: config.dataFolder, port: 0 });
    await made.stop();
  }
  const database = await openDatabaseToAsk(config);
  try {
    const lines = createInterface({
      input: createReadStream(join(folder, ROWS_ARCHIVE)).pipe(createGunzip()),
    });
    await fillDatabase(database.ownerUrl, lines);
    await endSessions(database.appUrl);
  } finally {
    await database.stop();
  }
}

async function endSessions(appUrl: string): Promise<void> {
  const store = new Store(appUrl, 1);
  try {
    await endAllSessions({ store });
  } finally {
    await store.close();
  }
}

async function giveTo(identity: Identity, path: string): Promise<void> {
  if (identity.kind !== "user") return;
  await lchown(path, identity.uid, identity.gid);
  for (const entry of await readdir(path, { recursive: true }))
    await lchown(join(path, entry), identity.uid, identity.gid);
}

async function emptyAgain(folder: string): Promise<void> {
  if (!(await isThere(folder))) return;
  for (const name of await readdir(folder))
    await rm(join(folder, name), { recursive: true, force: true, maxRetries: 10 });
}
