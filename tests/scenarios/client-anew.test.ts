import type { RoomId } from "@sotto/domain";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  makeGate,
  now,
  openFirstRoom,
  openHouse,
  refusalOf,
  roomNow,
  seen,
  signInElsewhere,
  textsOf,
  untilSaid,
  valueOf,
  type FamilyMember,
  type House,
  type Someone,
} from "../support/clients.ts";
import { say } from "../support/said.ts";

// Beginning anew, when something falls into the middle of it.

const HOUR_MS = 3_600_000;

let house: House;
let therapist: Someone;
let ben: FamilyMember;
let room: RoomId;

beforeAll(async () => {
  house = await openHouse();
  const member = house.newDevice({ idleLockAfterMs: HOUR_MS });
  ({ ben, room, therapist } = await openFirstRoom(house, { member }));
  await say(ben.client, room, "said before");
}, 60_000);

afterAll(() => house.close());

const stateOf = (who: Someone) => now(who.client, "session").state;

/** Up to the last step: a new sheet is made, and a way in was shown. Answers the sheet's code. */
async function prepare(): Promise<string> {
  const { code } = valueOf(await ben.client.actions.beginSecuring());
  valueOf(await ben.client.actions.proveWay(ben.way));
  return code;
}

/** Ben comes in by his own way in, and everything is there. */
async function comeBack(): Promise<void> {
  valueOf(await ben.client.actions.signIn(ben.way));
  await untilSaid(ben.client, room, "said before");
}

test("a lock while the request is on its way stays a lock, and whoever signs in has all of it", async () => {
  const code = await prepare();
  const [asked, answered] = [makeGate(), makeGate()];
  ben.device.meddle(/\/account\/secure$/, async (ask) => {
    const answer = await ask();
    asked.open();
    await answered.opened;
    return answer;
  });
  const finishing = ben.client.actions.finishSecuring(code);
  await asked.opened;
  await ben.client.actions.lock();
  ben.device.meddle(/\/account\/secure$/, null);
  answered.open();
  expect(refusalOf(await finishing)).toBe("locked");
  expect(stateOf(ben)).toBe("locked");
  expect(ben.device.store.values.has("kept")).toBe(false);
  await comeBack();
  expect(now(ben.client, "alarms")).toEqual([]);
  await say(ben.client, room, "after the lock");
  await untilSaid(therapist.client, room, "after the lock");
});

test("a lock before the request sends nothing of what was made", async () => {
  const code = await prepare();
  const [asked, answered] = [makeGate(), makeGate()];
  ben.device.meddle(/\/vault\/main$/, async (ask) => {
    asked.open();
    await answered.opened;
    return ask();
  });
  const before = ben.device.asked.length;
  const finishing = ben.client.actions.finishSecuring(code);
  await asked.opened;
  await ben.client.actions.lock();
  ben.device.meddle(/\/vault\/main$/, null);
  answered.open();
  expect(refusalOf(await finishing)).toBe("locked");
  expect(ben.device.asked.slice(before).filter((request) => request.endsWith("/account/secure"))).toEqual([]);
  await comeBack();
});

test.each([
  {
    name: "a server that refuses",
    answer: () => Response.json({ refusal: "stale-version" }, { status: 409 }),
  },
  { name: "a server that fails", answer: () => new Response("", { status: 503 }) },
])("$name: it is said, nothing has changed, and the next try goes on from there", async ({ answer }) => {
  const code = await prepare();
  ben.device.meddle(/\/account\/secure$/, () => Promise.resolve(answer()));
  expect(refusalOf(await ben.client.actions.finishSecuring(code))).not.toBeNull();
  ben.device.meddle(/\/account\/secure$/, null);
  expect(stateOf(ben)).toBe("unlocked");
  expect(textsOf(roomNow(ben.client, room))).toContain("said before");
  await seen(ben.client, "session", ({ online }) => online);
  await say(ben.client, room, "in between");
  valueOf(await ben.client.actions.finishSecuring(code));
  await seen(ben.client, "session", ({ online, state }) => online && state === "unlocked");
  await say(ben.client, room, "with new keys");
  await untilSaid(therapist.client, room, "with new keys");
  expect(now(ben.client, "alarms")).toEqual([]);
});

test("another device of theirs, which was known, asks about none of their own old sign-ins", async () => {
  const phone = await signInElsewhere(house, ben);
  await seen(phone.client, "devices", (devices) => devices.some(({ isThis }) => isThis));
  await untilSaid(phone.client, room, "said before");
  // Ben says on each of the two that the other is his.
  const others = async (who: Someone) => {
    const devices = await seen(who.client, "devices", (lines) => lines.some(({ isNew }) => isNew));
    return devices.filter(({ isNew }) => isNew).map(({ device }) => device);
  };
  for (const device of await others(ben)) {
    valueOf(await ben.client.actions.answerForDevice({ device, isMine: true }));
  }
  const code = await prepare();
  valueOf(await ben.client.actions.finishSecuring(code));
  await seen(phone.client, "session", ({ state }) => state === "locked");
  valueOf(await phone.client.actions.signIn(ben.way));
  await untilSaid(phone.client, room, "said before");
  for (const who of [ben, phone]) {
    const devices = await seen(
      who.client,
      "devices",
      (lines) => lines.filter(({ isOpen }) => isOpen).length === 2,
    );
    expect(devices.filter(({ isNew, isOpen }) => isNew && !isOpen)).toEqual([]);
  }
});
