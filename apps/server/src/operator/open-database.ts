import pg from "pg";
import type { Config } from "../config/read-config.ts";
import { OperatorFault } from "../config/operator-fault.ts";
import { hasCluster, placesIn } from "../postgres/data-folder.ts";
import { keepPostgres, type KeepEvent } from "../postgres/keep-postgres.ts";
import { prepareRoles } from "../postgres/prepare-roles.ts";
import { startPostgres } from "../postgres/start-postgres.ts";

/** The database of a server or of a command. */
export interface OpenDatabase {
  readonly appUrl: string;
  readonly ownerUrl: string;
  /** The superuser's address; null for an operator's own PostgreSQL. */
  readonly adminUrl: string | null;
  readonly stop: () => Promise<void>;
}

const VERSION_MIN = 150_000;
const CONNECT_WITHIN_MS = 10_000;

/** The database for a server: made if missing, started, and kept running. */
export async function openDatabaseToServe(
  { database, dataFolder }: Config,
  tell: (event: KeepEvent) => void,
): Promise<OpenDatabase> {
  if (database !== null) return openOwn(database);
  const running = await keepPostgres({ directory: dataFolder, port: 0 }, tell);
  const urls = await prepareRoles({ adminUrl: running.url, directory: dataFolder });
  return { ...urls, adminUrl: running.url, stop: () => running.stop() };
}

/**
 * The database for a command that ends: the one that a server has running, or started for as long as the command takes. Nothing is made. Throws
 * `no-data` where there is none.
 */
export async function openDatabaseToAsk({ database, dataFolder }: Config): Promise<OpenDatabase> {
  if (database !== null) return openOwn(database);
  if (!(await hasCluster(placesIn(dataFolder)))) {
    throw new OperatorFault(
      "no-data",
      `There is no Sotto in the data folder ${dataFolder}.`,
      "Name the folder that Sotto was started with in SOTTO_DATA.",
    );
  }
  const running = await startPostgres({ directory: dataFolder, port: 0 });
  const urls = await prepareRoles({ adminUrl: running.url, directory: dataFolder });
  const leave = async () => undefined;
  return { ...urls, adminUrl: running.url, stop: running.adopted ? leave : () => running.stop() };
}

async function openOwn(database: NonNullable<Config["database"]>): Promise<OpenDatabase> {
  await tryDatabase("DATABASE_URL", database.appUrl);
  await tryDatabase("DATABASE_OWNER_URL", database.ownerUrl);
  return { ...database, adminUrl: null, stop: async () => undefined };
}

async function tryDatabase(setting: string, url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: CONNECT_WITHIN_MS });
  try {
    await client.connect();
    const { rows } = await client.query<{ version: string }>(
      "select current_setting('server_version_num') as version",
    );
    if (Number(rows[0]?.version) < VERSION_MIN)
      throw new OperatorFault(
        "database-old",
        `The PostgreSQL of ${setting} is older than version 15.`,
        "Use PostgreSQL 15 or newer. Nothing was touched.",
      );
  } catch (error) {
    throw error instanceof OperatorFault ? error : whyNot(setting, error);
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** What the driver's error means, without its text, which may quote the address. */
function whyNot(setting: string, error: unknown): OperatorFault {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const refuses = (what: string, remedy: string) =>
    new OperatorFault("database-refuses", what, remedy, error);
  if (code === "28P01" || code === "28000")
    return refuses(
      `The PostgreSQL of ${setting} does not accept this role and password.`,
      `Look at the role and its password in ${setting}, and at pg_hba.conf of that server.`,
    );
  if (code === "3D000")
    return refuses(
      `The database named in ${setting} is not there.`,
      "Make it as docs/operator.md says under 'A PostgreSQL of your own'.",
    );
  if (code === "42501")
    return refuses(
      `The role of ${setting} may not connect to that database.`,
      "Grant it connect, as docs/operator.md says under 'A PostgreSQL of your own'.",
    );
  return new OperatorFault(
    "database-away",
    `The PostgreSQL of ${setting} does not answer${/^[A-Z0-9_]+$/.test(code) ? ` (${code})` : ""}.`,
    "Look whether it runs, and at host and port in the setting. Nothing is lost.",
    error,
  );
}
