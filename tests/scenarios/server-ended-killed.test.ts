/** A server that is killed while a room ends: the room has ended or it has not, and of one that has ended nothing stays on the disk. */
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { verifyDatabase } from "@sotto/server/copy";
import { startServer } from "@sotto/server/wiring";
import { makeEndingEvent, storedFileBytes, toBase64Url } from "@sotto/vault";
import { afterAll, beforeAll, expect, test } from "vitest";
import { lookInto, openTestDatabase, type TestDatabase } from "../support/database.ts";
import { call, enrol, identityOf, random, Refused, type Person } from "../support/people.ts";
import { appendBytes, appendNext, makeFrame, place } from "../support/rooms.ts";
import { startServerProcess, type ServerProcess } from "../support/server-process.ts";
import { openTestFolder } from "../support/test-folder.ts";

const ROUNDS = 4;
const FILES = 12;
const BYTES = storedFileBytes(100_000);

let database: TestDatabase;
let server: ServerProcess;
let folder: Awaited<ReturnType<typeof openTestFolder>>;
const origin = () => `http://127.0.0.1:${String(server.port)}`;

beforeAll(async () => {
  database = await openTestDatabase();
  folder = await openTestFolder();
  server = await startServerProcess(database, 0, { filesFolder: folder.path });
});

afterAll(async () => {
  await server.kill();
  await database.close();
  await folder.remove();
});

/** A closed room with words and files in it, and the event that would end it. */
async function closeFullRoom(keeper: Person): Promise<{ readonly room: string; readonly end: string }> {
  const room: string = crypto.randomUUID();
  const members = [place(keeper, "keeper")];
  const created = await appendNext(origin(), keeper, { previous: null, room, action: "create", members });
  for (let count = 0; count < FILES; count++) {
    await appendBytes(origin(), "appendFrame", keeper, room, await makeFrame(keeper, created));
    const { token } = keeper;
    const params = { room, file: crypto.randomUUID() };
    await call(origin(), "beginFile", { token, params, body: { bytes: BYTES } });
    await call(origin(), "putChunk", { token, params: { ...params, chunk: "0" }, body: random(BYTES) });
    await call(origin(), "finishFile", { token, params, body: {} });
  }
  const closed = await appendNext(origin(), keeper, { previous: created, room, action: "close", members });
  const { bytes } = await makeEndingEvent({ me: keeper.me, previous: closed.state, identityOf });
  return { room, end: toBase64Url(bytes) };
}

test("a server killed while a room ends leaves it whole or takes all of it, and what is left of its bytes is swept", async () => {
  const keeper = await enrol(origin(), { code: server.code });
  const { port } = server;
  const rooms: string[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const { end, room } = await closeFullRoom(keeper);
    rooms.push(room);
    const asked = appendBytes(origin(), "appendEvent", keeper, room, end).catch((error: unknown) => {
      if (error instanceof Refused && error.status < 500) throw error;
      return null;
    });
    // In every round it falls at another moment: before the commit, in it, among the files, after all of it.
    await new Promise((resolve) => setTimeout(resolve, round * 12));
    await server.kill();
    await asked;
    const items = await lookInto<{ readonly kind: string }>(
      database,
      "select kind from room_item where room_id = $1 order by seq",
      [room],
    );
    const kinds = items.map(({ kind }) => kind).join(" ");
    const whole = ["event", ...Array.from({ length: FILES }, () => "frame"), "event"].join(" ");
    expect([whole, "husk husk event"]).toContain(kinds);
    server = await startServerProcess(database, port, { filesFolder: folder.path });
    const { seq } = await appendBytes(origin(), "appendEvent", keeper, room, end);
    expect(seq).toBe(FILES + 3);
  }
  // A row that says that bytes are to go is what a crash in the midst of them leaves.
  const { end, room } = await closeFullRoom(keeper);
  rooms.push(room);
  await server.kill();
  await lookInto(database, "update file set state = 'removed' where room_id = $1", [room]);
  server = await startServerProcess(database, port, { filesFolder: folder.path });
  await appendBytes(origin(), "appendEvent", keeper, room, end);
  await server.kill();
  const again = await startServer({
    databaseUrl: database.appUrl,
    ownerUrl: database.ownerUrl,
    filesFolder: folder.path,
    host: "127.0.0.1",
    port: 0,
    origin: "http://localhost",
    webFolder: null,
  });
  try {
    await again.sweep();
    await again.sweep();
  } finally {
    await again.close();
    server = await startServerProcess(database, port, { filesFolder: folder.path });
  }
  const left = await lookInto(database, "select file_id from file where room_id = any($1)", [rooms]);
  expect(left).toEqual([]);
  const [practice] = (await readdir(folder.path)).filter((name) => name.includes("-"));
  expect(await readdir(join(folder.path, String(practice)))).toEqual([]);
  expect(await verifyDatabase(database.appUrl)).toMatchObject({ rooms: ROUNDS + 1, findings: [] });
}, 120_000);
