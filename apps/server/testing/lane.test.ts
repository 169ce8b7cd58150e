import { Client } from "pg";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { NO_PRACTICE, Store } from "../src/store/store.ts";
import { openTestDatabase, type TestDatabase } from "./test-database.ts";

const PRACTICE = "00000000-0000-4000-8000-000000000001";
const CONNECTIONS = 2;
const SLOW = "select pg_sleep(0.3)";

let database: TestDatabase;
let store: Store;
let owner: Client;
let admin: Client;

beforeAll(async () => {
  database = await openTestDatabase();
  store = new Store(database.appUrl, CONNECTIONS);
  owner = new Client({ connectionString: database.ownerUrl });
  admin = new Client({ connectionString: database.adminUrl });
  await Promise.all([owner.connect(), admin.connect()]);
  await owner.query(
    "create table word (word text primary key, written_by int not null default pg_backend_pid())",
  );
  await owner.query("grant select, insert on word to public");
});

beforeEach(() => owner.query("truncate word"));

afterAll(async () => {
  await store.close();
  await Promise.all([owner.end(), admin.end()]);
  await database.close();
});

const write = (word: string) => ({ text: "insert into word values ($1) returning word", values: [word] });
const wait = { text: SLOW, values: [] };

async function written(): Promise<{ readonly words: string; readonly connections: number }> {
  const { rows } = await owner.query<{ word: string; written_by: number }>(
    "select * from word order by word",
  );
  return {
    words: rows.map(({ word }) => word).join(""),
    connections: new Set(rows.map((row) => row.written_by)).size,
  };
}

test("what is sent while a transaction is under way follows it on the same connection", async () => {
  const lane = store.lane(PRACTICE);
  const answers = await Promise.all(["a", "b", "c"].map((word) => lane.writeTwo(write(word), wait)));
  expect(answers).toEqual(["a", "b", "c"].map((word) => [{ word }]));
  expect(await written()).toEqual({ words: "abc", connections: 1 });
  expect(store.counts()).toEqual({ open: 1, idle: 1, waiting: 0 });
});

test("a transaction that fails writes nothing, and takes none with it that is under way behind it", async () => {
  const lane = store.lane(PRACTICE);
  await lane.writeTwo(write("a"), wait);
  const outcomes = await Promise.allSettled([
    lane.writeTwo(write("b"), write("a")),
    lane.writeTwo(write("c"), wait),
  ]);
  expect(outcomes.map(({ status }) => status)).toEqual(["rejected", "fulfilled"]);
  expect((await written()).words).toBe("ac");
  expect(await lane.writeTwo(write("d"), wait)).toEqual([{ word: "d" }]);
  expect(store.counts().waiting).toBe(0);
});

test("when its connection breaks, all that was under way throws, nothing of it is written, and the next has another connection", async () => {
  const lane = store.lane(PRACTICE);
  const outcomes = Promise.allSettled([lane.writeTwo(write("a"), wait), lane.writeTwo(write("b"), wait)]);
  const isAtWork = async () => (await admin.query(BREAK, [SLOW])).rowCount !== 0;
  while (!(await isAtWork())) await new Promise((resolve) => setTimeout(resolve, 5));
  expect((await outcomes).map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  expect((await written()).words).toBe("");
  expect(await lane.writeTwo(write("c"), wait)).toEqual([{ word: "c" }]);
});

const BREAK =
  "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and state = 'active' and query = $1";

test("a lane that is never empty keeps nobody waiting who asks for a connection", async () => {
  const lanes = Array.from({ length: CONNECTIONS }, () => store.lane(PRACTICE));
  let isOver = false;
  const keepBusy = async (lane: (typeof lanes)[number], name: string) => {
    for (let turn = 0; !isOver; turn += 1) await lane.writeTwo(write(`${name}${String(turn)}`), wait);
  };
  const busy = lanes.flatMap((lane, index) => [
    keepBusy(lane, `a${String(index)}-`),
    new Promise<void>((resolve) => setTimeout(resolve, 100)).then(() => keepBusy(lane, `b${String(index)}-`)),
  ]);
  await new Promise((resolve) => setTimeout(resolve, 200));
  const one = store.read(NO_PRACTICE, (reader) => reader.read("select 1 as one", []));
  expect(await one).toEqual([{ one: 1 }]);
  isOver = true;
  await Promise.all(busy);
});

test("a lane is of one practice, and of no other", () => {
  expect(() => store.lane("x'; drop table word; --")).toThrow("practice-id");
});
