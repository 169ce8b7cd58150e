import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import type { ServerMessage } from "@sotto/contract";
import { natsBus } from "@sotto/server/bus";
import { startServer, type RunningServer, type ServerOptions } from "@sotto/server/wiring";
import { openTestDatabase, type TestDatabase } from "../support/database.ts";
import { openLive, type Live } from "../support/live.ts";
import { startNats, type NatsServer } from "../support/nats.ts";
import { call, enrol, type Person } from "../support/people.ts";
import { appendBytes, appendNext, makeFrame, place } from "../support/rooms.ts";
import { openTestFolder } from "../support/test-folder.ts";

type OpenBus = NonNullable<ServerOptions["bus"]>;

let database: TestDatabase;
let nats: NatsServer;
let files: Awaited<ReturnType<typeof openTestFolder>>;
/** Everybody writes at the first and listens at the second. */
let first: RunningServer;
let second: RunningServer;
let [writing, hearing] = ["", ""];
let keeper: Person;
let teen: Person;
/** While true, nothing that is said on the bus reaches the second. */
let isDeaf = false;
let unheard = 0;
const connections: Live[] = [];

const originOf = ({ port }: RunningServer) => `http://127.0.0.1:${String(port)}`;

async function start(bus: OpenBus): Promise<RunningServer> {
  return startServer({
    databaseUrl: database.appUrl,
    ownerUrl: database.ownerUrl,
    filesFolder: files.path,
    host: "127.0.0.1",
    port: 0,
    origin: "http://localhost",
    webFolder: null,
    bus,
  });
}

beforeAll(async () => {
  database = await openTestDatabase();
  nats = await startNats();
  files = await openTestFolder();
  const whole = natsBus(nats.place);
  first = await start(whole);
  second = await start((name, ear) =>
    whole(name, {
      ...ear,
      heard: (text) => {
        if (!isDeaf) return ear.heard(text);
        if (!text.includes('"hints":[]')) unheard += 1;
      },
    }),
  );
  [writing, hearing] = [originOf(first), originOf(second)];
  keeper = await enrol(writing, { code: await first.makeSetupCode() });
  teen = await enrol(hearing, { host: keeper });
});

afterEach(() => {
  isDeaf = false;
  for (const live of connections.splice(0)) live.close();
});

afterAll(async () => {
  await first.close();
  await second.close();
  await nats.kill();
  await database.close();
  await files.remove();
});

async function listen(person: Person): Promise<Live> {
  const live = await openLive(hearing, person.token);
  connections.push(live);
  return live;
}

/** What is told of this at the other process is lost. */
async function unheardOf(work: () => Promise<unknown>): Promise<void> {
  isDeaf = true;
  const before = unheard;
  await work();
  while (unheard === before) await new Promise((resolve) => setTimeout(resolve, 5));
  isDeaf = false;
}

async function newRoom() {
  const room: string = crypto.randomUUID();
  const members = [place(keeper, "keeper"), place(teen, "member")];
  return {
    room,
    made: await appendNext(writing, keeper, { previous: null, room, action: "create", members }),
  };
}

const say = async ({ made, room }: Awaited<ReturnType<typeof newRoom>>) =>
  appendBytes(writing, "appendFrame", keeper, room, await makeFrame(keeper, made));

const isItem = (room: string, seq: number) => (message: ServerMessage) =>
  message.kind === "item" && message.room === room && message.seq === seq;

const isAbout = (kind: ServerMessage["kind"]) => (message: ServerMessage) => message.kind === kind;

/** Until it is said after all that was heard already. */
async function hearNext(live: Live, kind: ServerMessage["kind"]): Promise<void> {
  const before = live.heard.length;
  await live.hear((message) => message.kind === kind && live.heard.lastIndexOf(message) >= before);
}

test("who listens at one process hears what is written at the other: every item once, in order, and nobody else's", async () => {
  const stranger = await listen(await enrol(hearing, { host: keeper }));
  const live = await listen(teen);
  const room = await newRoom();
  await live.hear(isAbout("rooms-changed"));
  const count = 40;
  for (let frame = 0; frame < count; frame += 1) await say(room);
  await live.hear(isItem(room.room, 1 + count));
  const items = live.heard.filter((message) => message.kind === "item");
  expect(items.map(({ seq }) => seq)).toEqual(Array.from({ length: count + 1 }, (_, index) => index + 1));
  const { items: stored } = await call(hearing, "readRoom", {
    token: teen.token,
    params: { room: room.room },
    query: { after: "0" },
  });
  expect(items.map(({ bytes }) => bytes)).toEqual(stored.map(({ bytes }) => bytes));
  expect(stranger.heard.map(({ kind }) => kind)).toEqual(["welcome"]);
});

