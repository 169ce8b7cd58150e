import { migrate, verifyDatabase } from "@sotto/server/copy";
import { randomUUID } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { findingsAfter } from "../support/damage.ts";
import { makeGround, flipBit, runSotto } from "../support/operator.ts";
import { openRecorded } from "../support/recorded.ts";
import type { TestDatabase } from "../support/database.ts";

let ground: Awaited<ReturnType<typeof makeGround>>;
let database: TestDatabase;

beforeAll(async () => {
  ground = await makeGround();
  database = await openPeople();
});

afterAll(async () => {
  await database?.close();
  await ground?.remove();
});

/** What real clients wrote, up to date: one family, rooms, messages. */
async function openPeople(): Promise<TestDatabase> {
  const { database: fresh } = await openRecorded("0.1.0");
  await migrate(fresh.ownerUrl);
  return fresh;
}

/** The words that somebody with power over the database could say to it. */
async function damage(where: TestDatabase, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: where.adminUrl });
  await client.connect();
  try {
    const results = [await client.query(sql)].flat();
    expect(results.at(-1)?.rowCount).toBeGreaterThan(0);
  } finally {
    await client.end();
  }
}

const flipped = (column: string, place: string): string =>
  `set_byte(${column}, ${place}, get_byte(${column}, ${place}) # 1)`;
const firstFrame =
  "kind = 'frame' and (room_id, seq) = (select room_id, seq from room_item where kind = 'frame' order by 1, 2 limit 1)";
const lastItem =
  "kind = 'frame' and seq = (select max(seq) from room_item other where other.room_id = room_item.room_id)";
const someRoom = "room_id = (select room_id from room order by room_id limit 1)";

test("what real clients wrote is as it must be", async () => {
  expect(await verifyDatabase(database.appUrl)).toMatchObject({ practices: 1, findings: [] });
  expect((await verifyDatabase(database.appUrl)).rooms).toBeGreaterThan(3);
});

test.each<readonly [string, readonly string[]]>([
  ["delete from log_node where level = 0 and node_index = 3", ["log-leaf-missing"]],
  [
    `update log_node set hash = ${flipped("hash", "5")} where level = 0 and node_index = 2`,
    ["log-node-wrong", "log-leaf-astray"],
  ],
  [
    `update log_node set hash = ${flipped("hash", "5")} where level = 2 and node_index = 0`,
    ["log-node-wrong"],
  ],
  ["delete from log_node where level = 1 and node_index = 1", ["log-node-wrong"]],
  [
    "insert into log_node select practice_id, 40, 0, hash from log_node where level = 0 and node_index = 0",
    ["log-node-wrong"],
  ],
  ["delete from practice", ["practice-missing"]],
  ["update practice set log_size = log_size - 1", ["log-size-wrong"]],
  [`update practice set log_public = ${flipped("log_public", "1")}`, ["log-signature-wrong"]],
  ["delete from log_leaf where leaf_index = 0", ["log-leaf-astray"]],
  [
    "delete from log_leaf",
    ["log-leaf-astray", "identity-not-in-log", "vault-not-in-log", "room-event-not-in-log"],
  ],
  [`update identity set record = ${flipped("record", "700")}`, ["identity-wrong", "room-event-wrong"]],
  [
    `update identity set account_id = (select account_id from account where standing = 'practice')`,
    ["identity-wrong"],
  ],
  ["delete from vault_blob", ["vault-missing"]],
  ["update vault_blob set version = version + 1", ["vault-not-in-log"]],
  [`update vault_blob set bytes = ${flipped("bytes", "60")}`, ["vault-not-in-log"]],
  [`delete from room_item where ${firstFrame}`, ["room-seq-hole"]],
  [`delete from room_item where ${lastItem}`, ["room-seq-hole"]],
  [
    `update room_item set bytes = ${flipped("bytes", "length(bytes) - 1")} where kind = 'event'`,
    ["room-event-wrong"],
  ],
  ["update room_item set bytes = '\\x00' where kind = 'event'", ["room-event-wrong", "room-head-wrong"]],
  [`update room_item set bytes = ${flipped("bytes", "12")} where ${firstFrame}`, ["room-frame-wrong"]],
  [`update room_item set bytes = ${flipped("bytes", "29")} where ${firstFrame}`, ["room-frame-wrong"]],
  [`update room_item set bytes = ${flipped("bytes", "35")} where ${firstFrame}`, ["room-frame-wrong"]],
  ["update room_item set bytes = '\\x00' where kind = 'frame'", ["room-frame-wrong"]],
  [`update room_item set kind = 'other' where ${firstFrame}`, ["room-item-unknown"]],
  [`update room set epoch = epoch + 1 where ${someRoom}`, ["room-head-wrong"]],
  [`update room set next_seq = next_seq + 1 where ${someRoom}`, ["room-seq-hole"]],
  [`update room_member set role = 'reader' where ${someRoom}`, ["room-roster-wrong"]],
  [`update room_member set from_seq = from_seq + 1 where ${someRoom}`, ["room-roster-wrong"]],
  [`delete from room_member where ${someRoom}`, ["room-roster-wrong"]],
])("%s is found", async (sql, kinds) => {
  const found = new Set<string>((await findingsAfter(database, sql)).map((finding) => finding.kind));
  for (const kind of kinds) expect(found).toContain(kind);
});

