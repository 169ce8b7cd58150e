import { Client } from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { NO_PRACTICE, Store } from "../src/store/store.ts";
import { openTestDatabase, type TestDatabase } from "./test-database.ts";

let database: TestDatabase;
let store: Store;
let admin: Client;

beforeAll(async () => {
  database = await openTestDatabase();
  store = new Store(database.appUrl, 2);
  admin = new Client({ connectionString: database.adminUrl });
  await admin.connect();
});

afterAll(async () => {
  await store.close();
  await admin.end();
  await database.close();
});

/** Ends the connection of whoever asks, and waits until it is gone. */
async function breakOff(pid: number): Promise<void> {
  await admin.query("select pg_terminate_backend($1)", [pid]);
  const isThere = async () =>
    (await admin.query("select from pg_stat_activity where pid = $1", [pid])).rowCount !== 0;
  while (await isThere()) await new Promise((resolve) => setTimeout(resolve, 5));
  // What the socket has still to tell comes in the next turns of the loop.
  await new Promise((resolve) => setTimeout(resolve, 50));
}

// Found by a storm: the process of the server ended with an error that nobody caught.
test("a connection that breaks between two statements of a transaction fails that transaction, and nothing else", async () => {
  const broken = store.write(NO_PRACTICE, async (writer) => {
    const [row] = await writer.read<{ pid: number }>("select pg_backend_pid() as pid", []);
    await breakOff(row?.pid ?? 0);
    return writer.read("select 1 as one", []);
  });
  await expect(broken).rejects.toThrow(/connection/i);
  expect(await store.read(NO_PRACTICE, (reader) => reader.read("select 1 as one", []))).toEqual([{ one: 1 }]);
});

test("a transaction in which a statement failed is never said to be written, whatever became of the error", async () => {
  const fell = store.write(NO_PRACTICE, async (writer) => {
    await writer.read("select 1 / 0", []).catch(() => null);
    return "as if nothing had been";
  });
  await expect(fell).rejects.toThrow("not-committed");
});
