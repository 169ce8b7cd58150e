import { afterAll, beforeAll, expect, test } from "vitest";
import {
  houseAt,
  isAllSent,
  noticesOf,
  openFirstRoom,
  signInElsewhere,
  textsOf,
  until,
  valueOf,
  type House,
  type Someone,
} from "../support/clients.ts";
import { openTestDatabase, type TestDatabase } from "../support/database.ts";
import { startServerProcess, type ServerProcess } from "../support/server-process.ts";

const ROUNDS = 5;
const TEXTS_EACH = 50;

let database: TestDatabase;
let server: ServerProcess;
let house: House;

beforeAll(async () => {
  database = await openTestDatabase();
  server = await startServerProcess(database, 0);
  house = houseAt({
    wayKind: "passkey",
    port: server.port,
    database,
    setupCode: async () => server.code,
    close: () => server.kill(),
  });
});

afterAll(() => house.close());

const wanted = (who: Someone) => Array.from({ length: TEXTS_EACH }, (_, index) => `${who.name} ${index}`);

test("a server killed again and again while people write: all of it arrives, once, in each one's order", async () => {
  const { ben, room, therapist } = await openFirstRoom(house);
  let isWritten = false;
  const writing = Promise.all(
    [ben, therapist].map(async (who) => {
      for (const text of wanted(who)) {
        valueOf(await who.client.actions.send({ room, text }));
        await new Promise((resolve) => setTimeout(resolve, 40));
      }
    }),
  ).then(() => {
    isWritten = true;
  });
  let rounds = 0;
  while (!isWritten || rounds < ROUNDS) {
    await new Promise((resolve) => setTimeout(resolve, 100 + Math.random() * 300));
    const { port } = server;
    await server.kill();
    server = await startServerProcess(database, port);
    rounds += 1;
  }
  await writing;
  const fresh = await signInElsewhere(house, ben);
  for (const reader of [ben, therapist, fresh]) {
    const view = await until(
      reader.client,
      room,
      (now) => textsOf(now).length >= 2 * TEXTS_EACH && isAllSent(now),
    );
    expect(textsOf(view)).toHaveLength(2 * TEXTS_EACH);
    for (const author of [ben, therapist]) {
      expect(textsOf(view).filter((text) => text.startsWith(author.name))).toEqual(wanted(author));
    }
    expect(noticesOf(view)).toEqual([]);
  }
  expect(rounds).toBeGreaterThanOrEqual(ROUNDS);
});
