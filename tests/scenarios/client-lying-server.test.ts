import type { FamilyId, RoomId } from "@sotto/domain";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  inviteAndJoin,
  noticesOf,
  now,
  openFirstRoom,
  openHouse,
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
import { reconnect, signInMeddled, untilAlarm } from "../support/meddling.ts";

let house: House;
let therapist: Someone;
let ben: FamilyMember;
let room: RoomId;

beforeAll(async () => {
  house = await openHouse();
  ({ ben, room, therapist } = await openFirstRoom(house));
  valueOf(await ben.client.actions.send({ room, text: "said before" }));
  await untilSaid(therapist.client, room, "said before");
});

afterAll(() => house.close());

test("T3: other bytes for an identity raise `identity-swapped`, and the room opens when the server tells the truth", async () => {
  const browser = await signInMeddled(house, ben, (device) =>
    device.meddle(/\/identities$/, async (ask) => {
      const answer = await ask();
      // The contract's shape, as the real server has just answered it.
      const { records } = (await answer.json()) as { records: { hash: string; bytes: string }[] };
      const [first] = records;
      const changed = first === undefined ? [] : [{ ...first, bytes: `AAAA${first.bytes.slice(4)}` }];
      return Response.json({ records: changed });
    }),
  );
  await untilAlarm(browser.client, "identity-swapped");
  expect(textsOf(roomNow(browser.client, room))).toEqual([]);
  browser.device.meddle(/\/identities$/, null);
  await reconnect(browser);
  await untilSaid(browser.client, room, "said before");
  await untilAlarm(browser.client, "identity-swapped");
});

test("T9: an older vault raises `vault-rolled-back`, and takes nothing from whoever holds a newer one", async () => {
  let first: string | null = null;
  const browser = await signInMeddled(house, ben, (device) =>
    device.meddle(/\/vault\/main$/, async (ask) => {
      const answer = await ask();
      first ??= await answer.clone().text();
      return answer;
    }),
  );
  await untilSaid(browser.client, room, "said before");
  // The vault moves on: a sheet is proved.
  const { code } = valueOf(await browser.client.actions.makeSheet());
  valueOf(await browser.client.actions.proveSheet(code));
  browser.device.meddle(/\/vault\/main$/, async (ask) => {
    const answer = await ask();
    const isRead = answer.ok && (await answer.clone().text()).includes("bytes");
    return isRead ? new Response(first) : answer;
  });
  await reconnect(browser);
  await untilAlarm(browser.client, "vault-rolled-back");
  expect(now(browser.client, "session").sheetProved).toBe(true);
  await browser.client.actions.lock();
  valueOf(await browser.client.actions.signIn(ben.way));
  expect(now(browser.client, "session").sheetProved).toBe(true);
  await untilAlarm(browser.client, "vault-rolled-back");
});

test("T6: an event that was altered raises `room-forked`; other rooms go on, and the room too when the truth comes", async () => {
  const altered = new RegExp(`/rooms/${room}/log$`);
  const family = await untilSaid(ben.client, room, "said before");
  expect(family.kind).toBe("family");
  const browser = await signInMeddled(house, ben, (device) =>
    device.meddle(altered, async (ask) => {
      const answer = await ask();
      // The contract's shape, as the real server has just answered it.
      const page = (await answer.json()) as { items: { bytes: string }[]; more: boolean };
      const [first, ...rest] = page.items;
      const items =
        first === undefined ? [] : [{ ...first, bytes: `${first.bytes.slice(0, -8)}AAAAAAAA` }, ...rest];
      return Response.json({ items, more: page.more });
    }),
  );
  await seen(browser.client, "alarms", (alarms) =>
    alarms.some((alarm) => alarm.kind === "room-forked" && alarm.room === room),
  );
  const [own] = await seen(browser.client, "rooms", (lines) => lines.some((line) => line.kind === "private"));
  if (own === undefined) throw new Error("a private room");
  valueOf(await browser.client.actions.send({ room: own.room, text: "my own room goes on" }));
  await untilSaid(therapist.client, own.room, "my own room goes on");
  browser.device.meddle(altered, null);
  await reconnect(browser);
  await untilSaid(browser.client, room, "said before");
  expect(now(browser.client, "alarms").map((alarm) => alarm.kind)).toEqual(["room-forked"]);
});

