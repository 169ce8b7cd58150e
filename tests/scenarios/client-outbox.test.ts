import type { RoomId } from "@sotto/domain";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  isAllSent,
  makeGate,
  noticesOf,
  openFirstRoom,
  openHouse,
  roomNow,
  roomWhere,
  seen,
  statesOf,
  textsOf,
  until,
  untilSaid,
  valueOf,
  type FamilyMember,
  type House,
  type Someone,
} from "../support/clients.ts";

const HOUR_MS = 3_600_000;

let house: House;
let therapist: Someone;
let ben: FamilyMember;
let room: RoomId;

// One family for all stories of this file: each says texts of its own.
beforeAll(async () => {
  house = await openHouse();
  const devices = { member: house.newDevice({ idleLockAfterMs: HOUR_MS }) };
  ({ ben, room, therapist } = await openFirstRoom(house, devices));
});

afterAll(() => house.close());

/** What the therapist's client reads of Ben's texts that start so. */
const heard = (start: string): readonly string[] =>
  textsOf(roomNow(therapist.client, room)).filter((text) => text.startsWith(start));

const say = async (text: string): Promise<void> => {
  valueOf(await ben.client.actions.send({ room, text }));
};

/** Ben's client ends as a process does, and a new one starts on what the device holds. */
async function restartBen(): Promise<void> {
  await ben.client.close();
  ben = { ...ben, client: await house.open(ben.device) };
}

test("what is written offline waits, and is sent later in its order and exactly once", async () => {
  ben.device.cut();
  await seen(ben.client, "session", (session) => !session.online);
  for (const text of ["offline 1", "offline 2", "offline 3"]) await say(text);
  const waiting = await until(ben.client, room, (view) => textsOf(view).includes("offline 3"));
  expect(textsOf(waiting).slice(-3)).toEqual(["offline 1", "offline 2", "offline 3"]);
  expect(statesOf(waiting).slice(-3)).toEqual(["waiting", "waiting", "waiting"]);
  ben.device.mend();
  await until(ben.client, room, isAllSent);
  await untilSaid(therapist.client, room, "offline 3");
  expect(heard("offline")).toEqual(["offline 1", "offline 2", "offline 3"]);
});

test("what was written offline outlives the client, and is sent by the next one on the device", async () => {
  ben.device.cut();
  for (const text of ["durable 1", "durable 2"]) await say(text);
  await restartBen();
  const kept = await until(ben.client, room, (view) => textsOf(view).includes("durable 2"));
  expect(statesOf(kept).slice(-2)).toEqual(["waiting", "waiting"]);
  ben.device.mend();
  await until(ben.client, room, isAllSent);
  await untilSaid(therapist.client, room, "durable 2");
  expect(heard("durable")).toEqual(["durable 1", "durable 2"]);
});

test("an entry whose answers are lost stands in the room once", async () => {
  let lost = 0;
  ben.device.meddle(/\/frames$/, async (ask) => {
    const answer = await ask();
    lost += 1;
    if (lost > 3) return answer;
    throw new TypeError("the answer is lost");
  });
  for (const text of ["lost 1", "lost 2"]) await say(text);
  await until(ben.client, room, (view) => textsOf(view).includes("lost 2") && isAllSent(view));
  ben.device.meddle(/\/frames$/, null);
  await untilSaid(therapist.client, room, "lost 2");
  expect(lost).toBeGreaterThan(0);
  expect(heard("lost")).toEqual(["lost 1", "lost 2"]);
});

test("an entry that reached the server without the client ever hearing of it is not sent by the next client", async () => {
  ben.device.meddle(/\/frames$/, async (ask) => {
    // The server has it; the device loses everything at once.
    await ask();
    ben.device.cut();
    throw new TypeError("the answer is lost");
  });
  await say("unheard of");
  await seen(ben.client, "session", (session) => !session.online);
  await restartBen();
  ben.device.meddle(/\/frames$/, null);
  ben.device.mend();
  await say("after it");
  await untilSaid(therapist.client, room, "after it");
  expect(heard("unheard")).toEqual(["unheard of"]);
  await until(ben.client, room, isAllSent);
});

