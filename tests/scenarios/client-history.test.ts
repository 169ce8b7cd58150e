import type { FamilyId, RoomId } from "@sotto/domain";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  inviteAndJoin,
  noticesOf,
  now,
  openHouse,
  openPractice,
  refusalOf,
  roomNow,
  roomWhere,
  seen,
  signInElsewhere,
  textsOf,
  until,
  untilGone,
  untilSaid,
  valueOf,
  type FamilyMember,
  type House,
  type Someone,
} from "../support/clients.ts";
import { lookInto } from "../support/database.ts";
import { reconnect, untilAlarm } from "../support/meddling.ts";

let house: House;
let therapist: Someone;
let ben: FamilyMember;
let cleo: FamilyMember;
let dan: FamilyMember;
let family: FamilyId;

beforeAll(async () => {
  house = await openHouse();
  therapist = await openPractice(house);
  family = valueOf(await therapist.client.actions.createFamily({ name: "Rivera" }));
  [ben, cleo, dan] = [
    await inviteAndJoin(house, therapist, family, { name: "Ben" }),
    await inviteAndJoin(house, therapist, family, { name: "Cleo" }),
    await inviteAndJoin(house, therapist, family, { name: "Dan" }),
  ];
  for (const { client } of [ben, cleo, dan]) await roomWhere(client, (line) => line.kind === "private");
}, 60_000);

afterAll(() => house.close());

const say = async (who: Someone, room: RoomId, text: string) => {
  valueOf(await who.client.actions.send({ room, text }));
  await untilSaid(therapist.client, room, text);
};

/** A room in which things were said in three epochs: by Ben, by Ben and the therapist, and with Dan there. */
const openOldRoom = async (title: string): Promise<RoomId> => {
  const { actions } = therapist.client;
  const room = valueOf(await actions.openRoom({ family, people: [ben.person], title }));
  await roomWhere(ben.client, (line) => line.room === room);
  await say(ben, room, "the first day");
  valueOf(await actions.addToRoom({ room, person: dan.person }));
  // Who says something before they know of Dan is asked whether it is for him, too.
  for (const { client } of [ben, dan])
    await roomWhere(client, (line) => line.room === room && line.readers.length === 3);
  await say(ben, room, "the second day");
  await say(therapist, room, "an answer");
  await say(dan, room, "with Dan");
  return room;
};

const choices = async (room: RoomId, who: Someone | null = null) => {
  const account = who === null ? null : now(who.client, "session").account;
  return valueOf(await therapist.client.actions.historyChoices({ room, account }));
};

const add = async (room: RoomId, who: FamilyMember, from: number | null = null) =>
  valueOf(await therapist.client.actions.addToRoom({ room, person: who.person, from }));

const ALL = ["the first day", "the second day", "an answer", "with Dan"];

