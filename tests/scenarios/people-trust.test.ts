import { randomUUID } from "node:crypto";
import type { AccountId, FamilyId, PersonId, RoomId } from "@sotto/domain";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  bringIn,
  inviteAndJoin,
  noticesOf,
  now,
  openHouse,
  openPractice,
  refusalOf,
  roomNow,
  roomWhere,
  seen,
  textsOf,
  until,
  untilSaid,
  valueOf,
  type FamilyMember,
  type House,
  type Someone,
} from "../support/clients.ts";
import { lookInto } from "../support/database.ts";
import { signInMeddled } from "../support/meddling.ts";
import { familyWhere, hire, practiceNow } from "../support/staff.ts";
import type { Professional } from "../support/staff.ts";

/** Who comes and goes, and what of the past they may see. */
let house: House;
let ada: Someone;
let cal: Professional;
let family: FamilyId;
let ana: FamilyMember;
let ben: FamilyMember;
let room: RoomId;
let own: RoomId;

beforeAll(async () => {
  house = await openHouse();
  ada = await openPractice(house);
  family = valueOf(await ada.client.actions.createFamily({ name: "Rivera" }));
  ana = await inviteAndJoin(house, ada, family, { name: "Ana" });
  ben = await inviteAndJoin(house, ada, family, { name: "Ben" });
  ({ room } = await roomWhere(ana.client, (line) => line.kind === "family" && line.readers.length === 3));
  ({ room: own } = await roomWhere(ana.client, (line) => line.kind === "private"));
  await say(ana, room, "said long ago");
  await say(ana, own, "only for Ada");
}, 180_000);

afterAll(() => house.close());

const say = async (who: Someone, where: RoomId, text: string) => {
  valueOf(await who.client.actions.send({ room: where, text }));
  await untilSaid(ada.client, where, text);
};

const countRooms = async (): Promise<string | undefined> => {
  const [row] = await lookInto<{ count: string }>(house.database, "select count(*) from room", []);
  return row?.count;
};

const accountOf = (who: Someone): AccountId => {
  const { account } = now(who.client, "session");
  if (account === null) throw new Error("nobody is in");
  return account;
};

test("whoever set the practice up and began anew makes its room no second time, before they have read it either", async () => {
  cal = await hire(house, ada, { name: "Cal" });
  const { actions } = ada.client;
  const { code } = valueOf(await actions.beginSecuring());
  valueOf(await actions.proveWay(ada.way));
  valueOf(await actions.finishSecuring(code));
  await seen(ada.client, "session", ({ online, state }) => online && state === "unlocked");
  const before = await countRooms();
  // A browser that knows of no room yet invites somebody.
  const other = await signInMeddled(house, ada, (device) => {
    device.meddle(/\/v1\/rooms$/, async () => {
      throw new TypeError("held back");
    });
  });
  const staff = { person: randomUUID() as string as PersonId, name: "Eve", role: "staff" } as const;
  const invited = other.client.actions.inviteStaff({ staff, days: 1 });
  await seen(other.client, "rooms", (lines) => lines.some(({ kind }) => kind === "practice"));
  expect(await countRooms()).toBe(before);
  await other.client.close();
  await invited;
  expect(practiceNow(ada).people.map(({ staff: { name } }) => name)).toContain("Cal");
});

test("a colleague who joins a family reads nothing of before, until the past of a room is opened to them, as to anybody", async () => {
  valueOf(await ada.client.actions.addColleague({ family, colleague: cal.person, rooms: [] }));
  const joined = await roomWhere(cal.client, ({ kind }) => kind === "family");
  expect(joined.room).toBe(room);
  await say(ben, room, "with Cal here");
  const before = await untilSaid(cal.client, room, "with Cal here");
  expect(textsOf(before)).toEqual(["with Cal here"]);
  const account = accountOf(cal);
  const choices = valueOf(await ada.client.actions.historyChoices({ room, account }));
  expect(choices.map(({ messages }) => messages)).toEqual([1]);
  valueOf(await ada.client.actions.grantHistory({ room, account, from: choices.at(-1)?.from ?? 0 }));
  const after = await untilSaid(cal.client, room, "said long ago");
  expect(textsOf(after)).toEqual(["said long ago", "with Cal here"]);
  expect(noticesOf(after)).toEqual([]);
});

