/** Lies about what was said: replayed, left out, moved, or kept for later. What a person sees of each stands in tests/support/lies/rows.ts. */
import type { Client } from "@sotto/client";
import type { RoomId } from "@sotto/domain";
import { fromBase64Url, idToBytes, parseFrameHeader, toHex, type Bytes } from "@sotto/vault";
import { afterAll, beforeAll, expect } from "vitest";
import {
  now,
  roomNow,
  seen,
  statesOf,
  textsOf,
  until as untilView,
  untilGone,
  valueOf,
} from "../support/clients.ts";
import { lookInto } from "../support/database.ts";
import { attack } from "../support/lies/attack.ts";
import {
  accountOf,
  comeIn,
  elsewhere,
  isWholeAfter,
  lieToFresh,
  openCrowd,
  openRoomFor,
  roomInStore,
  say,
  secretsOf,
  type Crowd,
  type Soul,
} from "../support/lies/crowd.ts";
import { endLies, invented, saidIn, tell, type Lie } from "../support/lies/lie.ts";
import {
  again,
  altered,
  andThen,
  retold,
  shownAs,
  swapped,
  until,
  withByte,
  without,
} from "../support/lies/rooms.ts";
import { untilAsked } from "../support/meddling.ts";
import { breakInto, copyServer } from "../support/thief.ts";

let crowd: Crowd;
let room: RoomId;
const SAID = ["one", "two", "three", "four", "five"];

/** Ben says two things, Ada one; then Cleo is there for one more, and not for the last. */
beforeAll(async () => {
  crowd = await openCrowd();
  const { ada, ben, cleo } = crowd;
  room = await openRoomFor(crowd, "told otherwise", [ben]);
  for (const text of ["one", "two"]) await say(ben, room, text, [ada]);
  await say(ada, room, "three", [ben]);
  valueOf(await ada.client.actions.addToRoom({ room, person: cleo.person }));
  await untilView(ben.client, room, (view) => view.readers.length === 3);
  await say(ben, room, "four", [ada, cleo]);
  valueOf(await ada.client.actions.removeFromRoom({ room, account: accountOf(cleo) }));
  await untilGone(cleo.client, room);
  await untilView(ben.client, room, (view) => view.readers.length === 2);
  await say(ada, room, "five", [ben]);
}, 120_000);

afterAll(() => crowd.house.close());

const lieToBen = (lie: Lie, see: (browser: Soul) => Promise<void>) =>
  lieToFresh({ ...crowd.ben, house: crowd.house }, { room, said: SAID }, lie, see);

/** Exactly this is said in the room, whatever its order. */
const shows = (client: Client, of: RoomId, said: readonly string[]) =>
  untilView(client, of, (view) => textsOf(view).toSorted().join() === said.toSorted().join());

/** The frames of a room as whoever has the server's database finds them. */
async function framesIn(of: RoomId): Promise<readonly Bytes[]> {
  const rows = await lookInto<{ bytes: Buffer }>(
    crowd.house.database,
    "select bytes from room_item where room_id = $1 and kind = 'frame' order by seq",
    [of],
  );
  return rows.map(({ bytes }) => new Uint8Array(bytes));
}

/** Every frame that this device sends is noted. */
function noteFrames(device: Soul["device"], answer?: Response): readonly Bytes[] {
  const frames: Bytes[] = [];
  device.meddle(/\/frames$/, (ask, _url, asked) => {
    const { bytes } = saidIn(asked) as { readonly bytes: string };
    frames.push(fromBase64Url(bytes));
    return answer === undefined ? ask() : Promise.resolve(answer.clone());
  });
  return frames;
}

attack("message-replayed", async ({ notice }) => {
  await lieToBen(retold(room, again("frame", 0)), async ({ client }) => {
    await notice(client, room, "replay");
    await shows(client, room, SAID);
  });
});

attack("messages-reordered", async ({ notice }) => {
  await lieToBen(retold(room, swapped("frame", 0)), async ({ client }) => {
    await notice(client, room, "gap");
    await notice(client, room, "fork");
    await shows(client, room, SAID);
  });
});

