import { createHash, randomUUID } from "node:crypto";
import { Client } from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { findSession, SessionDoors } from "../src/store/session.ts";
import { migrate } from "../src/store/migrate.ts";
import { firstRoom } from "../src/store/migrations/0001-first-room.ts";
import { MIGRATIONS } from "../src/store/migrations/all.ts";
import { Store } from "../src/store/store.ts";
import { openTestDatabase, type TestDatabase } from "./test-database.ts";

const TOKEN = "a token of somebody who was in before the new version";
const [practice, account] = [randomUUID(), randomUUID()];
const expiresAt = 50_000_000;

let database: TestDatabase;
let store: Store;

beforeAll(async () => {
  database = await openTestDatabase();
  store = new Store(database.appUrl, 2);
  const owner = new Client({ connectionString: database.ownerUrl });
  await owner.connect();
  for (const statement of firstRoom.statements) await owner.query(statement);
  await owner.query("create table migration (number int primary key, name text not null)");
  await owner.query("insert into migration values (1, 'first-room')");
  await owner.end();
  const looking = new Client({ connectionString: database.adminUrl });
  await looking.connect();
  const sha = (text: string) => createHash("sha256").update(text).digest();
  await looking.query("insert into account values ($1, $2, 'family', 0)", [practice, account]);
  await looking.query("insert into door values ($1, 'session', $2, $3, null, $4)", [
    sha(`session\0${TOKEN}`),
    practice,
    account,
    expiresAt,
  ]);
  await looking.query("insert into session values ($1, $2, $3, $4, $5)", [
    practice,
    sha(TOKEN),
    account,
    randomUUID(),
    expiresAt,
  ]);
  await looking.end();
});

afterAll(async () => {
  await store.close();
  await database.close();
});

test("an upgrade from the first version applies what is new, once, and whoever was in stays in", async () => {
  const later = MIGRATIONS.map(({ number }) => number).filter((number) => number > 1);
  expect(await migrate(database.ownerUrl)).toEqual(later);
  expect(await migrate(database.ownerUrl)).toEqual([]);
  const asked = { doors: new SessionDoors(), now: expiresAt - 1, seenStepMs: 1000 };
  expect(await findSession(store, TOKEN, asked)).toMatchObject({ practice, account, standing: "family" });
  // Also where it is known already where its door leads, and after that.
  for (const now of [expiresAt, expiresAt]) {
    expect(await findSession(store, TOKEN, { ...asked, now })).toBeNull();
  }
});

test("after an upgrade the owner is held by row security as before", async () => {
  const owner = new Client({ connectionString: database.ownerUrl });
  await owner.connect();
  expect((await owner.query("select * from session")).rows).toEqual([]);
  await owner.end();
});
