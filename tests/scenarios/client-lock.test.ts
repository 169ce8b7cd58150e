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

const MINUTE_MS = 60_000;

let house: House;
let therapist: Someone;
let ben: FamilyMember;
let room: RoomId;

beforeAll(async () => {
  house = await openHouse({ wayKind: "passphrase" });
  const member = house.newDevice({ idleLockAfterMs: 10 * MINUTE_MS });
  ({ ben, room, therapist } = await openFirstRoom(house, { member }));
  valueOf(await ben.client.actions.send({ room, text: "said before" }));
  await untilSaid(therapist.client, room, "said before");
});

afterAll(() => house.close());

async function reloadBen(): Promise<void> {
  await ben.client.close();
  ben = { ...ben, client: await house.open(ben.device) };
}

const stateOf = (who: Someone) => now(who.client, "session").state;

test("a reload resumes whoever is kept on the device, without a network too", async () => {
  await reloadBen();
  expect(stateOf(ben)).toBe("unlocked");
  ben.device.cut();
  await reloadBen();
  expect(stateOf(ben)).toBe("unlocked");
  expect(textsOf(roomNow(ben.client, room))).toContain("said before");
  ben.device.mend();
  await seen(ben.client, "session", (session) => session.online);
});

test("a lock works offline, leaves nothing to see and nothing kept, and only a sign-in opens again", async () => {
  ben.device.cut();
  await ben.client.actions.lock();
  expect(now(ben.client, "session")).toMatchObject({
    state: "locked",
    displayName: "",
    lastFactor: "passphrase",
  });
  expect(now(ben.client, "rooms")).toEqual([]);
  expect(roomNow(ben.client, room)).toBeNull();
  expect(ben.device.store.values.has("kept")).toBe(false);
  expect(refusalOf(await ben.client.actions.send({ room, text: "locked" }))).toBe("locked");
  await ben.client.actions.saveDraft({ room, text: "locked" });
  await reloadBen();
  expect(stateOf(ben)).toBe("locked");
  expect(refusalOf(await ben.client.actions.signIn(ben.way))).toBe("offline");
  ben.device.mend();
  valueOf(await ben.client.actions.signIn(ben.way));
  await untilSaid(ben.client, room, "said before");
  expect(roomNow(ben.client, room)?.draft).toBe("");
});

test("who has been away for longer than the idle time is not resumed, and not kept any longer", async () => {
  await ben.client.close();
  ben.device.shiftClock(11 * MINUTE_MS);
  ben = { ...ben, client: await house.open(ben.device) };
  expect(stateOf(ben)).toBe("locked");
  expect(ben.device.store.values.has("kept")).toBe(false);
  ben.device.shiftClock(-11 * MINUTE_MS);
  await reloadBen();
  expect(stateOf(ben)).toBe("locked");
  valueOf(await ben.client.actions.signIn(ben.way));
});

test("a device that slept past the idle time locks at the first touch", async () => {
  ben.client.actions.touch();
  expect(stateOf(ben)).toBe("unlocked");
  ben.device.shiftClock(11 * MINUTE_MS);
  ben.client.actions.touch();
  expect(stateOf(ben)).toBe("locked");
  await reloadBen();
  expect(stateOf(ben)).toBe("locked");
  ben.device.shiftClock(-11 * MINUTE_MS);
  valueOf(await ben.client.actions.signIn(ben.way));
});

test("nobody there for the idle time: the client locks by itself", async () => {
  const device = house.newDevice({ idleLockAfterMs: 300 });
  const client = await house.open(device);
  valueOf(await client.actions.signIn(ben.way));
  await seen(client, "session", (session) => session.state === "locked");
  expect(now(client, "rooms")).toEqual([]);
});

