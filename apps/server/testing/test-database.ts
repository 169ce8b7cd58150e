/**
 * Databases for tests and measurements: one cluster a run, one fresh database a test file, on the same supervisor, roles and durable settings as
 * in production. Unsafe elsewhere: what it makes is thrown away.
 *
 * `SOTTO_TEST_DATABASE=debian` runs everything on the newest PostgreSQL installed from Debian instead of the embedded one.
 */
import { randomBytes } from "node:crypto";
import { chmod, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";
import { findEmbeddedPrograms, findPrograms, type Programs } from "../src/postgres/find-programs.ts";
import { isAlive } from "../src/postgres/postmaster.ts";
import { prepareRoles } from "../src/postgres/prepare-roles.ts";
import { startPostgres } from "../src/postgres/start-postgres.ts";
import { stopPostgres } from "../src/postgres/stop-postgres.ts";

/** The variable through which a test run tells its workers where its cluster is. */
export const testClusterVariable = "SOTTO_TEST_CLUSTER";

const prefix = "sotto-test-";
const debianFolder = "/usr/lib/postgresql";

export type TestDatabase = Readonly<{
  /** For migrations: the role that owns the database. */
  ownerUrl: string;
  /** For requests: the role that row security applies to. */
  appUrl: string;
  /** For a test's own look from outside: the superuser, in this database. */
  adminUrl: string;
  /** Drops the database; where no test run shares the cluster, stops and removes that too. */
  close: () => Promise<void>;
}>;

/** A database that others can be made from. */
export type CopiedDatabase = TestDatabase &
  Readonly<{
    /** Another one with the same rows, to be closed before this one. Nobody may be connected to this one meanwhile. */
    copy: () => Promise<TestDatabase>;
  }>;

/**
 * A fresh, empty database with its roles. The cluster is started on first use and shared by everything in the same test run. Outside of a test
 * run the database has a cluster of its own.
 */
export async function openTestDatabase(): Promise<CopiedDatabase> {
  const shared = process.env[testClusterVariable];
  const directory = shared ?? (await makeTestCluster());
  const server = await startPostgres({
    directory,
    port: 0,
    programs: await chosenPrograms(),
    // What lives for a minute is not worth cleaning up. A measurement's database is, as in production.
    settings: { max_connections: "200", autovacuum: shared === undefined ? "on" : "off" },
  });
  const close = shared === undefined ? () => removeTestCluster(directory) : null;
  return await openDatabase({ url: server.url, directory, database: newName(), close });
}

const newName = () => `sotto_test_${randomBytes(6).toString("hex")}`;

/** `close` ends the cluster with it; null drops the database alone. */
async function openDatabase(place: {
  readonly url: string;
  readonly directory: string;
  readonly database: string;
  readonly close: (() => Promise<void>) | null;
}): Promise<CopiedDatabase> {
  const { close, database, directory, url } = place;
  const urls = await prepareRoles({ adminUrl: url, directory, database });
  const adminUrl = new URL(url);
  adminUrl.pathname = `/${database}`;
  return {
    ...urls,
    adminUrl: adminUrl.href,
    copy: async () => {
      const name = newName();
      await onServer(url, `create database ${name} template ${database} owner sotto_owner`);
      return await openDatabase({ url, directory, database: name, close: null });
    },
    close: close ?? (() => onServer(url, `drop database if exists ${database} with (force)`)),
  };
}

/** A folder for the cluster of a test run of this process. Clusters of runs that were killed are stopped and removed on the way. */
export async function makeTestCluster(): Promise<string> {
  await sweepAbandoned();
  const directory = await mkdtemp(join(tmpdir(), `${prefix}${process.pid}-`));
  // Under root the server is somebody else and must be able to pass through.
  if (process.getuid?.() === 0) await chmod(directory, 0o711);
  return directory;
}

/** Stops the cluster of a test run, if it was ever started, and removes its folder. */
export async function removeTestCluster(directory: string): Promise<void> {
  await stopPostgres(directory);
  await rm(directory, { recursive: true, force: true });
}

async function sweepAbandoned(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const pid = new RegExp(`^${prefix}(\\d+)-`).exec(name)?.[1];
    if (pid === undefined || isAlive(Number(pid))) continue;
    // Another run may be sweeping the same folder, or it may be another account's.
    await removeTestCluster(join(tmpdir(), name)).catch(() => undefined);
  }
}

async function chosenPrograms(): Promise<Programs> {
  const choice = process.env["SOTTO_TEST_DATABASE"] ?? "embedded";
  if (choice === "embedded") return await findEmbeddedPrograms();
  if (choice !== "debian") throw new Error("SOTTO_TEST_DATABASE is neither embedded nor debian");
  const versions = (await readdir(debianFolder)).map(Number).filter((version) => version >= 15);
  return await findPrograms(join(debianFolder, String(Math.max(...versions)), "bin"));
}

async function onServer(url: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
