import type { RoomId } from "@sotto/domain";
import type { Bytes } from "@sotto/vault";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  makeGate,
  now,
  openHouse,
  openPractice,
  refusalOf,
  roomNow,
  seen,
  textsOf,
  until,
  untilSaid,
  valueOf,
  type House,
  type Someone,
} from "../support/clients.ts";
import { makeMemoryStore, type MemoryStore } from "../support/node-ports.ts";

// More rooms than a device opens before it shows anything, and no more than are shown at first where the others take long: a team room and a family room for each family.
const FAMILIES = 15;
const ROOMS = 2 * FAMILIES;
const ROOMS_AT_FIRST = 4;

/** A device that reads so many rooms, and the others when it is let. */
interface Held {
  readonly store: MemoryStore;
  /** From now on no more than the first rooms are read, and this one. Answers what lets the others be read. */
  readonly hold: (except?: RoomId) => () => void;
}

function makeHeld(): Held {
  const store = makeMemoryStore();
  let [left, except, gate] = [Number.POSITIVE_INFINITY, "", makeGate()];
  return {
    store: {
      ...store,
      readAll: async (prefix) => {
        const isRoom = prefix.includes("/room/");
        if (isRoom && (except === "" || !prefix.includes(except))) {
          left -= 1;
          if (left < 0) await gate.opened;
        }
        return store.readAll(prefix);
      },
    },
    hold: (room) => {
      const holding = makeGate();
      [left, except, gate] = [ROOMS_AT_FIRST, room ?? "", holding];
      return () => {
        left = Number.POSITIVE_INFINITY;
        holding.open();
      };
    },
  };
}

const held = makeHeld();
let house: House;
let therapist: Someone;
let oldest: RoomId;
let newest: RoomId;

beforeAll(async () => {
  house = await openHouse();
  const device = house.newDevice({ store: held.store, idleLockAfterMs: 600_000 });
  therapist = await openPractice(house, { device });
  for (let family = 0; family < FAMILIES; family++) {
    valueOf(await therapist.client.actions.createFamily({ name: `Family ${String(family)}` }));
  }
  const rooms = await seen(therapist.client, "rooms", (lines) => lines.length === ROOMS);
  const roomOf = (name: string): RoomId => {
    const found = rooms.find((line) => line.familyName === name && line.kind === "family");
    if (found === undefined) throw new Error("a room that was just made");
    return found.room;
  };
  [oldest, newest] = [roomOf("Family 0"), roomOf("Family 7")];
  valueOf(await therapist.client.actions.send({ room: newest, text: "the newest word" }));
  await untilSaid(therapist.client, newest, "the newest word");
});

afterAll(() => house.close());

/** As after loading the page again. What was open is let go. */
async function reload(): Promise<void> {
  await therapist.client.close();
  therapist = { ...therapist, client: await house.open(therapist.device) };
}

test("the rooms with the newest words are there first, and all of them then, without a network", async () => {
  therapist.device.cut();
  const letGo = held.hold();
  await reload();
  expect(textsOf(roomNow(therapist.client, newest))).toEqual(["the newest word"]);
  expect(now(therapist.client, "rooms")).toHaveLength(ROOMS_AT_FIRST);
  letGo();
  const rooms = await seen(therapist.client, "rooms", (lines) => lines.length === ROOMS);
  expect(new Set(rooms.map(({ room }) => room)).size).toBe(ROOMS);
  expect(rooms[0]?.room).toBe(newest);
  therapist.device.mend();
  await seen(therapist.client, "session", ({ inStep, online }) => online && inStep);
});

test("a room whose turn has not come is opened for whoever looks at it or writes in it", async () => {
  therapist.device.cut();
  const letGo = held.hold(oldest);
  await reload();
  expect(now(therapist.client, "rooms").some(({ room }) => room === oldest)).toBe(false);
  valueOf(await therapist.client.actions.send({ room: oldest, text: "out of its turn" }));
  await until(therapist.client, oldest, (view) => textsOf(view).includes("out of its turn"));
  expect(now(therapist.client, "rooms")).toHaveLength(ROOMS_AT_FIRST + 1);
  letGo();
  therapist.device.mend();
  await untilSaid(therapist.client, oldest, "out of its turn");
});

test("what may stand in any room is looked for when all of them are open", async () => {
  const letGo = held.hold();
  await reload();
  expect(now(therapist.client, "families").length).toBeLessThan(FAMILIES);
  const making = therapist.client.actions.createFamily({ name: "One more" });
  letGo();
  valueOf(await making);
  expect(now(therapist.client, "families")).toHaveLength(FAMILIES + 1);
});

test("a lock while rooms are being opened leaves nothing to see, and everything is there after signing in", async () => {
  const letGo = held.hold();
  await reload();
  const making = therapist.client.actions.createFamily({ name: "Nobody" });
  await therapist.client.actions.lock();
  letGo();
  expect(refusalOf(await making)).toBe("locked");
  expect(now(therapist.client, "rooms")).toEqual([]);
  valueOf(await therapist.client.actions.signIn(therapist.way));
  await seen(therapist.client, "rooms", (lines) => lines.length === ROOMS + 2);
  expect(textsOf(roomNow(therapist.client, newest))).toEqual(["the newest word"]);
});

const ENTRY_BYTES = 22;

/** The same record with the ids of other rooms in it: each entry is an id and a time. */
function ofOtherRooms(record: Bytes): Bytes {
  const other = record.slice();
  for (let start = record.length - ENTRY_BYTES; start > ENTRY_BYTES; start -= ENTRY_BYTES) {
    other[start] = (other[start] ?? 0) ^ 1;
  }
  return other;
}

test.each([
  { what: "is missing", changed: () => null },
  { what: "is damaged", changed: (record: Bytes) => record.slice(1) },
  { what: "names rooms that are not here", changed: ofOtherRooms },
])("all rooms are there when what says which are the newest $what", async ({ changed }) => {
  const [key, record] = [...held.store.values].find(([name]) => name.endsWith("/newest-rooms")) ?? [];
  if (key === undefined || record === undefined) throw new Error("the record of the newest rooms");
  const before = now(therapist.client, "rooms").map(({ room }) => room);
  therapist.device.cut();
  await therapist.client.close();
  await held.store.write([{ key, value: changed(record) }]);
  therapist = { ...therapist, client: await house.open(therapist.device) };
  expect(now(therapist.client, "rooms").length).toBeGreaterThan(0);
  const rooms = await seen(therapist.client, "rooms", (lines) => lines.length === ROOMS + 2);
  expect(rooms.map(({ room }) => room)).toEqual(before);
  await seen(therapist.client, "families", (lines) => lines.length === FAMILIES + 1);
  therapist.device.mend();
  await seen(therapist.client, "session", ({ inStep, online }) => online && inStep);
  // It is made anew.
  expect(held.store.values.get(key)).toEqual(record);
});
