import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestDatabase, type TestDatabase } from "../support/database.ts";
import { openMailbox, textOf, type Mailbox } from "../support/mailbox.ts";
import { enrol } from "../support/people.ts";
import { remindByMail } from "../support/reminder-house.ts";
import { appendBytes, appendNext, makeFrame, place } from "../support/rooms.ts";
import { startServerProcess, type ServerProcess } from "../support/server-process.ts";

/** A limit, not a measure: a slow machine takes long to start a server. */
const WITHIN = { timeout: 60_000 };

let database: TestDatabase;
let mailbox: Mailbox;
let server: ServerProcess;

beforeAll(async () => {
  [database, mailbox] = [await openTestDatabase(), await openMailbox()];
  server = await startServerProcess(database, 0, { smtpUrl: mailbox.url });
});

afterAll(async () => {
  await server.kill();
  await mailbox.close();
  await database.close();
});

async function ask(sql: string): Promise<readonly Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: database.adminUrl });
  await client.connect();
  const { rows } = await client.query<Record<string, unknown>>(sql);
  await client.end();
  return rows;
}

/** The server is killed, half an hour goes by at least, and it is started again. */
async function startLater(): Promise<void> {
  const { port } = server;
  await server.kill();
  await ask("update reminder set look_at = 0");
  server = await startServerProcess(database, port, { smtpUrl: mailbox.url });
}

const isMarked = async (): Promise<unknown> => {
  const [row] = await ask("select c.reminded_visit = r.visit as marked from reminder_channel c, reminder r");
  return row?.["marked"];
};

test("a server that is killed while it reminds does so again, and once it has heard that it did, no more", async () => {
  const origin = `http://127.0.0.1:${String(server.port)}`;
  const keeper = await enrol(origin, { code: server.code });
  const person = await enrol(origin, { host: keeper });
  const room: string = crypto.randomUUID();
  const members = [place(keeper, "keeper"), place(person, "member")];
  const made = await appendNext(origin, keeper, { previous: null, room, action: "create", members });
  await remindByMail({ mailbox, origin }, person, "away@example.org");
  const reminders = () =>
    mailbox
      .to("away@example.org")
      .filter((mail) => textOf(mail) === "There is something new. Hay algo nuevo.").length;
  await appendBytes(origin, "appendFrame", keeper, room, await makeFrame(keeper, made));

  // Killed before its look.
  const swallowed = mailbox.swallow();
  await startLater();
  // Killed after the mail left, before it heard that it arrived.
  await swallowed;
  expect(reminders()).toBe(1);
  expect(await isMarked()).toBeNull();
  await startLater();
  await expect.poll(isMarked, WITHIN).toBe(true);
  expect(reminders()).toBe(2);
  await startLater();
  await expect
    .poll(async () => Number((await ask("select look_at from reminder"))[0]?.["look_at"]), WITHIN)
    .not.toBe(0);
  expect(reminders()).toBe(2);
});
