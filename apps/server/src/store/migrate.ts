import pg from "pg";
import { MIGRATIONS } from "./migrations/all.ts";

/**
 * Brings the schema to the newest version, as the role that owns it. Two servers that start together take turns by a row lock.
 * Answers the numbers that were applied now.
 */
export async function migrate(ownerUrl: string): Promise<readonly number[]> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    await client.query("create table if not exists migration_lock (id int primary key)");
    await client.query("create table if not exists migration (number int primary key, name text not null)");
    await client.query("insert into migration_lock values (1) on conflict do nothing");
    const applied: number[] = [];
    for (const migration of MIGRATIONS) if (await applyOne(client, migration)) applied.push(migration.number);
    return applied;
  } finally {
    await client.end();
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
