import pg from "pg";
import { MIGRATIONS } from "./migrations/all.ts";
import { isMade } from "./store.ts";

/** The data was written by a newer Sotto: these steps are in it and unknown here. Nothing was touched. */
export class NewerData extends Error {
  override readonly name = "NewerData";
  readonly code = "newer-data";
  readonly steps: readonly number[];
  constructor(steps: readonly number[]) {
    super(`unknown steps ${steps.join(", ")}`);
    this.steps = steps;
  }
}

/** Which steps the data has been through, and which are still to come. */
export interface SchemaSteps {
  readonly applied: readonly number[];
  readonly pending: readonly number[];
  /** Applied by a newer version. */
  readonly unknown: readonly number[];
}

/** Asks a database, with any role that may read it, how far its schema is. */
export async function readSchemaSteps(client: Pick<pg.ClientBase, "query">): Promise<SchemaSteps> {
  const known = MIGRATIONS.map((migration): number => migration.number);
  const there = await client.query("select to_regclass('public.migration') is not null as there");
  const isNew = there.rows[0]?.there !== true;
  const { rows } = isNew ? { rows: [] } : await client.query("select number from migration order by number");
  const applied = rows.map((row) => Number(row.number));
  return {
    applied,
    pending: known.filter((number) => !applied.includes(number)),
    unknown: applied.filter((number) => !known.includes(number)),
  };
}

/**
 * Brings the schema to the newest version, or through the steps in `only`, as the role that owns it. Two servers that start together take turns by a
 * row lock. Answers the numbers that were applied now. Throws `NewerData` before anything is touched.
 */
export async function migrate(ownerUrl: string, only?: readonly number[]): Promise<readonly number[]> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    const { pending, unknown } = await readSchemaSteps(client);
    const missing = (only ?? []).filter((step) => !MIGRATIONS.some(({ number }) => number === step));
    if (unknown.length + missing.length > 0) throw new NewerData([...unknown, ...missing]);
    // No step is ever taken back, so what has been applied needs no lock to be left alone.
    if (pending.length === 0) return [];
    await madeOnce(client, "create table if not exists migration_lock (id int primary key)");
    await madeOnce(
      client,
      "create table if not exists migration (number int primary key, name text not null)",
    );
    await client.query("insert into migration_lock values (1) on conflict do nothing");
    const applied: number[] = [];
    for (const migration of MIGRATIONS) {
      if (only !== undefined && !only.includes(migration.number)) continue;
      if (await applyOne(client, migration)) applied.push(migration.number);
    }
    return applied;
  } finally {
    await client.end();
  }
}

/**
 * Makes a table that may be there. Of two that make it in the same moment PostgreSQL refuses one, `if not exists` or not: by its name, by the name of its
 * type, or by the row of either, whichever it comes upon. By then the other has made it.
 */
async function madeOnce(client: pg.Client, statement: string): Promise<void> {
  try {
    await client.query(statement);
  } catch (error) {
    if (!isMade(error)) throw error;
    await client.query(statement);
  }
}

async function applyOne(client: pg.Client, migration: (typeof MIGRATIONS)[number]): Promise<boolean> {
  await client.query("begin");
  try {
    await client.query("select id from migration_lock where id = 1 for update");
    const done = await client.query("select number from migration where number = $1", [migration.number]);
    if (done.rows.length === 0) {
      for (const statement of migration.statements) await client.query(statement);
      await client.query("insert into migration values ($1, $2)", [migration.number, migration.name]);
    }
    await client.query("commit");
    return done.rows.length === 0;
  } catch (error) {
    await client.query("rollback");
    throw error;
  }
}
