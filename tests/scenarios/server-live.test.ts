import { once } from "node:events";
import { connect as connectTo } from "node:net";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import type { ServerMessage } from "@sotto/contract";
import { startServer, type RunningServer } from "@sotto/server/wiring";
import type { TestDatabase } from "../support/database.ts";
import { openTestFolder } from "../support/test-folder.ts";
import { openRealServer, type RealServer } from "../support/real-server.ts";
import { openLive, type Live } from "../support/live.ts";
import { call, enrol, type Person } from "../support/people.ts";
import { appendBytes, appendNext, makeFrame, place, roomWithFrames } from "../support/rooms.ts";

let real: RealServer;
let database: TestDatabase;
let server: RunningServer;
let origin: string;
let keeper: Person;
let teen: Person;
const connections: Live[] = [];

beforeAll(async () => {
  real = await openRealServer();
  ({ server, database, origin } = real);
  keeper = await enrol(origin, { code: await server.makeSetupCode() });
  teen = await enrol(origin, { host: keeper });
});

afterEach(() => {
  for (const live of connections.splice(0)) live.close();
});

afterAll(async () => {
  await real.close();
});

async function connect(person: Person): Promise<Live> {
  const live = await openLive(origin, person.token);
  connections.push(live);
  return live;
}

/** A room of the keeper and the teenager. */
async function newRoom() {
  const room: string = crypto.randomUUID();
  const members = [place(keeper, "keeper"), place(teen, "member")];
  return {
    room,
    made: await appendNext(origin, keeper, { previous: null, room, action: "create", members }),
  };
}

const isItem = (room: string, seq: number) => (message: ServerMessage) =>
  message.kind === "item" && message.room === room && message.seq === seq;

const itemsOf = (live: Live, room: string) =>
  live.heard.filter((message) => message.kind === "item").filter((message) => message.room === room);

test("a member who is connected hears every item once, in the order of the room, whoever wrote it and however", async () => {
  const { room, made } = await newRoom();
  const [listening, writing] = [await connect(keeper), await connect(teen)];
  const each = 25;
  const byRequest = Array.from({ length: each }, async () =>
    appendBytes(origin, "appendFrame", keeper, room, await makeFrame(keeper, made)),
  );
  for (let ref = 0; ref < each; ref += 1)
    writing.send({ kind: "append", ref, room, bytes: await makeFrame(teen, made) });
  await Promise.all(byRequest);
  await listening.hear(isItem(room, 1 + 2 * each));
  await writing.hear(isItem(room, 1 + 2 * each));
  for (const live of [listening, writing])
    expect(itemsOf(live, room).map((item) => item.seq)).toEqual(
      Array.from({ length: 2 * each }, (_, index) => index + 2),
    );
  const appended = writing.heard.flatMap((message) => (message.kind === "appended" ? [message.ref] : []));
  expect(appended).toEqual(Array.from({ length: each }, (_, ref) => ref));
  const { items } = await call(origin, "readRoom", {
    token: teen.token,
    params: { room },
    query: { after: "1" },
  });
  expect(itemsOf(listening, room).map((item) => item.bytes)).toEqual(items.map((item) => item.bytes));
});

test("who is added hears that their rooms changed, and their joining event as the first", async () => {
  const room: string = crypto.randomUUID();
  const alone = [place(keeper, "keeper")];
  const made = await appendNext(origin, keeper, { previous: null, room, action: "create", members: alone });
  await appendBytes(origin, "appendFrame", keeper, room, await makeFrame(keeper, made));
  const live = await connect(teen);
  const members = [...alone, place(teen, "member")];
  await appendNext(origin, keeper, { previous: made, room, action: "add", members });
  await live.hear((message) => message.kind === "rooms-changed");
  expect(itemsOf(live, room).map((item) => [item.seq, item.item])).toEqual([[1, "event"]]);
});

test("who is removed hears that their rooms changed, and nothing of the room any more", async () => {
  const { room, made } = await newRoom();
  const other = await newRoom();
  const live = await connect(teen);
  const members = [place(keeper, "keeper")];
  const after = await appendNext(origin, keeper, { previous: made, room, action: "remove", members });
  await live.hear((message) => message.kind === "rooms-changed");
  await appendBytes(origin, "appendFrame", keeper, room, await makeFrame(keeper, after));
  live.send({ kind: "append", ref: 7, room, bytes: await makeFrame(teen, made) });
  expect(await live.hear((message) => "ref" in message)).toEqual({
    kind: "refused",
    ref: 7,
    refusal: "not-here",
  });
  // What comes of another room later shows that the connection would have brought it.
  await appendBytes(origin, "appendFrame", keeper, other.room, await makeFrame(keeper, other.made));
  await live.hear(isItem(other.room, 2));
  expect(itemsOf(live, room)).toEqual([]);
});

