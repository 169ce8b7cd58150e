import pg from "pg";
import type { Config } from "../config/read-config.ts";
import { OperatorFault } from "../config/operator-fault.ts";
import { readSchemaSteps } from "../store/migrate.ts";
import { Store } from "../store/store.ts";
import { verify, type Verified } from "../usecases/verify.ts";
import { openDatabaseToAsk } from "./open-database.ts";
import { verifyAll } from "./verify-files.ts";

const CONNECTIONS_MAX = 2;

/** Runs something on the store of a server that may be running, as the role that requests run as. Throws `OperatorFault`. */
export async function askStore<Value>(config: Config, run: (store: Store) => Promise<Value>): Promise<Value> {
  const database = await openDatabaseToAsk(config);
  try {
    return await askDatabase(database.appUrl, run);
  } finally {
    await database.stop();
  }
}

/** The same on a database that is open. Refuses data that this version does not know. */
export async function askDatabase<Value>(
  appUrl: string,
  run: (store: Store) => Promise<Value>,
): Promise<Value> {
  await requireThisVersion(appUrl);
  const store = new Store(appUrl, CONNECTIONS_MAX);
  try {
    return await run(store);
  } finally {
    await store.close();
  }
}

async function requireThisVersion(appUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: appUrl });
  await client.connect();
  try {
    const { applied, pending, unknown } = await readSchemaSteps(client);
    if (applied.length === 0)
      throw new OperatorFault(
        "no-data",
        "Sotto has not been started on this database yet.",
        "Start it once (sotto start), then call this command again.",
      );
    if (pending.length + unknown.length > 0)
      throw new OperatorFault(
        "wrong-version",
        `The data is of ${unknown.length > 0 ? "a newer" : "an older"} version than this Sotto.`,
        unknown.length > 0
          ? "Use the version that runs there. Nothing was touched."
          : "Make a backup (sotto backup), then start this version once (sotto start); it brings the data up to date.",
      );
  } finally {
    await client.end();
  }
}

/** Checks a database as far as it can be done without keys, as the role that requests run as; with a folder also that the sealed files lie there. */
export function verifyDatabase(appUrl: string, filesFolder: string | null = null): Promise<Verified> {
  return askDatabase(appUrl, (store) =>
    filesFolder === null ? verify({ store }) : verifyAll(store, filesFolder),
  );
}