test("the past of a closed room can be opened too: the room stays closed for everybody", async () => {
  valueOf(await ada.client.actions.closeFamily({ family }));
  await until(ana.client, own, ({ closed }) => closed);
  const dee = await hire(house, ada, { name: "Dee" });
  valueOf(await ada.client.actions.addColleague({ family, colleague: dee.person, rooms: [own] }));
  const seenFirst = await until(dee.client, own, ({ closed }) => closed);
  expect(textsOf(seenFirst)).toEqual([]);
  valueOf(await ada.client.actions.grantHistory({ room: own, account: accountOf(dee), from: 0 }));
  const view = await untilSaid(dee.client, own, "only for Ada");
  expect([view.closed, view.mayWrite, noticesOf(view)]).toEqual([true, false, []]);
  const told = await until(ana.client, own, ({ entries }) => entries.some(({ kind }) => kind === "granted"));
  expect([told.closed, told.mayWrite]).toEqual([true, false]);
  expect(refusalOf(await ana.client.actions.send({ room: own, text: "after" }))).toBe("room-closed");
});

test("who lost everything while their family is closed is shut out at once, and comes back to all of it when it is opened again", async () => {
  const account = accountOf(ana);
  valueOf(await ada.client.actions.readmit({ family, person: ana.person }));
  await seen(ana.client, "session", ({ state }) => state === "locked");
  const shut = await until(ben.client, room, ({ readers }) =>
    readers.every((reader) => reader.account !== account),
  );
  expect(shut.closed).toBe(true);
  const wish = { family, person: ana.person };
  expect(refusalOf(await ada.client.actions.invite({ ...wish, days: 1 }))).toBe("room-closed");
  valueOf(await ada.client.actions.reopenFamily({ family }));
  await until(ben.client, room, ({ closed }) => !closed);
  const back = await bringIn(house, ada, { ...wish, name: "Ana" });
  await untilSaid(back.client, own, "only for Ada");
  const view = await until(
    back.client,
    room,
    (at) => at.entries.some(({ kind }) => kind === "returned") && textsOf(at).length > 1,
  );
  expect(textsOf(view)).toEqual(["said long ago", "with Cal here"]);
  await say(back, own, "back again");
  for (const { client } of [ada, ben, back]) expect(now(client, "alarms")).toEqual([]);
  expect(textsOf(roomNow(back.client, own))).toEqual(["only for Ada", "back again"]);
});

test("a room that only another therapist keeps is given back by them, when a colleague let the person in again", async () => {
  const eva = await inviteAndJoin(house, ada, family, { name: "Eva" });
  const line = await roomWhere(eva.client, ({ kind }) => kind === "private");
  const others = line.readers.filter(({ role }) => role === "therapist").map(({ account }) => account);
  // Her room holds every therapist of the family; the colleagues leave it to Ada.
  for (const account of others.filter((other) => other !== accountOf(ada))) {
    valueOf(await ada.client.actions.removeColleague({ family, account }));
  }
  await until(ada.client, line.room, ({ readers }) => readers.length === 2);
  await say(eva, line.room, "between Eva and Ada");
  valueOf(await ada.client.actions.addColleague({ family, colleague: cal.person, rooms: [] }));
  await familyWhere(cal, family, ({ people }) => people.some(({ person }) => person.person === eva.person));
  ada.device.cut();
  await seen(ada.client, "session", ({ online }) => !online);
  valueOf(await cal.client.actions.readmit({ family, person: eva.person }));
  await seen(eva.client, "session", ({ state }) => state === "locked");
  const back = await bringIn(house, cal, { family, person: eva.person, name: "Eva" });
  await until(back.client, room, ({ entries }) => entries.some(({ kind }) => kind === "returned"));
  ada.device.mend();
  const view = await untilSaid(back.client, line.room, "between Eva and Ada");
  expect(noticesOf(view)).toEqual([]);
  const told = await until(cal.client, room, ({ entries }) =>
    entries.some(({ kind }) => kind === "returned"),
  );
  expect(told.readers.map(({ name }) => name)).toContain("Eva");
  for (const { client } of [ada, cal, back]) expect(now(client, "alarms")).toEqual([]);
});

test("who left stays out, whatever they lost: no link is made for them, and nothing is given back", async () => {
  valueOf(await ada.client.actions.recordLeft({ family, person: ben.person }));
  const account = accountOf(ben);
  await until(ada.client, room, ({ readers }) => readers.every((reader) => reader.account !== account));
  valueOf(await ada.client.actions.readmit({ family, person: ben.person }));
  const invited = await ada.client.actions.invite({ family, person: ben.person, days: 1 });
  expect(refusalOf(invited)).toBe("not-here");
});
