import { afterAll, beforeAll, expect, test } from "vitest";
import { fromBase64Url, parseFrameHeader } from "@sotto/vault";
import { openTestDatabase, type TestDatabase } from "../support/database.ts";
import { call, enrol, Refused, type Person } from "../support/people.ts";
import { roomWithFrames } from "../support/rooms.ts";
import { startServerProcess, type ServerProcess } from "../support/server-process.ts";

const ROUNDS = 20;
const SENDERS = 4;
const FRAMES_EACH = 400;

let database: TestDatabase;
let server: ServerProcess;
const origin = () => `http://127.0.0.1:${String(server.port)}`;

beforeAll(async () => {
  database = await openTestDatabase();
  server = await startServerProcess(database, 0);
});

afterAll(async () => {
  await server.kill();
  await database.close();
});

/** Sends frames one after the other; a frame whose answer was lost is sent again, as a client does. Ends when all are acknowledged. */
async function sendAll(
  guest: Person,
  room: string,
  frames: readonly string[],
  acknowledged: Map<string, number>,
  isOver: () => boolean,
): Promise<void> {
  for (const bytes of frames) {
    if (isOver()) return;
    const { id } = parseFrameHeader(fromBase64Url(bytes));
    while (!acknowledged.has(id)) {
      try {
        const { seq } = await call(origin(), "appendFrame", {
          token: guest.token,
          params: { room },
          body: { bytes },
        });
        acknowledged.set(id, seq);
      } catch (error) {
        // A refusal would be a defect; anything else is the server being dead for a moment.
        if (error instanceof Refused && error.status < 500) throw error;
        await pause(20);
      }
    }
  }
}

test("a server killed 20 times under load loses no acknowledged entry and doubles none", async () => {
  const host = await enrol(origin(), { code: server.code });
  const rooms = [];
  for (let sender = 0; sender < SENDERS; sender += 1) {
    rooms.push(await roomWithFrames(origin(), host, await enrol(origin(), { host }), FRAMES_EACH, 200));
  }
  const acknowledged = rooms.map(() => new Map<string, number>());
  let over = false;
  let isAllSent = false;
  const sending = Promise.all(
    rooms.map(({ room, guest, frames }, index) =>
      sendAll(guest, room, frames, acknowledged[index] ?? new Map(), () => over),
    ),
  ).finally(() => {
    isAllSent = true;
  });
  const count = () => acknowledged.reduce((sum, of) => sum + of.size, 0);
  for (let round = 0; round < ROUNDS; round += 1) {
    // Work is under way: then the blow falls at any moment of it.
    const before = count();
    while (count() <= before && !isAllSent) await pause(5);
    await pause(Math.random() * 120);
    const { port } = server;
    await server.kill();
    server = await startServerProcess(database, port);
  }
  over = true;
  await sending;
  for (const [index, { room, guest }] of rooms.entries()) {
    const stored = await readIds(guest, room);
    const sent = acknowledged[index] ?? new Map<string, number>();
    expect(new Set(stored.map(({ id }) => id)).size).toBe(stored.length);
    expect(new Map(stored.map(({ id, seq }) => [id, seq]))).toEqual(sent);
  }
  expect(count()).toBeGreaterThanOrEqual(ROUNDS);
});

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

async function readIds(guest: Person, room: string): Promise<readonly { id: string; seq: number }[]> {
  const found: { id: string; seq: number }[] = [];
  for (let after = 0; ;) {
    const page = await call(origin(), "readRoom", {
      token: guest.token,
      params: { room },
      query: { after: String(after) },
    });
    for (const item of page.items) {
      if (item.kind === "frame")
        found.push({ id: parseFrameHeader(fromBase64Url(item.bytes)).id, seq: item.seq });
      after = item.seq;
    }
    if (!page.more) return found;
  }
}