describe("adding somebody", () => {
  test("gives nothing of the past unless it was chosen (T12)", async () => {
    const room = await openOldRoom("nothing");
    await add(room, cleo);
    await say(therapist, room, "with Cleo");
    const view = await untilSaid(cleo.client, room, "with Cleo");
    expect(textsOf(view)).toEqual(["with Cleo"]);
    expect(view.entries[0]).toMatchObject({ change: "joined-here" });
  });

  test("says whose words they would read, from each place where the keys changed", async () => {
    const room = await openOldRoom("choices");
    expect(await choices(room)).toMatchObject([
      { from: 1, isStart: false, messages: 3, authors: ["Ben", "Ada", "Dan"] },
      { from: 0, isStart: true, messages: 4, authors: ["Ben", "Ada", "Dan"] },
    ]);
    expect(await choices(room, dan)).toMatchObject([{ from: 0, messages: 1, authors: ["Ben"] }]);
    expect(await choices(room, ben)).toEqual([]);
  });

  test("with the past from one day on: in its place, in order, for everybody to see, on every browser of theirs", async () => {
    const room = await openOldRoom("from a day");
    await add(room, cleo, 1);
    await say(therapist, room, "with Cleo");
    const view = await untilSaid(cleo.client, room, "an answer");
    expect(textsOf(view).slice(0, 3)).toEqual(ALL.slice(1));
    await untilSaid(cleo.client, room, "with Cleo");
    expect(textsOf(roomNow(cleo.client, room))).toEqual([...ALL.slice(1), "with Cleo"]);
    expect(noticesOf(roomNow(cleo.client, room))).toEqual([]);
    expect(roomNow(cleo.client, room)?.unread).toBe(1);
    const other = await signInElsewhere(house, cleo);
    await untilSaid(other.client, room, "an answer");
    expect(textsOf(roomNow(other.client, room))).toEqual([...ALL.slice(1), "with Cleo"]);
    for (const { client } of [therapist, ben, dan, cleo]) {
      const line = roomNow(client, room)?.entries.find((entry) => entry.kind === "granted");
      expect(line).toMatchObject({ by: { name: "Ada" }, to: { name: "Cleo" }, isAll: false });
      expect(line?.kind === "granted" && line.from).not.toBeNull();
    }
    // What is kept on the device opens without the server.
    await cleo.client.close();
    cleo.device.cut();
    const again = await house.open(cleo.device);
    cleo.device.mend();
    valueOf(await again.actions.signIn(cleo.way));
    await untilSaid(again, room, "an answer");
    cleo = { ...cleo, client: again };
  });

  test("later, wider, and then from the start: nothing is read twice", async () => {
    const room = await openOldRoom("later");
    await add(room, cleo);
    await say(cleo, room, "Cleo is here");
    const account = accountOf(cleo);
    for (const from of [1, 0]) {
      valueOf(await therapist.client.actions.grantHistory({ room, account, from }));
      await until(cleo.client, room, (view) => textsOf(view).length === 5 - from);
    }
    expect(textsOf(roomNow(cleo.client, room))).toEqual([...ALL, "Cleo is here"]);
    expect(noticesOf(roomNow(cleo.client, room))).toEqual([]);
    expect(await choices(room, cleo)).toEqual([]);
    await say(cleo, room, "and goes on");
    expect(now(cleo.client, "alarms")).toEqual([]);
  });

  test("who was let read and is removed reads nothing; added again, nothing of the past comes back", async () => {
    const room = await openOldRoom("removed");
    await add(room, cleo, 0);
    await untilSaid(cleo.client, room, "the first day");
    const account = accountOf(cleo);
    valueOf(await therapist.client.actions.removeFromRoom({ room, account }));
    await untilGone(cleo.client, room);
    expect([...cleo.device.store.values.keys()].filter((key) => key.includes(room))).toEqual([]);
    await add(room, cleo);
    await say(therapist, room, "back");
    expect(textsOf(await untilSaid(cleo.client, room, "back"))).toEqual(["back"]);
    expect(now(cleo.client, "alarms")).toEqual([]);
  });

  test("only a keeper gives, and only to somebody who is there", async () => {
    const room = await openOldRoom("rights");
    const [mine, theirs] = [ben, cleo].map((who) => now(who.client, "session").account);
    if (mine === null || mine === undefined || theirs === null || theirs === undefined)
      throw new Error("accounts");
    const give = (who: Someone, account: typeof mine) =>
      who.client.actions.grantHistory({ room, account, from: 0 });
    expect(refusalOf(await give(dan, mine))).toBe("not-a-keeper");
    expect(refusalOf(await give(therapist, theirs))).toBe("not-here");
  });
});

