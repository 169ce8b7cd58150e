/** What a storm keeps of one server for the next is as new, and nothing of what was under way is kept. */
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestDatabase, type TestDatabase } from "../support/database.ts";
import { openDatabaseDoor, type DatabaseDoor } from "./database-door.ts";
import { KeptConnections } from "./kept-connections.ts";

let database: TestDatabase;
let kept: KeptConnections;
const doors: DatabaseDoor[] = [];

beforeAll(async () => {
  database = await openTestDatabase();
  kept = new KeptConnections(database.ownerUrl);
});

afterAll(async () => {
  for (const door of doors) await door.close();
  kept.close();
  await database.close();
});

/** Somebody who comes by a door of their own, as each server does. */
async function come(): Promise<{ readonly client: pg.Client; readonly door: DatabaseDoor }> {
  const door = await openDatabaseDoor(kept, null, () => undefined);
  doors.push(door);
  const client = new pg.Client({ connectionString: door.through(database.ownerUrl) });
  // Whoever is cut off hears of it.
  client.on("error", () => undefined);
  await client.connect();
  return { client, door };
}

const processOf = async (client: pg.Client): Promise<unknown> =>
  (await client.query("select pg_backend_pid() as process")).rows[0]?.process;

/** Somebody comes until it is the process that was left behind, or another one. */
const next = async (): Promise<{ readonly client: pg.Client; readonly process: unknown }> => {
  // What was left is made as new behind whoever left it.
  await new Promise((resolve) => setTimeout(resolve, 300));
  const { client } = await come();
  return { client, process: await processOf(client) };
};

test.each(["leaves", "is killed"])(
  "whoever comes after one who %s finds a connection as new",
  async (how) => {
    const { client, door } = await come();
    const process = await processOf(client);
    await client.query("set application_name = 'left behind'");
    await client.query("create temporary table left_behind (id int)");
    await client.query({ name: "left", text: "select 1 as one" });
    await client.query("select pg_advisory_lock(7)");
    if (how === "leaves") await client.end();
    else door.cut();
    const after = await next();
    expect(after.process).toBe(process);
    const { rows } = await after.client.query(
      `select current_setting('application_name') as name, to_regclass('pg_temp.left_behind') as made,
       (select count(*)::int from pg_prepared_statements) as prepared,
       (select count(*)::int from pg_locks where locktype = 'advisory') as locks`,
    );
    expect(rows).toEqual([{ name: "", made: null, prepared: 0, locks: 0 }]);
    await after.client.end();
  },
);

test("what was under way when a server was killed is undone, and its connection is not kept", async () => {
  const { client, door } = await come();
  const process = await processOf(client);
  await client.query("create table if not exists under_way (id int)");
  await client.query("begin");
  await client.query("insert into under_way values (1)");
  door.cut();
  const after = await next();
  expect(after.process).not.toBe(process);
  expect((await after.client.query("select id from under_way")).rows).toEqual([]);
  await after.client.end();
});
