/** T23: the practice's continuity, from its sheets to the line that everybody sees. */
import { CustodyFault, type AcceptedOpening, type RoomRecord } from "@sotto/client/custodian";
import type { RoomView } from "@sotto/client";
import type { RoomId } from "@sotto/domain";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import {
  inviteAndJoin,
  namesIn,
  now,
  openHouse,
  openPractice,
  refusalOf,
  roomNow,
  roomWhere,
  until,
  untilSaid,
  valueOf,
  type FamilyMember,
  type House,
  type Someone,
  anotherDevice,
} from "../support/clients.ts";
import {
  bringIn,
  CONTINUITY,
  enterWith,
  identityFrom,
  makeCustodian,
  untilSeated,
  type MadeCustodian,
} from "../support/custodian.ts";
import { familyWhere, hire, untilRooms } from "../support/staff.ts";

let house: House;
let ada: Someone;
let ben: FamilyMember;
let family: Awaited<ReturnType<typeof createFamily>>;
let room: RoomId;
let custodian: MadeCustodian;

const createFamily = async (who: Someone, name: string) =>
  valueOf(await who.client.actions.createFamily({ name }));
const say = async (who: Someone, text: string, at = room) => {
  valueOf(await who.client.actions.send({ room: at, text }));
  await untilSaid(who.client, at, text);
};
const textsIn = (record: RoomRecord) =>
  record.lines.flatMap((line) => (line.kind === "message" ? [line.text] : []));
const openingsIn = (view: RoomView | null) =>
  (view?.entries ?? []).flatMap((line) => (line.kind === "opened" ? [line] : []));
const faultOf = async (work: Promise<unknown>): Promise<string | null> => {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (error !== null && !(error instanceof CustodyFault)) throw error;
  return error?.code ?? null;
};

beforeAll(async () => {
  house = await openHouse();
}, 60_000);
afterAll(() => house.close());

beforeEach(async () => {
  ada = await openPractice(house);
  family = await createFamily(ada, "Rivera");
  ben = await inviteAndJoin(house, ada, family, { name: "Ben" });
  ({ room } = await roomWhere(ben.client, (line) => line.kind === "family"));
  await say(ben, "before it came");
  custodian = await makeCustodian();
});

test("it comes into every room of the practice's families, named to everybody, and cannot write", async () => {
  await bringIn(ada, custodian);
  await untilSeated(ada);
  const people = [ada.name, "Ben", CONTINUITY].toSorted().join(" ");
  await untilRooms(ben, [`family: ${people}`, `private: ${people}`]);
  const view = await until(ben.client, room, ({ entries }) =>
    entries.some((line) => line.kind === "audience" && line.change === "continuity-added"),
  );
  const reader = view.readers.find(({ role }) => role === "custodian");
  expect(reader).toMatchObject({ name: CONTINUITY, canWrite: false });
  expect(openingsIn(view)).toEqual([]);
  // It reads along, and is none of those who look after the family.
  const seen = await familyWhere(ada, family, ({ rooms }) => rooms.length === 3);
  expect(seen.professionals.map(({ name }) => name)).toEqual([ada.name]);
  // What comes later has it from its first moment on.
  const cara = await inviteAndJoin(house, ada, family, { name: "Cara" });
  const own = await roomWhere(cara.client, (line) => line.kind === "private");
  expect(namesIn(own)).toEqual([ada.name, "Cara", CONTINUITY].toSorted());
  const [first] = roomNow(cara.client, own.room)?.entries ?? [];
  expect(first).toMatchObject({ kind: "audience", change: "created" });
  await createFamily(ada, "Lake");
  await untilSeated(ada);
});

