/** A keeper ends a room: everybody's devices follow it to its end and let go of it, and a server that only says so takes nothing away. */
import { endRoomAlone } from "@sotto/client/unsafe-ending";
import { randomBytes } from "node:crypto";
import type { Client } from "@sotto/client";
import type { FamilyId, RoomId } from "@sotto/domain";
import { verifyDatabase } from "@sotto/server/copy";
import { idToBytes } from "@sotto/vault";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  inviteAndJoin,
  now,
  openFirstRoom,
  openHouse,
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
  anotherDevice,
} from "../support/clients.ts";
import { lookInto } from "../support/database.ts";
import { reconnect, signInMeddled, untilAlarm, untilAsked } from "../support/meddling.ts";
import { makeMemoryStore } from "../support/node-ports.ts";

const HOUR_MS = 3_600_000;
const TITLES = ["live", "away", "cut off", "truncated", "unsigned", "empty word", "again", "open"] as const;
type Title = (typeof TITLES)[number];

let house: House;
let therapist: Someone;
let family: FamilyId;
let ben: FamilyMember;
let ana: FamilyMember;
let first: RoomId;
const rooms = new Map<Title, RoomId>();

/** Answers of the contract, as the real server has just given them. */
interface Listed {
  readonly rooms: readonly { readonly room: string; readonly ended: boolean }[];
}
interface Shown {
  readonly items: readonly {
    readonly seq: number;
    readonly kind: string;
    readonly bytes: string;
    readonly at: number;
  }[];
  readonly more: boolean;
}

const LIST = /\/v1\/rooms$/;
const endingPath = (room: RoomId) => new RegExp(`/rooms/${room}/ending$`);
const logPath = (room: RoomId) => new RegExp(`/rooms/${room}/log$`);

/** How one room came to its end, as the server shows it. */
let liveEnding: Shown = { items: [], more: false };

const roomOf = (title: Title): RoomId => {
  const room = rooms.get(title);
  if (room === undefined) throw new Error("a room that was made");
  return room;
};

const sendFile = (who: Someone, room: RoomId) =>
  who.client.actions.sendFile({
    room,
    source: new Blob([new Uint8Array(randomBytes(20_000))]),
    name: "plan.bin",
    type: "application/octet-stream",
    picture: null,
    durationMs: null,
    preview: null,
  });

beforeAll(async () => {
  house = await openHouse();
  const devices = { member: house.newDevice({ idleLockAfterMs: HOUR_MS }) };
  ({ ben, family, room: first, therapist } = await openFirstRoom(house, devices));
  ana = await inviteAndJoin(house, therapist, family, { name: "Ana" });
  await roomWhere(ana.client, ({ room }) => room === first);
  const people = [ben.person, ana.person];
  for (const title of TITLES) {
    const room = valueOf(await therapist.client.actions.openRoom({ family, people, title }));
    rooms.set(title, room);
    await roomWhere(ben.client, (line) => line.room === room);
    valueOf(await ben.client.actions.send({ room, text: `words in ${title}` }));
    await untilSaid(ana.client, room, `words in ${title}`);
  }
  // What one room can have on a device, while it could still be written in.
  const live = roomOf("live");
  const file = valueOf(await sendFile(ben, live));
  await until(ana.client, live, ({ entries }) => entries.some((line) => line.kind === "file"));
  valueOf(await ana.client.actions.openFile({ room: live, entry: file }));
  ben.device.cut();
  await seen(ben.client, "session", ({ online }) => !online);
  valueOf(await ben.client.actions.send({ room: live, text: "written on the train" }));
  valueOf(await sendFile(ben, live));
  await ben.client.actions.saveDraft({ room: live, text: "half a thought" });
  await ben.client.actions.markRead(live);
  valueOf(await therapist.client.actions.closeFamily({ family }));
  await untilAllClosed(therapist.client);
  ben.device.mend();
  await untilAllClosed(ben.client);
  await untilAllClosed(ana.client);
  valueOf(await ana.client.actions.markSecondLook({ room: live, isOn: true }));
  await roomWhere(ana.client, ({ room, secondLook }) => room === live && secondLook !== "none");
}, 180_000);