test("who is let in at one process hears it at the other from their own place on, and who is taken out hears nothing more", async () => {
  const guest = await enrol(hearing, { host: keeper });
  const live = await listen(guest);
  const { made, room } = await newRoom();
  await say({ made, room });
  const with3 = [place(keeper, "keeper"), place(teen, "member"), place(guest, "member")];
  const added = await appendNext(writing, keeper, { previous: made, room, action: "add", members: with3 });
  await live.hear(isItem(room, 1));
  const removed = await appendNext(writing, keeper, {
    previous: added,
    room,
    action: "remove",
    members: with3.slice(0, 2),
  });
  await hearNext(live, "rooms-changed");
  const other = await listen(teen);
  await appendBytes(writing, "appendFrame", keeper, room, await makeFrame(keeper, removed));
  await other.hear(isItem(room, 5));
  expect(live.heard.filter(({ kind }) => kind === "item")).toHaveLength(1);
});

test("a session that is ended at one process ends its connection at the other", async () => {
  const guest = await enrol(hearing, { host: keeper });
  const live = await listen(guest);
  await call(writing, "signOut", { token: guest.token, body: {} });
  await live.ended;
  expect(live.heard.at(-1)).toEqual({ kind: "bye", refusal: "not-signed-in" });
});

test("hints that are lost are noticed: whoever is connected is told to look, and a session that ended meanwhile ends here", async () => {
  const guest = await enrol(hearing, { host: keeper });
  const [live, ending] = [await listen(teen), await listen(guest)];
  await unheardOf(async () => {
    await say(await newRoom());
    await call(writing, "signOut", { token: guest.token, body: {} });
  });
  // Nothing is said after it: the next beat alone gives it away.
  await live.hear(isAbout("rooms-changed"));
  for (const kind of ["invitations-changed", "sessions-changed", "vault-changed"] as const)
    await live.hear(isAbout(kind));
  await ending.ended;
  expect(ending.heard.at(-1)).toEqual({ kind: "bye", refusal: "not-signed-in" });
});

test("without the bus everybody still learns of everything, and it works again when the bus is back", async () => {
  const live = await listen(teen);
  await nats.kill();
  const room = await newRoom();
  await say(room);
  await hearNext(live, "rooms-changed");
  await nats.revive();
  // The bus is back for both when what is said at one is heard at the other.
  while (!live.heard.some(isAbout("item"))) {
    await say(room);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  expect(live.heard.find(isAbout("item"))).toMatchObject({ room: room.room, item: "frame" });
});

test("an entry whose answer was lost is told when it is sent again", async () => {
  const room = await newRoom();
  const bytes = await makeFrame(keeper, room.made);
  await unheardOf(() => appendBytes(writing, "appendFrame", keeper, room.room, bytes));
  const live = await listen(teen);
  await appendBytes(writing, "appendFrame", keeper, room.room, bytes);
  expect(await live.hear(isItem(room.room, 2))).toMatchObject({ item: "frame", bytes });
});

test("a process that did not hear who came or went tells those who are in the room, and nobody else", async () => {
  const [guest, other] = [await enrol(hearing, { host: keeper }), await enrol(hearing, { host: keeper })];
  const { made, room } = await newRoom();
  const sayHere = async (at: typeof made) =>
    appendBytes(hearing, "appendFrame", keeper, room, await makeFrame(keeper, at));
  // From here on this process knows who is in the room.
  await sayHere(made);
  await sayHere(made);
  const [keeperPlace, teenPlace] = [place(keeper, "keeper"), place(teen, "member")];
  const change = (previous: typeof made, action: "add" | "remove", who: readonly Person[]) => {
    const members = [keeperPlace, teenPlace, ...who.map((person) => place(person, "member"))];
    return appendNext(writing, keeper, { previous, room, action, members });
  };
  let [added, removed] = [made, made];
  await unheardOf(async () => {
    added = await change(made, "add", [guest]);
  });
  const live = await listen(guest);
  await sayHere(added);
  await sayHere(added);
  await live.hear(isItem(room, 3));
  await unheardOf(async () => {
    removed = await change(await change(added, "remove", []), "add", [other]);
  });
  const otherLive = await listen(other);
  await sayHere(removed);
  await otherLive.hear(isItem(room, 2));
  expect(live.heard.filter(({ kind }) => kind === "item")).toHaveLength(2);
});

test("both processes write into the same rooms at once: each frame has a place of its own, and no place is left out", async () => {
  const rooms = [await newRoom(), await newRoom(), await newRoom()];
  const each = 40;
  const sent = rooms.flatMap(({ made, room }) =>
    [keeper, teen].flatMap((author) =>
      Array.from({ length: each }, async () => ({ author, room, bytes: await makeFrame(author, made) })),
    ),
  );
  const frames = await Promise.all(sent);
  const placed = await Promise.all(
    frames.map(async ({ author, bytes, room }) => {
      const origin = author === keeper ? writing : hearing;
      return { bytes, room, ...(await appendBytes(origin, "appendFrame", author, room, bytes)) };
    }),
  );
  for (const { room } of rooms) {
    const { items } = await call(hearing, "readRoom", {
      token: keeper.token,
      params: { room },
      query: { after: "0" },
    });
    expect(items.map(({ seq }) => seq)).toEqual(
      Array.from({ length: 1 + 2 * each }, (_, index) => 1 + index),
    );
    const here = placed.filter((one) => one.room === room).toSorted((a, b) => a.seq - b.seq);
    expect(here.map(({ bytes }) => bytes)).toEqual(items.slice(1).map(({ bytes }) => bytes));
  }
});