test("an event altered in the middle of a room: what was said before stays, and the rest comes with the truth", async () => {
  const family = now(therapist.client, "families").find((line) => line.name === "Rivera");
  if (family === undefined) throw new Error("the family");
  const title = "middle";
  const people = [ben.person];
  const middle = valueOf(await therapist.client.actions.openRoom({ family: family.family, people, title }));
  await until(ben.client, middle, (view) => view.title === title);
  valueOf(await ben.client.actions.send({ room: middle, text: "before" }));
  await untilSaid(therapist.client, middle, "before");
  const browser = await signInMeddled(house, ben, (device) =>
    device.meddle(new RegExp(`/rooms/${middle}/log$`), async (ask) => {
      const answer = await ask();
      // The contract's shape, as the real server has just answered it.
      const page = (await answer.json()) as {
        items: { bytes: string; kind: string; seq: number }[];
        more: boolean;
      };
      const items = page.items.map((item) =>
        item.kind === "event" && item.seq > 1
          ? { ...item, bytes: `${item.bytes.slice(0, -8)}AAAAAAAA` }
          : item,
      );
      return Response.json({ items, more: page.more });
    }),
  );
  await untilSaid(browser.client, middle, "before");
  // What comes live is not altered: this browser is away while it happens.
  await browser.client.close();
  valueOf(
    await therapist.client.actions.addToRoom({ room: middle, person: await thirdPerson(family.family) }),
  );
  valueOf(await therapist.client.actions.send({ room: middle, text: "after" }));
  await untilSaid(ben.client, middle, "after");
  const again = await house.open(browser.device);
  valueOf(await again.actions.signIn(ben.way));
  await seen(again, "alarms", (alarms) => alarms.some((alarm) => alarm.room === middle));
  // The alarm may be there before the room is.
  const shown = await until(again, middle, (view) => noticesOf(view).includes("unreadable"));
  expect(textsOf(shown)).toEqual(["before"]);
  browser.device.meddle(new RegExp(`/rooms/${middle}/log$`), null);
  await reconnect({ ...browser, client: again });
  const whole = await untilSaid(again, middle, "after");
  expect(textsOf(whole)).toEqual(["before", "after"]);
  expect(noticesOf(whole)).toEqual([]);
});

test("T7: a frame that is withheld leaves one notice, however many frames come after it", async () => {
  const { family } = await roomWhere(ben.client, (line) => line.kind === "family");
  if (family === null) throw new Error("a family");
  const wish = { family, people: [ben.person], title: "gap" };
  const gap = valueOf(await therapist.client.actions.openRoom(wish));
  await until(ben.client, gap, (view) => view.title === "gap");
  for (const text of ["first", "withheld"]) valueOf(await ben.client.actions.send({ room: gap, text }));
  await untilSaid(therapist.client, gap, "withheld");
  // Each of these says that its author has seen what is withheld.
  for (const text of ["third", "fourth", "fifth"]) {
    valueOf(await therapist.client.actions.send({ room: gap, text }));
  }
  await untilSaid(therapist.client, gap, "fifth");
  const log = new RegExp(`/rooms/${gap}/log$`);
  const browser = await signInMeddled(house, ben, (device) =>
    device.meddle(log, async (ask, url) => {
      const answer = await ask();
      // The contract's shape, as the real server has just answered it.
      const page = (await answer.json()) as { items: { kind: string; seq: number }[] };
      const frames = page.items.filter((item) => item.kind === "frame");
      const shown = page.items
        .filter((item) => item !== frames[1])
        .map((item, index) => ({ ...item, seq: index + 1 }));
      return Response.json({ items: url.searchParams.get("after") === "0" ? shown : [], more: false });
    }),
  );
  const view = await until(browser.client, gap, (now) => textsOf(now).includes("fifth"));
  expect(textsOf(view)).toEqual(["first", "third", "fourth", "fifth"]);
  expect(noticesOf(view)).toEqual(["gap"]);
});

async function thirdPerson(family: FamilyId) {
  const { person } = await inviteAndJoin(house, therapist, family, { name: "Cleo" });
  await seen(therapist.client, "rooms", (lines) =>
    lines.some((line) => line.kind === "private" && line.readers.some((reader) => reader.name === "Cleo")),
  );
  return person;
}
