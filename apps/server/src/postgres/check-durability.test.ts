import { Client } from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { checkDurability } from "./check-durability.ts";
import { startPostgres, type RunningPostgres } from "./start-postgres.ts";
import { ask, makeScratch, removeScratch } from "../../testing/scratch.ts";

let directory: string;
let server: RunningPostgres;

beforeAll(async () => {
  directory = await makeScratch();
});

afterAll(async () => {
  await removeScratch(directory);
});

async function refusedSettings(settings: Readonly<Record<string, string>>): Promise<readonly string[]> {
  server = await startPostgres({ directory, port: 0, settings });
  return await refusedNow();
}

async function refusedNow(): Promise<readonly string[]> {
  const client = new Client({ connectionString: server.url });
  await client.connect();
  const refusals = await checkDurability(client);
  await client.end();
  expect(refusals.every(({ setting, remedy }) => remedy.includes(setting))).toBe(true);
  return refusals.map(({ setting }) => setting);
}

test("a durable server is accepted, and a role for which commits are not waited for is refused", async () => {
  expect(await refusedSettings({})).toEqual([]);
  await ask(server.url, "alter role sotto_superuser set synchronous_commit = off");
  expect(await refusedNow()).toEqual(["synchronous_commit"]);
  await ask(server.url, "alter role sotto_superuser reset synchronous_commit");
  await server.stop();
});

test.each(["fsync", "synchronous_commit", "full_page_writes"])(
  "a server with %s off is refused",
  async (name) => {
    expect(await refusedSettings({ [name]: "off" })).toEqual([name]);
    await server.stop();
  },
);
