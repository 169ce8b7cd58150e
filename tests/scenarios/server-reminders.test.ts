import pg from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import type { MadeRoomEvent } from "@sotto/vault";
import { lookInto } from "../support/database.ts";
import { openLive, type Live } from "../support/live.ts";
import { textOf } from "../support/mailbox.ts";
import { call, enrol, invite, type Person } from "../support/people.ts";
import {
  A_LOOK_MS,
  channelsOf,
  MINUTE_MS,
  openReminderHouse,
  quietFrom,
  remindByMail,
  remindByPush,
  type ReminderHouse,
} from "../support/reminder-house.ts";
import { appendBytes, appendEnd, appendNext, makeFrame, place } from "../support/rooms.ts";

const HOUR_MS = 60 * MINUTE_MS;
const SENTENCE = "There is something new. Hay algo nuevo.";

let house: ReminderHouse;
let origin: string;
let keeper: Person;
const connections: Live[] = [];

beforeAll(async () => {
  house = await openReminderHouse();
  ({ origin } = house);
});

// A session is good for twelve hours, and each story takes some: each happens in a practice of its own.
beforeEach(async () => {
  keeper = await enrol(origin, { code: await house.server.makeSetupCode() });
});

afterEach(() => {
  for (const live of connections.splice(0)) live.close();
});

afterAll(() => house.close());

interface Told {
  readonly room: string;
  readonly made: MadeRoomEvent;
  readonly people: readonly Person[];
}

let addresses = 0;
/** An address of nobody yet. */
const newAddress = (): string => `somebody-${String((addresses += 1))}@example.org`;

/** The keeper and so many others, who have come in just now, in a room of theirs. */
async function newRoom(count: number): Promise<Told> {
  const room: string = crypto.randomUUID();
  const people = [];
  for (let index = 0; index < count; index += 1) people.push(await newPerson());
  const members = [place(keeper, "keeper"), ...people.map((person) => place(person, "member"))];
  const made = await appendNext(origin, keeper, { previous: null, room, action: "create", members });
  return { room, made, people };
}

/** Invited by the house's clock, which leaves that of this machine behind. */
async function newPerson(): Promise<Person> {
  const link = await invite(origin, keeper, { expiresAt: house.now() + HOUR_MS });
  return enrol(origin, { link });
}

/** Somebody is there. */
async function come(person: Person): Promise<Live> {
  const live = await openLive(origin, person.token);
  connections.push(live);
  await showUp(live);
  return live;
}

/** Shows that they are there, until the server has heard so: it answers in order. */
async function showUp(live: Live): Promise<void> {
  const pongs = () => live.heard.filter(({ kind }) => kind === "pong").length;
  const before = pongs();
  live.send({ kind: "here" });
  live.send({ kind: "ping" });
  await expect.poll(pongs, { interval: 5, timeout: 60_000 }).toBeGreaterThan(before);
}

const write = async ({ made, room }: Told, author: Person): Promise<void> => {
  await appendBytes(origin, "appendFrame", author, room, await makeFrame(author, made));
};

const first = ({ people }: Told): Person => {
  const [person] = people;
  if (person === undefined) throw new Error("nobody in this room");
  return person;
};

/** The reminders among the mails for an address; the rest are codes. */
const remindersTo = (address: string) =>
  house.mailbox.to(address).filter((mail) => textOf(mail).startsWith(SENTENCE));

test("somebody who is away gets one reminder by each way of theirs, and none before a look, whatever else is written", async () => {
  const told = await newRoom(1);
  const person = first(told);
  const address = newAddress();
  await remindByMail(house, person, address);
  const { endpoint } = await remindByPush(house, person);
  await house.pass(A_LOOK_MS);
  expect(remindersTo(address)).toHaveLength(0);
  await write(told, keeper);
  await house.pass(0);
  expect(remindersTo(address)).toHaveLength(0);
  await house.pass(A_LOOK_MS);
  expect(remindersTo(address).map((mail) => textOf(mail))).toEqual([SENTENCE]);
  const pushes = house.pushService.to(endpoint);
  expect(
    pushes.map(({ body, headers }) => [body, headers["content-type"], headers["content-length"]]),
  ).toEqual([["", undefined, "0"]]);
  expect(pushes[0]?.claims).toMatchObject({ aud: house.pushService.origin, sub: "https://localhost" });
  for (let round = 0; round < 3; round += 1) {
    await write(told, keeper);
    await house.pass(A_LOOK_MS);
  }
  expect(remindersTo(address)).toHaveLength(1);
  expect(house.pushService.to(endpoint)).toHaveLength(1);
});