test("a connection ends with its session, and none begins without one", async () => {
  const guest = await enrol(origin, { host: keeper });
  const live = await connect(guest);
  await call(origin, "signOut", { token: guest.token, body: {} });
  await live.ended;
  expect(live.heard.at(-1)).toEqual({ kind: "bye", refusal: "not-signed-in" });
  await expect(openLive(origin, guest.token)).rejects.toThrow("ended");
});

test("who asks for another live door, or for nothing at all, and resets the connection or keeps half of it holds nothing", async () => {
  const upgrade = "GET /x HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n";
  for (const text of [upgrade, "nonsense\r\n\r\n"]) {
    for (let round = 0; round < 100; round += 1) {
      const socket = connectTo(server.port, "127.0.0.1");
      await once(socket, "connect");
      socket.write(text);
      await new Promise((resolve) => setTimeout(resolve, round % 3));
      socket.resetAndDestroy();
    }
    const half = connectTo({ port: server.port, host: "127.0.0.1", allowHalfOpen: true });
    half.write(text);
    half.resume();
    half.on("error", () => undefined);
    const gone = once(half, "close").catch(() => undefined);
    await once(half, "end");
    // Only a connection that the server still holds takes this for long.
    const writing = setInterval(() => half.write("x"), 10);
    await gone;
    clearInterval(writing);
  }
  expect(await call(origin, "health", {})).toMatchObject({ ok: true });
});

test("a start that fails after the bus was opened leaves nothing behind", async () => {
  const files = await openTestFolder();
  const bus = { opened: 0, closed: 0 };
  const starting = startServer({
    filesFolder: files.path,
    databaseUrl: database.appUrl,
    ownerUrl: database.ownerUrl,
    host: "127.0.0.1",
    port: 0,
    origin: "http://localhost",
    // Only a whole path can be served.
    webFolder: "no/whole/path",
    bus: async () => {
      bus.opened += 1;
      return {
        say: () => undefined,
        close: async () => {
          bus.closed += 1;
        },
      };
    },
  });
  await expect(starting).rejects.toThrow("absolute");
  expect(bus).toEqual({ opened: 1, closed: 1 });
  await files.remove();
});

test(
  "a server that is closed does not wait for connections that are merely open",
  async () => {
    const files = await openTestFolder();
    const second = await startServer({
      filesFolder: files.path,
      databaseUrl: database.appUrl,
      ownerUrl: database.ownerUrl,
      host: "127.0.0.1",
      port: 0,
      origin: "http://localhost",
      webFolder: null,
    });
    const silent = connectTo(second.port, "127.0.0.1");
    await once(silent, "connect");
    const ended = once(silent, "close");
    await second.close();
    await ended;
    expect(silent.destroyed).toBe(true);
    await files.remove();
  },
  // Node.js itself gives such a connection a minute.
  30_000,
);

/** A connection that says who it is and then reads nothing any more, as of a phone that is in a tunnel. */
async function connectDeaf({ token }: Person) {
  const socket = connectTo(server.port, "127.0.0.1");
  await once(socket, "connect");
  const key = Buffer.alloc(16).toString("base64");
  socket.write(
    `GET /v1/live HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${key}\r\n\r\n`,
  );
  await once(socket, "data");
  const hello = Buffer.from(JSON.stringify({ kind: "hello", token }));
  // RFC 6455 section 5.2: one whole text under 126 bytes, masked with zeros, which changes nothing.
  if (hello.length > 125) throw new Error("a hello that needs a longer head");
  socket.write(Buffer.concat([Buffer.from([0x81, 0x80 | hello.length, 0, 0, 0, 0]), hello]));
  await once(socket, "data");
  socket.pause();
  return socket;
}

test("whoever reads nothing of what waits for them is let go of, keeps nobody else waiting, and reads all of it later", async () => {
  const before = server.counts().liveConnections;
  const deaf = await connectDeaf(keeper);
  const { frames, room } = await roomWithFrames(origin, keeper, teen, 160, 60_000);
  const writing = await connect(teen);
  for (const bytes of frames) await appendBytes(origin, "appendFrame", teen, room, bytes);
  await writing.hear(isItem(room, 1 + frames.length));
  await expect.poll(() => server.counts().liveConnections, { timeout: 30_000 }).toBe(before + 1);
  const gone = once(deaf, "close");
  deaf.resume();
  await gone;
  let read = 0;
  for (let isMore = true; isMore;) {
    const query = { after: String(read) };
    const page = await call(origin, "readRoom", { token: keeper.token, params: { room }, query });
    read += page.items.length;
    isMore = page.more;
  }
  expect(read).toBe(1 + frames.length);
});