afterAll(() => house.close());

const untilAllClosed = (client: Client) =>
  seen(client, "rooms", (lines) =>
    lines.every(({ closed, kind }) => closed || kind === "team" || kind === "practice"),
  );

const end = async (room: RoomId): Promise<void> => {
  valueOf(await endRoomAlone(therapist.client, room));
};

/** What a device keeps that is of this room, or of things that wait to go out. */
const traces = ({ device }: Someone, room: RoomId): readonly string[] =>
  [...device.store.values]
    .filter(
      ([key, value]) =>
        [room, "/outbox/", "/upload", "/file/", "/draft/", "/reply/"].some((part) => key.includes(part)) ||
        (key.endsWith("/newest-rooms") && Buffer.from(value).includes(Buffer.from(idToBytes(room)))),
    )
    .map(([key]) => key);

const alarmsOf = (client: Client) => now(client, "alarms").map(({ kind, room }) => ({ kind, room }));

test("live: it is gone for everybody at once, with the draft, what waited to be sent, the files and what a search finds", async () => {
  const room = roomOf("live");
  const other = await signInElsewhere(house, ben);
  await roomWhere(other.client, (line) => line.room === room);
  expect(valueOf(await ben.client.actions.search({ query: "words in live" })).hits).toHaveLength(1);
  expect(traces(ana, room).some((key) => key.includes("/file/"))).toBe(true);
  const before = traces(ben, room).map((key) => key.split("/")[2]);
  expect(new Set(before)).toEqual(
    new Set(["room", "newest-rooms", "draft", "read", "outbox", "upload", "upload-chunk", "file"]),
  );
  ana.device.meddle(endingPath(room), async (ask) => {
    const answer = await ask();
    liveEnding = (await answer.clone().json()) as Shown;
    return answer;
  });
  await end(room);
  for (const who of [therapist, ben, ana, other]) {
    await untilGone(who.client, room);
    const [line] = await seen(who.client, "ended", (ended) => ended.length === 1);
    expect(line).toMatchObject({ room, by: "Ada" });
    expect(roomNow(who.client, room)).toBeNull();
    await expect.poll(() => traces(who, room)).toEqual([]);
    expect(alarmsOf(who.client)).toEqual([]);
  }
  for (const who of [ben, ana])
    expect(valueOf(await who.client.actions.search({ query: "words in live" })).hits).toEqual([]);
  // Nothing is written of it any more, whoever still has it on the screen.
  await ben.client.actions.saveDraft({ room, text: "too late" });
  expect(refusalOf(await ben.client.actions.send({ room, text: "too late" }))).toBe("not-here");
  expect(traces(ben, room)).toEqual([]);
  const left = await lookInto(house.database, "select kind from room_item where room_id = $1 order by seq", [
    room,
  ]);
  expect(left).toEqual([{ kind: "husk" }, { kind: "husk" }, { kind: "event" }]);
  expect(await verifyDatabase(house.database.appUrl)).toMatchObject({ findings: [] });
});

test("only its keeper ends a room, only a closed one, and again changes nothing", async () => {
  const room = roomOf("open");
  expect(refusalOf(await endRoomAlone(ben.client, room))).toBe("not-a-keeper");
  expect(await endRoomAlone(therapist.client, roomOf("live"))).toMatchObject({ kind: "done" });
  const team = now(therapist.client, "rooms").find(({ kind }) => kind === "team");
  expect(refusalOf(await endRoomAlone(therapist.client, team?.room ?? room))).toBe("room-open");
  const nowhere = crypto.randomUUID() as string as RoomId;
  expect(refusalOf(await endRoomAlone(therapist.client, nowhere))).toBe("not-here");
  await until(ben.client, room, ({ closed }) => closed);
});