test("three of its sheets open a room, by an event that stands there first and that everybody sees", async () => {
  await bringIn(ada, custodian);
  await untilSeated(ada);
  await say(ben, "since it came");
  const custody = await enterWith(house, custodian);
  const states = await custody.rooms();
  expect(states.map((state) => state.room)).toContain(room);
  const allowedBy = roomNow(ada.client, room)?.readers.find(({ isMe }) => isMe)?.account ?? null;
  const unreadBy = ({ client }: Someone) =>
    now(client, "rooms").find((line) => line.room === room)?.unread ?? null;
  await untilSaid(ada.client, room, "since it came");
  for (const who of [ada, ben]) {
    await who.client.actions.markRead(room);
    expect(unreadBy(who)).toBe(0);
  }
  const opened = await custody.open(room, { reason: "therapist-gone", allowedBy });
  for (const who of [ada, ben]) {
    const view = await until(who.client, room, (seen) => openingsIn(seen).length === 1);
    expect(openingsIn(view)[0]).toMatchObject({
      reason: "therapist-gone",
      by: { name: CONTINUITY, role: "custodian" },
      allowedBy: { name: ada.name },
      at: opened.at,
    });
    expect(view.opened).toEqual(openingsIn(view)[0]);
    expect(unreadBy(who)).toBe(1);
  }
  const record = await custody.read(opened);
  expect(record).toMatchObject({
    kind: "family",
    familyName: "Rivera",
    isFromTheStart: false,
    agreesWithLog: true,
  });
  expect(textsIn(record)).toEqual(["since it came"]);
  expect(record.lines.at(-1)).toMatchObject({ kind: "opened", by: CONTINUITY });
  // The room goes on, under keys that follow on the opening, for everybody.
  await say(ben, "after it was opened");
  await untilSaid(ada.client, room, "after it was opened");
  // A room that was not opened is not read by what opened another.
  const other = states.find((state) => state.room !== room);
  if (other === undefined) throw new Error("more than one room");
  const borrowed: AcceptedOpening = { ...opened, room: other.room as RoomId };
  expect(await faultOf(custody.read(borrowed))).toBe("not-accepted");
  expect(await faultOf(custody.read({ ...opened }))).toBe("not-accepted");
  await custody.leave();
});

test("of the past it reads what a keeper granted, and nothing else", async () => {
  await bringIn(ada, custodian);
  await untilSeated(ada);
  const { actions } = ada.client;
  const seat = roomNow(ada.client, room)?.readers.find(({ role }) => role === "custodian");
  if (seat === undefined) throw new Error("a seat");
  const custody = await enterWith(house, custodian);
  await custody.open(room, { reason: "rehearsal", allowedBy: null });
  await until(ada.client, room, (seen) => openingsIn(seen).length === 1);
  // An opening has no card: nobody begins to read with it.
  const choices = valueOf(await actions.historyChoices({ room, account: seat.account }));
  const start = choices.find(({ isStart }) => isStart);
  valueOf(await actions.grantHistory({ room, account: seat.account, from: start?.from ?? 0 }));
  const record = await custody.read(await custody.open(room, { reason: "law", allowedBy: null }));
  expect(textsIn(record)).toEqual(["before it came"]);
  expect(record.lines.filter(({ kind }) => kind === "opened")).toHaveLength(2);
  // Somebody who comes in later is given the past across the openings.
  const cara = await inviteAndJoin(house, ada, family, { name: "Cara" });
  await until(ada.client, room, ({ readers }) => readers.some(({ name }) => name === "Cara"));
  const account = roomNow(ada.client, room)?.readers.find(({ name }) => name === "Cara")?.account;
  if (account === undefined) throw new Error("a newcomer");
  const offered = valueOf(await actions.historyChoices({ room, account }));
  const all = offered.at(-1);
  valueOf(await actions.grantHistory({ room, account, from: all?.from ?? 0 }));
  const hers = await until(cara.client, room, (seen) => openingsIn(seen).length === 2);
  expect(hers.entries.some((line) => line.kind === "notice")).toBe(false);
});

test("two sheets, and sheets of another custodian, open nothing", async () => {
  await bringIn(ada, custodian);
  await untilSeated(ada);
  await expect(identityFrom(custodian.shares.slice(0, 2))).rejects.toThrow("too-few");
  expect(await faultOf(enterWith(house, await makeCustodian()))).toBe("refused");
});

