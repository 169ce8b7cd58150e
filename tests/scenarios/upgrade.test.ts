import { startServer } from "@sotto/server/wiring";
import pg from "pg";
import { expect, onTestFinished, test } from "vitest";
import {
  houseAt,
  now,
  roomWhere,
  textsOf,
  until,
  untilSaid,
  valueOf,
  type House,
  type Way,
} from "../support/clients.ts";
import type { TestDatabase } from "../support/database.ts";
import { listRecordings, openRecorded } from "../support/recorded.ts";
import { openTestFolder } from "../support/test-folder.ts";

const versions = await listRecordings();

async function serve(database: TestDatabase) {
  const files = await openTestFolder();
  onTestFinished(files.remove);
  return startServer({
    databaseUrl: database.appUrl,
    ownerUrl: database.ownerUrl,
    filesFolder: files.path,
    host: "127.0.0.1",
    port: 0,
    origin: "http://localhost",
    webFolder: null,
  });
}

async function signInOn(house: House, way: Way) {
  const client = await house.open(house.newDevice());
  valueOf(await client.actions.signIn(way));
  return client;
}

test("there is a recording of what the first release wrote", () => {
  expect(versions).toContain("0.1.0");
});

test.each(versions)("people of version %s sign in, read all that was said, and write on", async (version) => {
  const { database, recorded } = await openRecorded(version);
  const server = await serve(database);
  const house = houseAt({
    port: server.port,
    database,
    setupCode: server.makeSetupCode,
    close: server.close,
  });
  const [writer] = recorded.people;
  if (writer === undefined) throw new Error("a recording without people");
  const rooms = [...new Set(recorded.said.map(({ room }) => room))];
  const textsIn = (room: string) =>
    recorded.said.filter((line) => line.room === room).map(({ text }) => text);
  const therapist = await signInOn(house, writer.way);
  for (const { name, way } of recorded.people) {
    const client = name === writer.name ? therapist : await signInOn(house, way);
    const first = await roomWhere(client, (line) => line.kind === "family");
    const view = await until(client, first.room, (seen) =>
      textsIn(first.room).every((text) => textsOf(seen).includes(text)),
    );
    // Behind it stands what the others have written since.
    expect(textsOf(view).slice(0, textsIn(first.room).length)).toEqual(textsIn(first.room));
    const text = `${name} writes on`;
    valueOf(await client.actions.send({ room: first.room, text }));
    await untilSaid(client, first.room, text);
    await untilSaid(therapist, first.room, text);
    expect(now(client, "alarms")).toEqual([]);
  }
  for (const room of rooms) {
    const line = await roomWhere(therapist, (candidate) => candidate.room === room);
    const view = await until(therapist, line.room, (seen) => textsOf(seen).length >= textsIn(room).length);
    expect(textsOf(view).slice(0, textsIn(room).length)).toEqual(textsIn(room));
  }
  await house.close();
});

test("data of a newer version is refused with what to do, and left as it is", async () => {
  const { database } = await openRecorded("0.1.0");
  const client = new pg.Client({ connectionString: database.ownerUrl });
  await client.connect();
  await client.query("insert into migration values (9999, 'of tomorrow')");
  await expect(serve(database)).rejects.toMatchObject({
    code: "newer-data",
    message: expect.stringContaining("9999"),
    remedy: expect.stringContaining("backup"),
  });
  const { rows } = await client.query("select number from migration order by number");
  expect(rows.at(-1)).toEqual({ number: 9999 });
  expect(rows).toHaveLength(2);
  await client.end();
  await database.close();
});