test("what one wrote oneself is nothing new", async () => {
  const told = await newRoom(1);
  const address = newAddress();
  await remindByMail(house, first(told), address);
  await write(told, first(told));
  await house.pass(A_LOOK_MS);
  expect(remindersTo(address)).toHaveLength(0);
});

test("somebody who came into a room since is reminded of it once; what stood in it before does not count", async () => {
  const told = await newRoom(1);
  const [person, address] = [await newPerson(), newAddress()];
  await remindByMail(house, person, address);
  await write(told, keeper);
  await house.pass(A_LOOK_MS);
  expect(remindersTo(address)).toHaveLength(0);
  const members = [place(keeper, "keeper"), place(first(told), "member"), place(person, "member")];
  await appendNext(origin, keeper, { previous: told.made, room: told.room, action: "add", members });
  await house.pass(A_LOOK_MS);
  expect(remindersTo(address)).toHaveLength(1);
});

test("somebody who is there is not reminded, and is again when something comes after they left, or while they only left the page open", async () => {
  const told = await newRoom(1);
  const [person, address] = [first(told), newAddress()];
  await remindByMail(house, person, address);
  const live = await come(person);
  await write(told, keeper);
  // They see it, and show that they are there all through a look.
  for (let minute = 0; minute < A_LOOK_MS / MINUTE_MS; minute += 2) {
    await showUp(live);
    await house.pass(2 * MINUTE_MS);
  }
  expect(remindersTo(address)).toHaveLength(0);
  // They have seen what there was. The page stays open and connected, with nobody before it.
  await house.pass(A_LOOK_MS);
  expect(remindersTo(address)).toHaveLength(0);
  await write(told, keeper);
  await house.pass(A_LOOK_MS);
  expect(remindersTo(address)).toHaveLength(1);
  // One again only after they have been there again.
  await write(told, keeper);
  await house.pass(A_LOOK_MS);
  expect(remindersTo(address)).toHaveLength(1);
  await come(person);
  await write(told, keeper);
  await house.pass(A_LOOK_MS);
  expect(remindersTo(address)).toHaveLength(2);
});

test("quiet hours hold a reminder back until they are over, for the channel that has them alone", async () => {
  const told = await newRoom(1);
  const [person, address] = [first(told), newAddress()];
  await remindByMail(house, person, address, {
    quiet: quietFrom(house.now(), -MINUTE_MS, 3 * HOUR_MS),
  });
  const { endpoint } = await remindByPush(house, person, quietFrom(house.now(), 4 * HOUR_MS, 5 * HOUR_MS));
  await write(told, keeper);
  await house.pass(HOUR_MS);
  expect(house.pushService.to(endpoint)).toHaveLength(1);
  // A device that is off until its quiet hours begin is left alone.
  const waits = Number(house.pushService.to(endpoint)[0]?.headers["ttl"]);
  expect(waits).toBeGreaterThan(2.9 * 3600);
  expect(waits).toBeLessThanOrEqual(3 * 3600);
  await house.pass(HOUR_MS);
  await house.pass(HOUR_MS - 2 * MINUTE_MS);
  expect(remindersTo(address)).toHaveLength(0);
  await house.pass(A_LOOK_MS);
  expect(remindersTo(address)).toHaveLength(1);
});

test("two people of one room get theirs at moments that have nothing to do with each other or with the message", async () => {
  const told = await newRoom(2);
  const owners = told.people.map((person) => ({ person, address: newAddress() }));
  for (const { address, person } of owners) await remindByMail(house, person, address);
  const rounds = 6;
  const apart: number[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    for (const { person } of owners) (await come(person)).close();
    await house.pass(4 * MINUTE_MS);
    await write(told, keeper);
    const moments: number[] = [];
    for (let minute = 0; minute < A_LOOK_MS / MINUTE_MS; minute += 2) {
      await house.pass(2 * MINUTE_MS);
      for (const [index, { address }] of owners.entries())
        if (moments[index] === undefined && remindersTo(address).length === round) moments[index] = minute;
    }
    apart.push((moments[0] ?? Number.NaN) - (moments[1] ?? Number.NaN));
  }
  expect(apart.every(Number.isInteger)).toBe(true);
  // By chance they are equal in all of the rounds once in a million times.
  expect(new Set(apart).size).toBeGreaterThan(1);
});