describe("a server that lies about the past", () => {
  const history = (room: RoomId) => new RegExp(`/rooms/${room}/history$`);
  type Page = { items: { seq: number; kind: string; bytes: string; at: number }[]; more: boolean };

  test("an altered, a shortened or another past is refused with an alarm, and the room goes on without it", async () => {
    const lies: readonly ((page: Page) => Page)[] = [
      ({ items, more }) => ({
        items: items.map((item) =>
          item.kind === "event" ? { ...item, bytes: `${item.bytes.slice(0, -8)}AAAAAAAA` } : item,
        ),
        more,
      }),
      () => ({ items: [], more: false }),
      ({ items }) => ({
        items: items.slice(1).map((item, index) => ({ ...item, seq: index + 1 })),
        more: false,
      }),
    ];
    for (const [index, lie] of lies.entries()) {
      const room = await openOldRoom(`lie ${index}`);
      cleo.device.meddle(history(room), async (ask) => {
        const answer = await ask();
        // The contract's shape, as the real server has just answered it.
        return Response.json(lie((await answer.json()) as Page));
      });
      await add(room, cleo, 0);
      await seen(cleo.client, "alarms", (alarms) => alarms.some((alarm) => alarm.room === room));
      await say(therapist, room, "goes on");
      expect(textsOf(await untilSaid(cleo.client, room, "goes on"))).toEqual(["goes on"]);
      cleo.device.meddle(history(room), null);
      await reconnect(cleo);
      await untilSaid(cleo.client, room, "the first day");
    }
    await untilAlarm(cleo.client, "room-forked");
  });

  test("messages of the past that are held back leave a notice", async () => {
    const room = await openOldRoom("withheld");
    cleo.device.meddle(history(room), async (ask) => {
      const answer = await ask();
      // The contract's shape, as the real server has just answered it.
      const page = (await answer.json()) as Page;
      const gone = page.items.findIndex((item) => item.kind === "frame");
      const items = page.items
        .filter((_, index) => index !== gone)
        .map((item, index) => ({ ...item, seq: index + 1 }));
      return Response.json({ items, more: page.more });
    });
    await add(room, cleo, 0);
    await untilSaid(cleo.client, room, "the second day");
    expect(noticesOf(roomNow(cleo.client, room))).toEqual(["gap"]);
    cleo.device.meddle(history(room), null);
  });

  test("more than was given has no keys: what the server adds before it is refused", async () => {
    const room = await openOldRoom("wider");
    // Whoever has the database has everything that was stored.
    const [first] = await lookInto<{ bytes: Buffer }>(
      house.database,
      "select bytes from room_item where room_id = $1 order by seq limit 1",
      [room],
    );
    if (first === undefined) throw new Error("the first event");
    const wider = { seq: 1, kind: "event", bytes: first.bytes.toString("base64url"), at: 1 };
    cleo.device.meddle(history(room), async (ask) => {
      const answer = await ask();
      // The contract's shape, as the real server has just answered it.
      const page = (await answer.json()) as Page;
      const items = [wider, ...page.items].map((item, index) => ({ ...item, seq: index + 1 }));
      return Response.json({ items, more: false });
    });
    await add(room, cleo, 1);
    await seen(cleo.client, "alarms", (alarms) => alarms.some((alarm) => alarm.room === room));
    expect(textsOf(roomNow(cleo.client, room))).not.toContain("the first day");
    cleo.device.meddle(history(room), null);
  });

  test("a grant to another, turned to somebody who was given nothing, does not stand", async () => {
    const room = await openOldRoom("altered grant");
    await add(room, cleo);
    await roomWhere(cleo.client, (line) => line.room === room);
    const [to, toAnother] = [accountOf(cleo), accountOf(dan)];
    await cleo.client.close();
    valueOf(await therapist.client.actions.grantHistory({ room, account: accountOf(dan), from: 0 }));
    await untilSaid(dan.client, room, "the first day");
    const raw = (id: string) => Buffer.from(id.replaceAll("-", ""), "hex");
    cleo.device.meddle(new RegExp(`/rooms/${room}/log$`), async (ask) => {
      const answer = await ask();
      // The contract's shape, as the real server has just answered it.
      const page = (await answer.json()) as Page;
      const items = page.items.map((item) => {
        const bytes = Buffer.from(item.bytes, "base64url");
        if (bytes.subarray(1, 11).toString() !== "fam/room/3") return item;
        // The account stands in the roster first, then in the grant.
        raw(to).copy(bytes, bytes.lastIndexOf(raw(toAnother)));
        return { ...item, bytes: bytes.toString("base64url") };
      });
      return Response.json({ items, more: page.more });
    });
    const again = await house.open(cleo.device);
    valueOf(await again.actions.signIn(cleo.way));
    await seen(again, "alarms", (alarms) => alarms.some((alarm) => alarm.room === room));
    expect(textsOf(roomNow(again, room))).toEqual([]);
    cleo.device.meddle(new RegExp(`/rooms/${room}/log$`), null);
    cleo = { ...cleo, client: again };
  });
});

const accountOf = (who: Someone) => {
  const { account } = now(who.client, "session");
  if (account === null) throw new Error("nobody is in");
  return account;
};
