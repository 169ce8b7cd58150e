import { afterAll, beforeAll, expect, test } from "vitest";
import { fromBase64Url, parseFrameHeader } from "@sotto/vault";
import {
  houseAt,
  isAllSent as hasAllSent,
  noticesOf,
  openFirstRoom,
  textsOf,
  until,
  valueOf,
  type House,
} from "../support/clients.ts";
import { openTestDatabase, type TestDatabase } from "../support/database.ts";
import { startNats, type NatsServer } from "../support/nats.ts";
import { makeDevice } from "../support/node-ports.ts";
import { makeGround, runSotto } from "../support/operator.ts";
import { call, enrol, Refused, type Person } from "../support/people.ts";
import { roomWithFrames } from "../support/rooms.ts";
import { makePhone } from "../support/software-passkey.ts";
import { startServerProcess, type ServerProcess } from "../support/server-process.ts";

const ROUNDS = 5;
const SENDERS = 4;
const FRAMES_EACH = 350;
/** People write on while processes come and go. */
const PAUSE_MS = 20;
const TEXTS_EACH = 25;

let database: TestDatabase;
let nats: NatsServer;
let ground: Awaited<ReturnType<typeof makeGround>>;
let house: House;
const processes: ServerProcess[] = [];

const filesFolder = () => ground.at("files");
const originOf = (index: number) => `http://127.0.0.1:${String(processes[index % 2]?.port)}`;
const start = (port: number) =>
  startServerProcess(database, port, { filesFolder: filesFolder(), busPort: nats.port });
const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

beforeAll(async () => {
  database = await openTestDatabase();
  nats = await startNats();
  ground = await makeGround();
  // Both at the same moment, on an empty database.
  processes.push(...(await Promise.all([start(0), start(0)])));
  const [one] = processes;
  house = houseAt({
    wayKind: "passkey",
    port: one?.port ?? 0,
    database,
    setupCode: async () => one?.code ?? "",
    close: async () => {
      for (const { kill } of processes) await kill();
    },
  });
});

afterAll(async () => {
  await house.close();
  await nats.kill();
  await ground.remove();
});

/** Sends frames one after the other, at the other process when one does not answer, as behind a proxy. Ends when all are acknowledged. */
async function sendAll(
  at: { readonly guest: Person; readonly room: string; readonly frames: readonly string[] },
  first: number,
  acknowledged: Map<string, number>,
  isOver: () => boolean,
): Promise<void> {
  let index = first;
  for (const bytes of at.frames) {
    if (isOver()) return;
    await pause(PAUSE_MS);
    const { id } = parseFrameHeader(fromBase64Url(bytes));
    while (!acknowledged.has(id)) {
      try {
        const wish = { token: at.guest.token, params: { room: at.room }, body: { bytes } };
        acknowledged.set(id, (await call(originOf(index), "appendFrame", wish)).seq);
      } catch (error) {
        // A refusal would be a defect; anything else is a process being dead for a moment.
        if (error instanceof Refused && error.status < 500) throw error;
        index += 1;
        await pause(10);
      }
    }
  }
}

/** What a process answers of a room, page after page. */
async function readIds(origin: string, guest: Person, room: string): Promise<readonly [string, number][]> {
  const found: [string, number][] = [];
  for (let after = 0; ;) {
    const wish = { token: guest.token, params: { room }, query: { after: String(after) } };
    const page = await call(origin, "readRoom", wish);
    for (const item of page.items) {
      if (item.kind === "frame") found.push([parseFrameHeader(fromBase64Url(item.bytes)).id, item.seq]);
      after = item.seq;
    }
    if (!page.more) return found;
  }
}

test("two processes that are killed in turn under load, and the bus too, lose nothing, double nothing, and everybody agrees", async () => {
  const elsewhere = makeDevice({ origin: originOf(1), passkeys: makePhone("http://localhost") });
  const { ben, room, therapist } = await openFirstRoom(house, { member: elsewhere });
  const [, second] = processes;
  const host = await enrol(originOf(0), { code: second?.code ?? "" });
  const rooms = [];
  for (let sender = 0; sender < SENDERS; sender += 1) {
    const guest = await enrol(originOf(sender), { host });
    rooms.push(await roomWithFrames(originOf(sender), host, guest, FRAMES_EACH, 200));
  }
  const acknowledged = rooms.map(() => new Map<string, number>());
  let over = false;
  let isAllSent = false;
  const sending = Promise.all(
    rooms.map((at, index) => sendAll(at, index, acknowledged[index] ?? new Map(), () => over)),
  ).finally(() => {
    isAllSent = true;
  });
  const writing = Promise.all(
    [ben, therapist].map(async ({ client, name }) => {
      for (let index = 0; index < TEXTS_EACH; index += 1) {
        valueOf(await client.actions.send({ room, text: `${name} ${String(index)}` }));
        await pause(50);
      }
    }),
  );
  const count = () => acknowledged.reduce((sum, of) => sum + of.size, 0);
  for (let round = 0; round < ROUNDS; round += 1) {
    const before = count();
    while (count() <= before && !isAllSent) await pause(5);
    await pause(Math.random() * 120);
    const dead = processes[round % 2];
    if (dead === undefined) throw new Error("there are two");
    await dead.kill();
    if (round === 2) await nats.kill();
    if (round === 2) await nats.revive();
    processes[round % 2] = await start(dead.port);
  }
  over = true;
  await Promise.all([sending, writing]);
  for (const [index, { guest, room: at }] of rooms.entries()) {
    const [here, there] = [await readIds(originOf(0), guest, at), await readIds(originOf(1), guest, at)];
    expect(there).toEqual(here);
    expect(here).toEqual([...(acknowledged[index] ?? [])]);
  }
  expect(count()).toBeGreaterThan(ROUNDS * SENDERS);
  for (const { client } of [ben, therapist]) {
    const view = await until(client, room, (now) => textsOf(now).length >= 2 * TEXTS_EACH && hasAllSent(now));
    expect(textsOf(view)).toHaveLength(2 * TEXTS_EACH);
    for (const { name } of [ben, therapist]) {
      const wanted = Array.from({ length: TEXTS_EACH }, (_, index) => `${name} ${String(index)}`);
      expect(textsOf(view).filter((text) => text.startsWith(name))).toEqual(wanted);
    }
    expect(noticesOf(view)).toEqual([]);
  }
  const verified = await runSotto(["verify"], {
    DATABASE_URL: database.appUrl,
    DATABASE_OWNER_URL: database.ownerUrl,
    SOTTO_DATA: ground.at("data"),
    SOTTO_FILES: filesFolder(),
  });
  expect(verified.said).toMatch(/^All is as it must be: 2 practices/);
});