attack("message-altered", async ({ notice }) => {
  await lieToBen(retold(room, altered("frame", 1, withByte(-1))), async ({ client }) => {
    await notice(client, room, "unreadable");
    await notice(client, room, "gap");
    await shows(
      client,
      room,
      SAID.filter((text) => text !== "two"),
    );
  });
});

attack("message-of-another-author", async ({ notice }) => {
  // What Ben wrote is shown as if Ada had.
  const authored = (bytes: Bytes) => {
    const changed = new Uint8Array(bytes);
    changed.set(idToBytes(accountOf(crowd.ada)), 62);
    return changed;
  };
  await lieToBen(retold(room, altered("frame", 1, authored)), async ({ client }) => {
    await notice(client, room, "unreadable");
    await notice(client, room, "gap");
  });
});

attack("message-of-another-room", async ({ notice }) => {
  const { ada, ben, room: family } = crowd;
  await say(ben, family, "for everybody", [ada]);
  const [foreign] = await framesIn(family);
  if (foreign === undefined) throw new Error("a frame of the family's room");
  await lieToBen(retold(room, andThen("frame", foreign)), async ({ client }) => {
    await notice(client, room, "unreadable");
    await shows(client, room, SAID);
  });
});

attack("newest-held-back", async ({ notice }) => {
  const { ada, ben, house } = crowd;
  const held = await openRoomFor(crowd, "held back", [ben]);
  await say(ben, held, "first", [ada]);
  await say(ben, held, "held back", [ada]);
  const browser = await elsewhere(house, ben, retold(held, until("frame", 1)));
  await untilView(browser.client, held, (view) => textsOf(view).length === 1);
  tell(browser.device, retold(held, without("frame", 1)));
  await say(ada, held, "third", [ben]);
  // Whatever is said next names what came before it.
  await notice(browser.client, held, "gap");
  await shows(browser.client, held, ["first", "third"]);
  endLies();
  await isWholeAfter(browser, { room: held, said: ["first", "held back", "third"] });
});

attack("message-taken-and-dropped", async ({ words }) => {
  const { ada, ben, house } = crowd;
  const own = await openRoomFor(crowd, "taken", [ben]);
  const browser = await elsewhere(house, ben);
  await untilView(browser.client, own, () => true);
  const end = tell(
    browser.device,
    invented(/\/frames$/, () => ({ seq: 9, at: 9 })),
  );
  valueOf(await browser.client.actions.send({ room: own, text: "is it there?" }));
  await untilAsked(browser.device, (asked) => asked.filter((one) => one.endsWith("/frames")).length > 1);
  words("room.waiting", statesOf(roomNow(browser.client, own)).join() === "waiting");
  end();
  await isWholeAfter(browser, { room: own, said: ["is it there?"] });
  await untilView(ada.client, own, (view) => textsOf(view).includes("is it there?"));
});

attack("removed-member-is-shown-the-room", async () => {
  const { cleo, house } = crowd;
  // As Ben sees it from Cleo's coming in on, without her going.
  const shown = await elsewhere(house, cleo, shownAs(room, await itemsFor(cleo)));
  await untilAsked(shown.device, (asked) => asked.some((one) => one.includes(`/rooms/${room}/log`)));
  await untilView(shown.client, room, (view) => view.entries.length > 2);
  expect(textsOf(roomNow(shown.client, room))).toEqual(["four"]);
  await shown.client.close();
});

/** Everything in the room from when somebody came in, but the event that took them out. */
async function itemsFor(who: Soul) {
  const rows = await lookInto<{ kind: "event" | "frame"; bytes: Buffer }>(
    crowd.house.database,
    "select kind, bytes from room_item where room_id = $1 order by seq",
    [room],
  );
  const { events } = await roomInStore(crowd.house, room);
  const [, comesIn, goes] = events;
  if (comesIn === undefined || goes === undefined) throw new Error(`${who.name} came and went`);
  const start = rows.findIndex(({ bytes }) => bytes.equals(comesIn));
  return rows
    .slice(start)
    .filter(({ bytes }) => !bytes.equals(goes))
    .map(({ bytes, kind }) => ({ kind, bytes: new Uint8Array(bytes) }));
}

