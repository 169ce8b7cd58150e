/** What docs/operator.md tells the operator of an own PostgreSQL to run is run here. */
import { readFile } from "node:fs/promises";
import { Client } from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ask, makeScratch, removeScratch } from "../../testing/scratch.ts";
import { checkRuntimeRole } from "./check-runtime-role.ts";
import { startPostgres } from "./start-postgres.ts";

let directory: string;

beforeAll(async () => {
  directory = await makeScratch();
});

afterAll(async () => {
  await removeScratch(directory);
});

test("the roles of the operator's guide do what Sotto needs, and are accepted", async () => {
  const guide = await readFile(new URL("../../../../docs/operator.md", import.meta.url), "utf8");
  const [asSuperuser = "", inDatabase = ""] = [...guide.matchAll(/```sql\n(.*?)```/gs)].map(
    (match) => match[1],
  );
  const server = await startPostgres({ directory, port: 0 });
  for (const statement of asSuperuser.split(";\n").filter((text) => text.trim() !== "")) {
    await ask(server.url, statement);
  }
  const url = (user: string, password: string): string =>
    `postgres://${user}:${password}@127.0.0.1:${server.port}/sotto`;
  const superuser = new URL(server.url);
  superuser.pathname = "/sotto";
  await ask(superuser.href, inDatabase);
  await ask(url("sotto_owner", "choose-one"), "create table note (id int)");
  await ask(url("sotto_app", "choose-another"), "insert into note values (1)");
  const client = new Client({ connectionString: url("sotto_app", "choose-another") });
  await client.connect();
  expect(await checkRuntimeRole(client)).toEqual([]);
  await client.end();
});

test("the guide has a line for every code of the supervisor's faults", async () => {
  const [guide, faults] = await Promise.all(
    ["../../../../docs/operator.md", "./postgres-fault.ts"].map((file) =>
      readFile(new URL(file, import.meta.url), "utf8"),
    ),
  );
  const codes = [...(faults ?? "").matchAll(/^ {2}\| "([a-z-]+)"/gm)].map((match) => match[1] ?? "");
  // One line may tell of several.
  const cells = [...(guide ?? "").matchAll(/^\| (`[a-z-]+`(?:, `[a-z-]+`)*) \|/gm)];
  const told = cells.flatMap((match) => (match[1] ?? "").replaceAll("`", "").split(", "));
  expect(codes.length).toBeGreaterThan(5);
  expect(told).toEqual(expect.arrayContaining(codes));
});