test("a server that only says yes is found out before anything is read", async () => {
  await bringIn(ada, custodian);
  await untilSeated(ada);
  const device = house.newDevice();
  const custody = await enterWith(house, custodian, device);
  // It takes the event and keeps it to itself.
  device.meddle(/\/events$/, async () => Response.json({ seq: 9, at: 9 }));
  expect(await faultOf(custody.open(room, { reason: "law", allowedBy: null }))).toBe("refused");
  // It shows the room as it was, as if to somebody whose opening it had taken.
  const old = await itemsOf(ben, room);
  device.meddle(/\/log$/, async () => Response.json({ items: old, more: false }));
  expect(await faultOf(custody.open(room, { reason: "law", allowedBy: null }))).toBe("not-in-room");
  device.meddle(/\/log$/, null);
  device.meddle(/\/events$/, null);
  // It takes the event into the room and leaves it out of the log that everybody watches.
  device.meddle(/\/log\/inclusion$/, async () => Response.json({ found: [] }));
  expect(await faultOf(custody.open(room, { reason: "law", allowedBy: null }))).toBe("not-in-log");
  expect(openingsIn(await until(ben.client, room, (seen) => openingsIn(seen).length > 0))).toHaveLength(1);
});

/** The room's items as this member has them from the server. */
async function itemsOf(who: Someone, of: RoomId): Promise<readonly unknown[]> {
  let items: readonly unknown[] = [];
  const elsewhere = anotherDevice(house, who);
  elsewhere.meddle(/\/log$/, async (ask, url) => {
    const answer = await ask();
    const body = (await answer.json()) as { readonly items: readonly unknown[] };
    if (url.pathname.includes(of)) items = [...items, ...body.items];
    return Response.json(body);
  });
  const client = await house.open(elsewhere);
  valueOf(await client.actions.signIn(who.way));
  await until(client, of, ({ entries }) => entries.length > 0);
  return items;
}

test("who runs the practice brings it in: not a family, not other staff, and never one that has ended", async () => {
  const wish = { text: custodian.text, name: CONTINUITY };
  expect(refusalOf(await ben.client.actions.bringCustodian(wish))).toBe("not-allowed");
  const sol = await hire(house, ada, { name: "Sol", role: "staff" });
  expect(refusalOf(await sol.client.actions.bringCustodian(wish))).toBe("not-a-keeper");
  const unreadable = { ...wish, text: custodian.text.slice(0, 400) };
  expect(refusalOf(await ada.client.actions.bringCustodian(unreadable))).toBe("custodian-unreadable");
  await bringIn(ada, custodian);
  await untilSeated(ada);
  // Nobody takes it out of one room alone.
  const seat = roomNow(ada.client, room)?.readers.find(({ role }) => role === "custodian");
  if (seat === undefined) throw new Error("a seat");
  const removed = await ada.client.actions.removeFromRoom({ room, account: seat.account });
  expect(refusalOf(removed)).toBe("not-allowed");
  valueOf(await ada.client.actions.endCustodian());
  await untilRooms(ben, [`family: ${ada.name} Ben`, `private: ${ada.name} Ben`]);
  const custody = await enterWith(house, custodian);
  expect(await custody.rooms()).toEqual([]);
  expect(await faultOf(custody.open(room, { reason: "law", allowedBy: null }))).toBe("no-reader");
  expect(refusalOf(await ada.client.actions.bringCustodian(wish))).toBe("custodian-ended");
});

test("a new one takes the place of the one before, in every room, also those that a colleague keeps", async () => {
  const dana = await hire(house, ada, { name: "Dana" });
  const lake = await createFamily(dana, "Lake");
  await inviteAndJoin(house, dana, lake, { name: "Eli" });
  await bringIn(ada, custodian);
  await untilSeated(ada);
  await untilSeated(dana);
  const next = await makeCustodian();
  await bringIn(ada, next);
  for (const who of [ada, dana]) await untilSeated(who);
  const [before, after] = [await enterWith(house, custodian), await enterWith(house, next)];
  await until(
    ben.client,
    room,
    ({ readers }) => readers.filter(({ role }) => role === "custodian").length === 1,
  );
  expect((await after.rooms()).length).toBeGreaterThan(5);
  const left = async () => (await before.rooms()).length;
  while ((await left()) > 0) await new Promise((resolve) => setTimeout(resolve, 50));
  expect(await left()).toBe(0);
});