test("whoever was away follows it to its end when they come back, and a new device never sees the room", async () => {
  const room = roomOf("away");
  ana.device.cut();
  await seen(ana.client, "session", ({ online }) => !online);
  await end(room);
  expect(textsOf(roomNow(ana.client, room))).toEqual(["words in away"]);
  ana.device.mend();
  await untilGone(ana.client, room);
  await expect.poll(() => traces(ana, room)).toEqual([]);
  for (const who of [therapist, ben, ana]) {
    const fresh = await signInElsewhere(house, who);
    await seen(fresh.client, "ended", (lines) =>
      lines.some((line) => line.room === room && line.by === "Ada"),
    );
    await seen(fresh.client, "session", ({ inStep }) => inStep);
    expect(now(fresh.client, "rooms").some((line) => line.room === room)).toBe(false);
    expect([alarmsOf(fresh.client), traces(fresh, room)]).toEqual([[], []]);
  }
});

test("a device that was cut off in the midst of letting go lets go of the rest at its next start", async () => {
  const room = roomOf("cut off");
  // The device as it was before, with what the vault says now: its program ended between the two.
  const store = makeMemoryStore();
  const held = [...ben.device.store.values].filter(([key]) => key.includes(`/room/${room}/`));
  await end(room);
  await untilGone(ben.client, room);
  await expect.poll(() => traces(ben, room)).toEqual([]);
  await ben.client.close();
  await store.write([...ben.device.store.values, ...held].map(([key, value]) => ({ key, value })));
  const device = anotherDevice(house, ben, { store });
  const client = await house.open(device);
  valueOf(await client.actions.signIn(ben.way));
  await untilGone(client, room);
  await seen(client, "ended", (lines) => lines.some((line) => line.room === room));
  await expect.poll(() => [...store.values.keys()].filter((key) => key.includes(room))).toEqual([]);
  expect(alarmsOf(client)).toEqual([]);
  ben = { ...ben, client: await house.open(ben.device) };
  await seen(ben.client, "session", ({ state }) => state === "unlocked");
});

/** The list of rooms says this of one of them. */
const listAs = ({ device }: Someone, room: RoomId, ended: boolean | null): void =>
  device.meddle(
    LIST,
    ended === null
      ? null
      : async (ask) => {
          const { rooms: lines } = (await (await ask()).json()) as Listed;
          return Response.json({
            rooms: lines.map((line) => (line.room === room ? { ...line, ended } : line)),
          });
        },
  );

/** The browser has read how a room ended since it was last back, and has judged it: what it does after its rooms it has begun. */
const untilLookedInto = async ({ device }: Someone, room: RoomId): Promise<void> => {
  const since = device.asked.lastIndexOf("GET /v1/rooms");
  await untilAsked(device, (asked) => {
    const [read, next] = [asked.findIndex((line, at) => at >= since && endingAsked(line, room)), since];
    return read >= next && asked.some((line, at) => at > read && line === "GET /v1/log/checkpoint");
  });
};
const endingAsked = (line: string, room: RoomId): boolean => line.includes(`/rooms/${room}/ending`);

/** What a browser has of a room, and what it says of it. */
const heldOf = (who: Someone, room: RoomId) => ({
  alarms: alarmsOf(who.client),
  texts: textsOf(roomNow(who.client, room)),
  hasEnded: now(who.client, "ended").some((line) => line.room === room),
  isOnDevice: traces(who, room).some((key) => key.includes("/room/")),
});
const allKept = (room: RoomId, text: string) => ({
  alarms: [{ kind: "room-forked", room }],
  texts: [text],
  hasEnded: false,
  isOnDevice: true,
});