attack("joiner-is-shown-the-past", async ({ alarm }) => {
  const { ada, cleo, house } = crowd;
  const later = await openRoomFor(crowd, "later", [crowd.ben]);
  await say(crowd.ben, later, "before Cleo", [ada]);
  valueOf(await ada.client.actions.addToRoom({ room: later, person: cleo.person }));
  await untilView(cleo.client, later, () => true);
  const rows = await lookInto<{ kind: "event" | "frame"; bytes: Buffer }>(
    house.database,
    "select kind, bytes from room_item where room_id = $1 order by seq",
    [later],
  );
  const all = rows.map(({ bytes, kind }) => ({ kind, bytes: new Uint8Array(bytes) }));
  const browser = await elsewhere(house, cleo, shownAs(later, all));
  await alarm(browser.client, "room-forked");
  expect(textsOf(roomNow(browser.client, later))).toEqual([]);
  await browser.client.close();
});

const textOf = (said: readonly Buffer[]): string => Buffer.concat(said).toString("utf8");
const keysOf = async (who: Soul) => ({
  sealing: (await secretsOf(crowd.house, who)).flatMap(({ kemPrivate }) =>
    kemPrivate === null ? [] : [kemPrivate],
  ),
  seeds: [],
});

attack("database-and-removed-member", async () => {
  const { cleo, house } = crowd;
  const read = textOf((await breakInto(await copyServer(house), room, await keysOf(cleo))).said);
  expect(SAID.filter((text) => read.includes(text))).toEqual(["four"]);
});

attack("database-and-other-room", async () => {
  const { ada, family, house } = crowd;
  const dan = await comeIn(house, ada, family, { name: "Dan", inTreatment: false, role: "collateral" });
  const read = await breakInto(await copyServer(house), room, await keysOf(dan));
  expect(read).toEqual({ epochs: [], said: [] });
});

attack("sizes-of-words", async () => {
  const { ben, house } = crowd;
  const sizes = await openRoomFor(crowd, "sizes", [ben]);
  const browser = await elsewhere(house, ben);
  await untilView(browser.client, sizes, () => true);
  const frames = noteFrames(browser.device);
  for (const text of ["no", "I do not know how to say this to her face to face."]) {
    await say(browser, sizes, text);
  }
  expect(frames.length).toBeGreaterThan(1);
  expect([...new Set(frames.map(({ length }) => length))]).toEqual([1024]);
  await browser.client.close();
});

attack("sealed-again", async () => {
  const { ben, house } = crowd;
  const sealed = await openRoomFor(crowd, "sealed again", [ben]);
  const browser = await elsewhere(house, ben);
  await untilView(browser.client, sealed, () => true);
  // Each time the server takes it and does not have it, it is sealed anew.
  const frames = noteFrames(browser.device, Response.json({ seq: 9, at: 9 }));
  valueOf(await browser.client.actions.send({ room: sealed, text: "once more" }));
  await untilAsked(browser.device, (asked) => asked.filter((one) => one.endsWith("/frames")).length > 3);
  await browser.client.actions.lock();
  const salts = frames.map((bytes) => toHex(parseFrameHeader(bytes).salt));
  expect(salts.length).toBeGreaterThan(3);
  expect(new Set(salts).size).toBe(salts.length);
  expect(new Set(frames.map((bytes) => parseFrameHeader(bytes).id)).size).toBe(1);
  await browser.client.close();
});

attack("two-browsers-rolled-back", async () => {
  const { ada, ben, house } = crowd;
  const both = await openRoomFor(crowd, "two browsers", [ben]);
  await say(ben, both, "from the first", [ada]);
  // The second browser is shown the room as it was before: it would write the same number again, were numbers all there is.
  const second = await elsewhere(house, ben, retold(both, until("frame", 0)));
  await untilView(second.client, both, () => true);
  valueOf(await second.client.actions.send({ room: both, text: "from the second" }));
  await untilView(ada.client, both, (view) => textsOf(view).includes("from the second"));
  await say(ben, both, "from the first again", [ada]);
  const salts = (await framesIn(both)).map((bytes) => toHex(parseFrameHeader(bytes).salt));
  expect(salts.length).toBe(3);
  expect(new Set(salts).size).toBe(3);
  expect(now(ada.client, "alarms")).toEqual([]);
  await second.client.close();
  await seen(ben.client, "session", ({ online }) => online);
});
