import { once } from "node:events";
import { createServer, type AddressInfo, type Server } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import { NO_PRACTICE, Store } from "../src/store/store.ts";

/** What PostgreSQL says to whoever it lets in at once: authenticated, and ready. */
const WELCOME = Buffer.from([82, 0, 0, 0, 8, 0, 0, 0, 0, 90, 0, 0, 0, 5, 73]);
const CONNECTIONS = 2;

/** Lets everybody in, and then says nothing any more, as when its machine is gone without a word. */
let silent: Server;
let store: Store;

beforeEach(async () => {
  silent = createServer((socket) => {
    socket.on("error", () => socket.destroy());
    socket.once("data", () => socket.write(WELCOME));
  });
  silent.listen(0, "127.0.0.1");
  await once(silent, "listening");
  // What a server listens at has a port.
  const { port } = silent.address() as AddressInfo;
  const url = `postgres://nobody:nothing@127.0.0.1:${String(port)}/none?sslmode=disable`;
  store = new Store(url, CONNECTIONS, { answerWithinMs: 300 });
});

afterEach(async () => {
  await store.close();
  silent.close();
});

test("a database that is gone without a word holds up nobody for good, and no connection", async () => {
  const practice = crypto.randomUUID();
  const lane = store.lane(practice);
  const one = { text: "select 1", values: [] };
  const asked = [
    ...Array.from({ length: CONNECTIONS + 2 }, () =>
      store.read(NO_PRACTICE, (reader) => reader.read(one.text, [])),
    ),
    store.write(practice, (writer) => writer.write(one.text, [])),
    lane.writeTwo(one, one),
  ];
  const outcomes = await Promise.allSettled(asked);
  expect(outcomes.map(({ status }) => status)).toEqual(asked.map(() => "rejected"));
  expect(store.counts()).toMatchObject({ idle: 0, waiting: 0 });
});