test("the command answers 0 when all is well; 1 and a line with opaque ids for each finding when it is not", async () => {
  const damaged = await openPeople();
  const env = own(damaged);
  const well = await runSotto(["verify"], env);
  expect(well).toMatchObject({
    status: 0,
    said: expect.stringContaining("All is as it must be: 1 practices"),
  });
  await damage(damaged, "delete from vault_blob");
  const ill = await runSotto(["verify"], env);
  expect(ill.status).toBe(1);
  const lines = ill.said.trim().split("\n");
  expect(lines).toHaveLength(3);
  for (const line of lines)
    expect(line).toMatch(/^vault-missing practice [0-9a-f-]{36} account [0-9a-f-]{36}$/);
  const json = await runSotto(["verify", "--json"], env);
  expect(JSON.parse(json.said)).toMatchObject({
    practices: 1,
    findings: [{ kind: "vault-missing" }, {}, {}],
  });
  await damaged.close();
});

const own = (where: TestDatabase) => ({
  DATABASE_URL: where.appUrl,
  DATABASE_OWNER_URL: where.ownerUrl,
  SOTTO_DATA: ground.at("own"),
});

test("a sealed file that a row names must lie on the disk in its size", async () => {
  const file = randomUUID();
  const there = await openPeople();
  // The shape in which files are kept, should this schema not have them.
  await damage(
    there,
    `create table if not exists file (practice_id uuid, file_id uuid, room_id uuid, author_id uuid, bytes bigint, state text,
       room_seq bigint, touched_at bigint); grant select on file to sotto_app;
     insert into file select practice_id, '${file}', room_id, account_id, 8, 'whole', 1, 1 from room_member limit 1`,
  );
  const lost = await runSotto(["verify"], own(there));
  expect(lost).toMatchObject({
    status: 1,
    said: expect.stringMatching(/^file-missing .* file [0-9a-f-]{36} 0 of 8 bytes\n$/),
  });
  const [practice = ""] = /[0-9a-f-]{36}/.exec(lost.said) ?? [];
  const folder = join(ground.at("own"), "files", practice, file);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "0"), "sealed");
  expect(await runSotto(["verify"], own(there))).toMatchObject({
    status: 1,
    said: expect.stringContaining("file-wrong-size"),
  });
  await writeFile(join(folder, "1"), "..");
  expect(await runSotto(["verify"], own(there))).toMatchObject({ status: 0 });
  await there.close();
});

test("a backup is checked too: what is in it, by restoring it, and first of all its files", async () => {
  await damage(database, "delete from vault_blob");
  expect(await runSotto(["backup", ground.at("ill")], own(database))).toMatchObject({ status: 0 });
  const ill = await runSotto(["verify", ground.at("ill")]);
  expect(ill).toMatchObject({ status: 1, said: expect.stringContaining("vault-missing") });
  expect(ill.said).not.toContain("file-");
  await flipBit(`${ground.at("ill")}/database/rows.jsonl.gz`, 1000);
  const torn = await runSotto(["verify", ground.at("ill")]);
  expect(torn).toMatchObject({ status: 1, said: "file-changed database/rows.jsonl.gz\n" });
});