test("many entries of one millisecond, and a clock that is set back, keep the order of writing after a restart", async () => {
  ben.device.cut();
  const wanted = Array.from({ length: 40 }, (_, index) => `order ${String(index).padStart(2, "0")}`);
  await Promise.all(wanted.slice(0, 20).map(say));
  ben.device.shiftClock(-2 * 60_000);
  await Promise.all(wanted.slice(20, 30).map(say));
  ben.device.shiftClock(2 * 60_000);
  await Promise.all(wanted.slice(30).map(say));
  await restartBen();
  const kept = await until(ben.client, room, (view) => textsOf(view).includes("order 39"));
  expect(textsOf(kept).slice(-40)).toEqual(wanted);
  ben.device.mend();
  await untilSaid(therapist.client, room, "order 39");
  expect(heard("order")).toEqual(wanted);
});

test("one room's trouble does not stop the others", async () => {
  const own = await roomWhere(ben.client, (line) => line.kind === "private");
  const blocked = new RegExp(`/${room}/frames$`);
  ben.device.meddle(blocked, async () => new Response("", { status: 503 }));
  await say("blocked");
  valueOf(await ben.client.actions.send({ room: own.room, text: "not blocked" }));
  await untilSaid(therapist.client, own.room, "not blocked");
  expect(statesOf(roomNow(ben.client, room)).at(-1)).toBe("waiting");
  ben.device.meddle(blocked, null);
  await untilSaid(therapist.client, room, "blocked");
});

test("a lock in the middle of sending: nothing leaves afterwards, and the entry is sent once after the next sign-in", async () => {
  const [asked, answered] = [makeGate(), makeGate()];
  ben.device.meddle(/\/frames$/, async () => new Response('{"refusal":"stale-epoch"}', { status: 409 }));
  ben.device.meddle(/\/log$/, async (ask) => {
    asked.open();
    await answered.opened;
    return ask();
  });
  await say("locked away");
  await asked.opened;
  await ben.client.actions.lock();
  ben.device.meddle(/\/frames$/, null);
  ben.device.meddle(/\/log$/, null);
  const before = ben.device.asked.length;
  answered.open();
  valueOf(await ben.client.actions.signIn(ben.way));
  await until(ben.client, room, (view) => textsOf(view).includes("locked away") && isAllSent(view));
  await untilSaid(therapist.client, room, "locked away");
  expect(heard("locked")).toEqual(["locked away"]);
  // A frame sealed with wiped keys would have been the first request, and would open for nobody.
  expect(ben.device.asked.slice(before).filter((request) => request.endsWith("/frames"))).toHaveLength(1);
  expect(noticesOf(roomNow(therapist.client, room))).toEqual([]);
});

test("what is typed after sending belongs to the next draft, and the last word of a draft is the one that stays", async () => {
  await ben.client.actions.saveDraft({ room, text: "said" });
  const sending = ben.client.actions.send({ room, text: "said" });
  await Promise.all(["n", "ne", "next"].map((text) => ben.client.actions.saveDraft({ room, text })));
  valueOf(await sending);
  expect(roomNow(ben.client, room)?.draft).toBe("next");
  await restartBen();
  expect(roomNow(ben.client, room)?.draft).toBe("next");
  await ben.client.actions.saveDraft({ room, text: "" });
});

test("what cannot be sent is refused with its reason before it is kept", async () => {
  const { actions } = ben.client;
  expect(await actions.send({ room, text: " \n" })).toEqual({ kind: "refused", refusal: "empty" });
  expect(await actions.send({ room, text: "x".repeat(70_000) })).toEqual({
    kind: "refused",
    refusal: "too-long",
  });
  expect(await actions.send({ room, text: "\uD800" })).toEqual({ kind: "refused", refusal: "too-long" });
  // The longest text that is taken does arrive.
  const long = "y".repeat(60_000);
  valueOf(await actions.send({ room, text: long }));
  await untilSaid(therapist.client, room, long);
});
