import { stat } from "node:fs/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { placesIn } from "./data-folder.ts";
import { prepareRoles, type RoleUrls } from "./prepare-roles.ts";
import { startPostgres, type RunningPostgres } from "./start-postgres.ts";
import { ask, makeScratch, removeScratch } from "../../testing/scratch.ts";

let directory: string;
let server: RunningPostgres;
let urls: RoleUrls;

beforeAll(async () => {
  directory = await makeScratch();
  server = await startPostgres({ directory, port: 0 });
  urls = await prepareRoles({ adminUrl: server.url, directory });
  await ask(urls.ownerUrl, "create table note (id int primary key, n bigint generated always as identity)");
});

afterAll(async () => {
  await removeScratch(directory);
});

test("the database is called sotto and belongs to the owner", async () => {
  expect(await ask(urls.ownerUrl, "select current_database() as d, current_user as u")).toEqual([
    { d: "sotto", u: "sotto_owner" },
  ]);
});

test("the app role reads and writes rows of what the owner makes", async () => {
  await ask(urls.appUrl, "insert into note values (1)");
  await ask(urls.appUrl, "update note set id = 2");
  expect(await ask(urls.appUrl, "select id from note")).toEqual([{ id: 2 }]);
  await ask(urls.appUrl, "delete from note");
});

test.each([
  "truncate note",
  "drop table note",
  "alter table note disable row level security",
  "create table mine (id int)",
  "create schema mine",
  "set role sotto_owner",
])("the app role may not %s", async (statement) => {
  await expect(ask(urls.appUrl, statement)).rejects.toMatchObject({ code: "42501" });
});

test("another database of the cluster is closed to the app role's grants, and each database to everybody else", async () => {
  const other = await prepareRoles({ adminUrl: server.url, directory, database: "other" });
  await expect(ask(other.appUrl, "select * from note")).rejects.toMatchObject({ code: "42P01" });
  await ask(server.url, "create role stranger login password 'only-here'");
  const stranger = new URL(other.appUrl);
  stranger.username = "stranger";
  stranger.password = "only-here";
  await expect(ask(stranger.href, "select 1")).rejects.toMatchObject({ code: "42501" });
});

test("preparing again, ten times at once, changes nothing", async () => {
  const again = await Promise.all(
    Array.from({ length: 10 }, () => prepareRoles({ adminUrl: server.url, directory })),
  );
  expect(new Set(again.map((one) => JSON.stringify(one)))).toEqual(new Set([JSON.stringify(urls)]));
  expect(await ask(urls.appUrl, "select id from note")).toEqual([]);
});

test("attributes that somebody added are taken away again", async () => {
  await ask(server.url, "alter role sotto_app bypassrls");
  await prepareRoles({ adminUrl: server.url, directory });
  expect(await ask(server.url, "select rolbypassrls from pg_roles where rolname = 'sotto_app'")).toEqual([
    { rolbypassrls: false },
  ]);
});

test("the passwords are random, differ, and only our account reads them", async () => {
  const places = placesIn(directory);
  for (const file of [places.ownerPassword, places.appPassword])
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  const passwords = [server.url, urls.ownerUrl, urls.appUrl].map((url) => new URL(url).password);
  expect(new Set(passwords).size).toBe(3);
  expect(passwords.every((password) => password.length === 32)).toBe(true);
});
