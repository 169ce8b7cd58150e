import { Client } from "pg";
import { expect, test } from "vitest";
import { openTestDatabase } from "./test-database.ts";

test("two test databases share a cluster and nothing else", async () => {
  const first = await openTestDatabase();
  const second = await openTestDatabase();
  await query(first.ownerUrl, "create table only_here (id int)");
  expect(await query(first.appUrl, "select * from only_here")).toEqual([]);
  await expect(query(second.appUrl, "select * from only_here")).rejects.toMatchObject({ code: "42P01" });
  await first.close();
  await expect(query(first.appUrl, "select 1")).rejects.toMatchObject({ code: "3D000" });
  await second.close();
});

test("a copy has the rows and the roles of what it was made from, and is closed alone", async () => {
  const database = await openTestDatabase();
  await query(database.ownerUrl, "create table kept as select 7 as id");
  const copy = await database.copy();
  await query(copy.ownerUrl, "create table made_later as select 8 as id");
  expect(await query(copy.appUrl, "select kept.id, made_later.id as later from kept, made_later")).toEqual([
    { id: 7, later: 8 },
  ]);
  await query(copy.ownerUrl, "delete from kept");
  await copy.close();
  await expect(query(copy.appUrl, "select 1")).rejects.toMatchObject({ code: "3D000" });
  expect(await query(database.appUrl, "select id from kept")).toEqual([{ id: 7 }]);
  await database.close();
});

test("the server is the one that was asked for, and durable", async () => {
  const database = await openTestDatabase();
  const [row] = await query(
    database.appUrl,
    "select version() like '%Debian%' as debian, current_setting('fsync') as fsync",
  );
  expect(row).toEqual({ debian: process.env["SOTTO_TEST_DATABASE"] === "debian", fsync: "on" });
  await database.close();
});

async function query(url: string, sql: string): Promise<readonly unknown[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}