test("a mail server that is in trouble is tried again; an address that it refuses pauses the channel, until its owner says otherwise", async () => {
  const told = await newRoom(1);
  const [person, address] = [first(told), newAddress()];
  const channel = await remindByMail(house, person, address);
  await write(told, keeper);
  house.mailbox.refuse(address, 451);
  await house.pass(A_LOOK_MS);
  expect(await channelsOf(house, person)).toMatchObject([{ channel, state: "on" }]);
  house.mailbox.refuse(address, 550);
  await house.pass(A_LOOK_MS);
  expect(await channelsOf(house, person)).toMatchObject([{ channel, state: "paused" }]);
  house.mailbox.refuse(address, null);
  await house.pass(A_LOOK_MS);
  expect(remindersTo(address)).toHaveLength(0);
  const [{ quiet } = { quiet: null }] = await channelsOf(house, person);
  if (quiet === null) throw new Error("a channel that was just listed");
  await call(origin, "changeReminder", {
    token: person.token,
    params: { channel },
    body: { quiet, withLink: true },
  });
  expect(await channelsOf(house, person)).toMatchObject([{ channel, state: "on", withLink: true }]);
  await house.pass(A_LOOK_MS);
  expect(remindersTo(address).map((mail) => textOf(mail))).toEqual([`${SENTENCE}\r\n\r\nhttp://localhost/`]);
});

test("a device that its push service no longer knows is forgotten, with all that was noted for it", async () => {
  const told = await newRoom(1);
  const person = first(told);
  const { endpoint } = await remindByPush(house, person);
  house.pushService.answer(endpoint, 410);
  await write(told, keeper);
  await house.pass(A_LOOK_MS);
  expect(await channelsOf(house, person)).toEqual([]);
  expect(await notesOf(person)).toBe(0);
});

test("with the last channel everything goes that was noted of somebody, and who has none is not noted at all", async () => {
  const told = await newRoom(2);
  const [one, two] = told.people;
  if (one === undefined || two === undefined) throw new Error("two people");
  await come(two);
  expect(await notesOf(two)).toBe(0);
  const channel = await remindByMail(house, one, newAddress());
  expect(await notesOf(one)).toBeGreaterThan(0);
  await call(origin, "removeReminder", { token: one.token, params: { channel } });
  expect(await notesOf(one)).toBe(0);
  await call(origin, "removeReminder", { token: one.token, params: { channel } });
});

async function notesOf(person: Person): Promise<number> {
  const client = new pg.Client({ connectionString: house.database.adminUrl });
  await client.connect();
  const { rows } = await client.query<{ count: string }>(
    `select (select count(*) from reminder where account_id = $1) + (select count(*) from reminder_seen where account_id = $1) as count`,
    [person.account],
  );
  await client.end();
  return Number(rows[0]?.count);
}

test("nobody is reminded of a room that has ended, nor of what was said there before; what is new elsewhere still counts", async () => {
  const told = await newRoom(1);
  const person = first(told);
  const address = newAddress();
  await remindByMail(house, person, address);
  await house.pass(A_LOOK_MS);
  const { made, room } = told;
  await write(told, keeper);
  const { members } = made.state;
  const closed = await appendNext(origin, keeper, { previous: made, room, action: "close", members });
  await appendEnd(origin, keeper, closed);
  await house.pass(A_LOOK_MS);
  expect(remindersTo(address)).toHaveLength(0);
  // Whoever shows up afterwards is noted in no ended room either.
  await come(person);
  const seen = await lookInto(house.database, "select 1 from reminder_seen where room_id = $1", [room]);
  expect(seen).toEqual([]);
  for (const live of connections.splice(0)) live.close();
  const other = crypto.randomUUID();
  await appendNext(origin, keeper, { previous: null, room: other, action: "create", members });
  await house.pass(A_LOOK_MS);
  expect(remindersTo(address)).toHaveLength(1);
});