test("T6: a server that leaves a step out on the way to an end raises `room-forked`, and nothing is let go of before the truth comes", async () => {
  const room = roomOf("truncated");
  const browser = await signInMeddled(house, ana, ({ meddle }) =>
    meddle(endingPath(room), async (ask) => {
      const { items, more } = (await (await ask()).json()) as Shown;
      return Response.json({ items: items.filter((_, index) => index !== items.length - 2), more });
    }),
  );
  await untilSaid(browser.client, room, "words in truncated");
  // More happens than this browser has seen: what it holds does not lead to the end by itself.
  browser.device.cut();
  await seen(browser.client, "session", ({ online }) => !online);
  const { actions } = therapist.client;
  valueOf(await actions.reopenFamily({ family }));
  await seen(therapist.client, "rooms", (lines) => lines.every(({ closed }) => !closed));
  valueOf(await actions.closeFamily({ family }));
  await untilAllClosed(therapist.client);
  await end(room);
  browser.device.mend();
  await untilAlarm(browser.client, "room-forked");
  // Another device of hers was told the truth, and its word is not enough to give up what this one has open.
  await seen(browser.client, "ended", (lines) => lines.some((line) => line.room === room));
  expect(heldOf(browser, room)).toEqual({ ...allKept(room, "words in truncated"), hasEnded: true });
  browser.device.meddle(endingPath(room), null);
  await reconnect(browser);
  await untilGone(browser.client, room);
  await expect.poll(() => traces(browser, room)).toEqual([]);
});

test("T5: an end that no keeper signed raises `room-forked`, and takes nothing away", async () => {
  const room = roomOf("unsigned");
  const other = roomOf("live");
  const browser = await signInMeddled(house, ana, () => undefined);
  await untilSaid(browser.client, room, "words in unsigned");
  // The end of another room, signed by the keeper, in place of one of this room; then with this room's name written over it.
  const { items } = liveEnding;
  let isNamedAnew = false;
  browser.device.meddle(endingPath(room), async () => {
    const shown = items.map((item) => {
      const bytes = Buffer.from(item.bytes, "base64url");
      const id = Buffer.from(room.replaceAll("-", ""), "hex");
      const at = bytes.indexOf(Buffer.from(other.replaceAll("-", ""), "hex"));
      if (isNamedAnew) id.copy(bytes, at);
      return { ...item, bytes: bytes.toString("base64url") };
    });
    return Response.json({ items: shown, more: false });
  });
  listAs(browser, room, true);
  browser.device.meddle(logPath(room), async () => Response.json({ refusal: "room-ended" }, { status: 409 }));
  for (isNamedAnew of [false, true]) {
    await reconnect(browser);
    await untilLookedInto(browser, room);
    await untilAlarm(browser.client, "room-forked");
    expect(heldOf(browser, room)).toEqual(allKept(room, "words in unsigned"));
  }
});

test("T6: the mere word that a room has ended takes nothing away", async () => {
  const room = roomOf("empty word");
  const browser = await signInMeddled(house, ana, () => undefined);
  await untilSaid(browser.client, room, "words in empty word");
  listAs(browser, room, true);
  await reconnect(browser);
  await untilAlarm(browser.client, "room-forked");
  expect(heldOf(browser, room)).toEqual(allKept(room, "words in empty word"));
});

test("T6: a server that shows a room again that has ended raises `room-forked`, on a device that never had it too", async () => {
  const room = roomOf("again");
  let log = "";
  const browser = await signInMeddled(house, ana, ({ meddle }) =>
    meddle(logPath(room), async (ask) => {
      const answer = await ask();
      if (log === "") log = await answer.clone().text();
      return answer;
    }),
  );
  await untilSaid(browser.client, room, "words in again");
  await end(room);
  await untilGone(browser.client, room);
  const lie = (who: Someone) => {
    listAs(who, room, false);
    who.device.meddle(logPath(room), async () => new Response(log));
    who.device.meddle(endingPath(room), async () => Response.json({ refusal: "not-here" }, { status: 404 }));
  };
  lie(browser);
  await reconnect(browser);
  await untilAlarm(browser.client, "room-forked");
  const fresh = await signInMeddled(house, ana, (device) => lie({ ...ana, device }));
  await untilAlarm(fresh.client, "room-forked");
  for (const { client } of [browser, fresh]) {
    expect(now(client, "rooms").some((line) => line.room === room)).toBe(false);
    expect(now(client, "ended").some((line) => line.room === room)).toBe(true);
  }
});
