import { Client } from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { checkRuntimeRole } from "./check-runtime-role.ts";
import { ask } from "../../testing/scratch.ts";
import { openTestDatabase, type TestDatabase } from "../../testing/test-database.ts";

let database: TestDatabase;
let role: string;

beforeAll(async () => {
  database = await openTestDatabase();
  role = `weak_${new URL(database.adminUrl).pathname.slice(1)}`;
  await ask(database.ownerUrl, "create table note (id int)");
  await ask(database.adminUrl, `create role ${role} login password 'only-here'`);
  await ask(
    database.adminUrl,
    `grant connect on database ${new URL(database.adminUrl).pathname.slice(1)} to ${role}`,
  );
});

afterAll(async () => {
  await ask(
    database.adminUrl,
    `reassign owned by ${role} to sotto_owner; drop owned by ${role}; drop role ${role}`,
  );
  await database.close();
});

function weakUrl(): string {
  const url = new URL(database.adminUrl);
  url.username = role;
  url.password = "only-here";
  return url.href;
}

async function powers(url: string): Promise<readonly string[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  const refusals = await checkRuntimeRole(client);
  await client.end();
  expect(refusals.every(({ remedy }) => remedy.length > 20)).toBe(true);
  return refusals.map(({ power }) => power);
}

test("the role that requests run as is accepted", async () => {
  expect(await powers(database.appUrl)).toEqual([]);
});

test("the owner of the tables is refused", async () => {
  expect(await powers(database.ownerUrl)).toEqual(["owns-tables"]);
});

test("a superuser is refused, for that reason alone", async () => {
  expect(await powers(database.adminUrl)).toEqual(["superuser"]);
});

test("a role that bypasses row security, or makes roles, is refused until the attribute is taken away", async () => {
  await ask(database.adminUrl, `alter role ${role} bypassrls createrole`);
  expect(await powers(weakUrl())).toEqual(["bypasses-row-security", "makes-roles"]);
  await ask(database.adminUrl, `alter role ${role} nobypassrls nocreaterole`);
  expect(await powers(weakUrl())).toEqual([]);
});

test("a role that may become the owner is refused", async () => {
  await ask(database.adminUrl, `grant sotto_owner to ${role}`);
  expect(await powers(weakUrl())).toEqual(["owns-tables"]);
  await ask(database.adminUrl, `revoke sotto_owner from ${role}`);
});

test("a role that owns a single table of its own is refused", async () => {
  await ask(database.adminUrl, `create schema mine authorization ${role}`);
  await ask(weakUrl(), "create table mine.note (id int)");
  expect(await powers(weakUrl())).toEqual(["owns-tables"]);
});