test("a session that ended elsewhere locks this browser, and no other", async () => {
  const second = await signInElsewhere(house, ben);
  await untilSaid(second.client, room, "said before");
  second.device.meddle(/\/v1\/(rooms|vault)/, async () =>
    Response.json({ refusal: "not-signed-in" }, { status: 401 }),
  );
  valueOf(await therapist.client.actions.send({ room, text: "somebody wakes up" }));
  valueOf(await second.client.actions.send({ room, text: "not signed in" }));
  await seen(second.client, "session", (session) => session.state === "locked");
  expect(stateOf(ben)).toBe("unlocked");
  second.device.meddle(/\/v1\/(rooms|vault)/, null);
  valueOf(await second.client.actions.signIn(ben.way));
  // What was written survives the lock.
  await untilSaid(therapist.client, room, "not signed in");
});

test("what is on its way when the account is locked does not lock the next one", async () => {
  const client = await house.open(house.newDevice());
  for (let round = 0; round < 3; round += 1) {
    valueOf(await client.actions.signIn(ben.way));
    await untilSaid(client, room, "said before");
    valueOf(await client.actions.send({ room, text: `round ${round}` }));
    await client.actions.lock();
  }
  valueOf(await client.actions.signIn(ben.way));
  await untilSaid(therapist.client, room, "round 2");
  expect(now(client, "session").state).toBe("unlocked");
});

test("a lock in the middle of writing the vault: nothing is written with wiped keys, and the vault opens afterwards", async () => {
  const { client, device } = await signInElsewhere(house, ben);
  await untilSaid(client, room, "said before");
  const [asked, answered] = [makeGate(), makeGate()];
  device.meddle(/\/vault\/main$/, async (ask) => {
    // Another browser seems to have been faster: the vault is read, merged, and would be written again.
    if (device.asked.at(-1)?.startsWith("PUT") === true) {
      return Response.json({ refusal: "stale-version" }, { status: 409 });
    }
    asked.open();
    await answered.opened;
    return ask();
  });
  const { code } = valueOf(await client.actions.makeSheet());
  const proving = client.actions.proveSheet(code);
  // The sheet is in the vault here: only then is this about writing it, whatever else is read meanwhile.
  await seen(client, "session", (session) => session.sheetProved);
  await asked.opened;
  await client.actions.lock();
  device.meddle(/\/vault\/main$/, null);
  const before = device.asked.length;
  answered.open();
  expect(refusalOf(await proving)).toBe("locked");
  valueOf(await client.actions.signIn(ben.way));
  expect(device.asked.slice(before, before + 3).some((request) => request.startsWith("PUT"))).toBe(false);
  // What was changed before the lock was on the device already, and reaches the server now.
  const third = await signInElsewhere(house, ben);
  await seen(third.client, "session", (session) => session.sheetProved);
  await untilSaid(third.client, room, "said before");
});

test("a client that was closed does nothing any more", async () => {
  const second = await signInElsewhere(house, ben);
  await untilSaid(second.client, room, "said before");
  await second.client.close();
  const asked = second.device.asked.length;
  valueOf(await therapist.client.actions.send({ room, text: "after closing" }));
  await untilSaid(ben.client, room, "after closing");
  expect(refusalOf(await second.client.actions.send({ room, text: "x" }))).toBe("locked");
  expect(second.device.asked.slice(asked)).toEqual([]);
  const signingIn = await house.open(house.newDevice());
  const coming = signingIn.actions.signIn(ben.way);
  await signingIn.close();
  expect(refusalOf(await coming)).toBe("locked");
});

test("a lock that falls while somebody is coming in keeps them out until they sign in again", async () => {
  await ben.client.actions.lock();
  const [asked, answered] = [makeGate(), makeGate()];
  ben.device.meddle(/\/vault\/main$/, async (ask) => {
    asked.open();
    await answered.opened;
    return ask();
  });
  const coming = ben.client.actions.signIn(ben.way);
  await asked.opened;
  await ben.client.actions.lock();
  ben.device.meddle(/\/vault\/main$/, null);
  answered.open();
  expect(refusalOf(await coming)).toBe("locked");
  expect(now(ben.client, "session")).toMatchObject({ state: "locked", displayName: "" });
  valueOf(await ben.client.actions.signIn(ben.way));
  expect(stateOf(ben)).toBe("unlocked");
});
