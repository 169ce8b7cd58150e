import { readdir } from "node:fs/promises";
import { storedChunkBytes, storedChunkCount, storedFileBytes } from "@sotto/vault";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestDatabase, type TestDatabase } from "../support/database.ts";
import { call, enrol, random, Refused } from "../support/people.ts";
import { appendNext, place } from "../support/rooms.ts";
import { startServerProcess, type ServerProcess } from "../support/server-process.ts";
import { openTestFolder } from "../support/test-folder.ts";

const ROUNDS = 4;
const BYTES = storedFileBytes(8 * 1024 * 1024);
const CHUNKS = storedChunkCount(BYTES) ?? 0;

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

/** What an attempt came to; null when the server was dead for a moment. A refusal is a defect. */
const orNull = async <Value>(asking: Promise<Value>): Promise<Value | null> => {
  try {
    return await asking;
  } catch (error) {
    if (error instanceof Refused && error.status < 500) throw error;
    return null;
  }
};

test("a server killed in the middle of uploads keeps every chunk that it acknowledged, whole", async () => {
  const keeper = await enrol(origin(), { code: server.code });
  const { token } = keeper;
  const room: string = crypto.randomUUID();
  await appendNext(origin(), keeper, {
    previous: null,
    room,
    action: "create",
    members: [place(keeper, "keeper")],
  });
  const { port } = server;
  let seen = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const params = { room, file: crypto.randomUUID() };
    const chunks = Array.from({ length: CHUNKS }, (_, chunk) => random(storedChunkBytes(BYTES, chunk) ?? 0));
    await call(origin(), "beginFile", { token, params, body: { bytes: BYTES } });
    const acknowledged = new Set<number>();
    const sending = chunks.map(async (body, chunk) => {
      const answer = await orNull(
        call(origin(), "putChunk", { token, params: { ...params, chunk: String(chunk) }, body }),
      );
      if (answer !== null) acknowledged.add(chunk);
    });
    // In every round another number of chunks has been acknowledged when it falls; the rest is on its way.
    await Promise.all(sending.slice(0, round + 1));
    await server.kill();
    await Promise.all(sending);
    seen += acknowledged.size;
    server = await startServerProcess(database, port, { filesFolder: folder.path });
    expect(await readdir(`${folder.path}/unfinished`)).toEqual([]);
    const resumed = await call(origin(), "beginFile", { token, params, body: { bytes: BYTES } });
    expect(resumed.chunks).toEqual(expect.arrayContaining([...acknowledged]));
    for (const [chunk, body] of chunks.entries()) {
      if (resumed.chunks.includes(chunk)) continue;
      await call(origin(), "putChunk", { token, params: { ...params, chunk: String(chunk) }, body });
    }
    await call(origin(), "finishFile", { token, params, body: {} });
    for (const [chunk, body] of chunks.entries()) {
      const read = await call(origin(), "readChunk", { token, params: { ...params, chunk: String(chunk) } });
      expect(Buffer.compare(read, body)).toBe(0);
    }
  }
  expect(seen).toBeGreaterThan(ROUNDS);
});
