import type { DeviceView } from "@sotto/client";
import type { RoomId } from "@sotto/domain";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  now,
  openFirstRoom,
  openHouse,
  openPractice,
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
  wordsOf,
} from "../support/clients.ts";

let house: House;
let therapist: Someone;
let ben: FamilyMember;
let room: RoomId;

beforeAll(async () => {
  house = await openHouse({ wayKind: "passphrase" });
  const member = house.newDevice({ idleLockAfterMs: 3_600_000 });
  ({ ben, room, therapist } = await openFirstRoom(house, { member }));
  valueOf(await ben.client.actions.send({ room, text: "said before" }));
  await untilSaid(therapist.client, room, "said before");
}, 60_000);

afterAll(() => house.close());

const isFresh = (device: DeviceView) => device.isNew;
const openIn = (devices: readonly DeviceView[]) => devices.filter(({ isOpen }) => isOpen);

/** The one device that is new to somebody, once there is one. */
async function newTo(who: Someone): Promise<DeviceView> {
  const found = (await seen(who.client, "devices", (devices) => devices.some(isFresh))).find(isFresh);
  if (found === undefined) throw new Error("a device that was just seen");
  return found;
}

/** The device has said of itself what it is. */
const untilDescribed = (client: Someone["client"]) =>
  seen(client, "devices", (devices) => devices.some(({ browser, isThis }) => isThis && browser !== null));

const untilCalm = (who: Someone, count: number) =>
  seen(who.client, "devices", (devices) => openIn(devices).length === count && !devices.some(isFresh));

test("a device sees itself, as it says of itself, with the way in it came by", async () => {
  const [mine] = await seen(ben.client, "devices", (devices) =>
    devices.some(({ browser }) => browser !== null),
  );
  expect(mine).toMatchObject({ isThis: true, isOpen: true, isNew: false, place: "Berlin", system: "linux" });
  expect(mine?.factor).toEqual({ kind: "passphrase", name: wordsOf(ben).name });
  expect(mine?.firstAt).toBeGreaterThan(0);
});

test("a sign-in elsewhere is told at once, and is never asked about again when it was them", async () => {
  const second = await signInElsewhere(house, ben);
  const found = await newTo(ben);
  expect(found).toMatchObject({ isThis: false, isOpen: true, browser: "program", place: "Berlin" });
  // Whoever came in last looks at the list, and is not asked about the others.
  await untilCalm(second, 2);
  valueOf(await ben.client.actions.answerForDevice({ device: found.device, isMine: true }));
  await untilCalm(ben, 2);
  await second.client.actions.lock();
  await untilCalm(ben, 1);
  valueOf(await second.client.actions.signIn(ben.way));
  await untilDescribed(second.client);
  await untilCalm(ben, 2);
  await second.client.actions.lock();
});

test("a device that was away hears of a sign-in later, also when that is over", async () => {
  await ben.client.close();
  const stranger = await signInElsewhere(house, ben);
  await untilDescribed(stranger.client);
  await stranger.client.actions.leave();
  ben = { ...ben, client: await house.open(ben.device) };
  const found = await newTo(ben);
  expect(found.isOpen).toBe(false);
  // A reload asks again, until there is an answer.
  await ben.client.close();
  ben = { ...ben, client: await house.open(ben.device) };
  expect((await newTo(ben)).device).toBe(found.device);
  valueOf(await ben.client.actions.answerForDevice({ device: found.device, isMine: false }));
  await untilCalm(ben, 1);
  await ben.client.close();
  ben = { ...ben, client: await house.open(ben.device) };
  await untilCalm(ben, 1);
});

test("a no signs it out: it locks, holds no keys, and is refused; what it asks next opens nothing", async () => {
  const device = house.newDevice({ idleLockAfterMs: 3_600_000 });
  const client = await house.open(device);
  valueOf(await client.actions.signIn(ben.way));
  await untilSaid(client, room, "said before");
  const found = await newTo(ben);
  expect(device.store.values.has("kept")).toBe(true);
  valueOf(await ben.client.actions.answerForDevice({ device: found.device, isMine: false }));
  await seen(client, "session", (session) => session.state === "locked");
  expect(now(client, "rooms")).toEqual([]);
  expect(refusalOf(await client.actions.send({ room, text: "not any more" }))).toBe("locked");
  await client.close();
  const again = await house.open(device);
  expect(now(again, "session").state).toBe("locked");
  expect(device.store.values.has("kept")).toBe(false);
  await untilCalm(ben, 1);
  // It was not theirs: the next time it comes in, they are asked again.
  valueOf(await again.actions.signIn(ben.way));
  await untilDescribed(again);
  expect((await newTo(ben)).device).toBe(found.device);
  valueOf(await ben.client.actions.answerForDevice({ device: found.device, isMine: false }));
  await seen(again, "session", (session) => session.state === "locked");
});

test("whoever comes in twice cannot answer for themselves", async () => {
  const one = await signInElsewhere(house, ben);
  await newTo(ben);
  const two = await signInElsewhere(house, ben);
  const found = await newTo(one);
  valueOf(await one.client.actions.answerForDevice({ device: found.device, isMine: true }));
  await untilCalm(one, 3);
  const fresh = await seen(ben.client, "devices", (devices) => devices.filter(isFresh).length === 2);
  expect(fresh.filter(isFresh)).toHaveLength(2);
  valueOf(await ben.client.actions.endOtherDevices());
  for (const who of [one, two]) await seen(who.client, "session", (session) => session.state === "locked");
  await untilCalm(ben, 1);
});

test("a sign-in that says nothing of itself is shown without", async () => {
  const device = house.newDevice();
  device.meddle(/\/sessions\/this\/note$/, () => Promise.reject(new TypeError("withheld")));
  const client = await house.open(device);
  valueOf(await client.actions.signIn(ben.way));
  await seen(ben.client, "devices", (devices) => openIn(devices).length === 2);
  // The device's own clock says how long it has been silent.
  ben.device.shiftClock(11_000);
  await client.actions.lock();
  const found = await newTo(ben);
  expect(found).toMatchObject({ browser: null, place: null });
  valueOf(await ben.client.actions.answerForDevice({ device: found.device, isMine: true }));
  await untilCalm(ben, 1);
  ben.device.shiftClock(-11_000);
});

test("who wants nothing kept leaves nothing on the device, and signs in anew after a reload", async () => {
  const device = house.newDevice({ idleLockAfterMs: 3_600_000 });
  const client = await house.open(device);
  valueOf(await client.actions.signIn(ben.way, { keepNothing: true }));
  await untilSaid(client, room, "said before");
  valueOf(await client.actions.send({ room, text: "from a borrowed one" }));
  await client.actions.saveDraft({ room, text: "a draft" });
  await untilSaid(therapist.client, room, "from a borrowed one");
  client.actions.touch();
  expect(now(client, "session")).toMatchObject({ keepsNothing: true, lastFactor: "passphrase" });
  expect([...device.store.values.keys()]).toEqual([]);
  await client.actions.lock();
  expect(now(client, "session")).toMatchObject({
    state: "signed-out",
    lastFactor: null,
    lastSignInName: null,
  });
  expect([...device.store.values.keys()]).toEqual([]);
  valueOf(await client.actions.signIn(ben.way, { keepNothing: true }));
  await client.close();
  const again = await house.open(device);
  expect(now(again, "session").state).toBe("signed-out");
  // As usual, the same device keeps what it is given.
  valueOf(await again.actions.signIn(ben.way));
  await untilSaid(again, room, "from a borrowed one");
  expect([...device.store.values.keys()]).not.toEqual([]);
});

test("a device that is forgotten holds nothing, of anybody, and its session is over", async () => {
  const device = house.newDevice({ idleLockAfterMs: 3_600_000 });
  const client = await house.open(device);
  valueOf(await client.actions.signIn(ben.way));
  await untilSaid(client, room, "said before");
  await client.actions.saveDraft({ room, text: "a draft" });
  expect(device.store.values.size).toBeGreaterThan(3);
  valueOf(await client.actions.forgetDevice());
  expect([...device.store.values.keys()]).toEqual([]);
  expect(now(client, "session")).toMatchObject({ state: "signed-out", lastFactor: null });
  valueOf(await client.actions.signIn(ben.way));
  await untilSaid(client, room, "said before");
  expect(roomNow(client, room)?.draft).toBe("");
});

test("a room with a second look shows nothing until its person shows a way in once more", async () => {
  const someone = await openPractice(house, { name: "Eve" });
  const family = valueOf(await someone.client.actions.createFamily({ name: "Hidden" }));
  const [line] = await seen(someone.client, "rooms", (rooms) => rooms.some((known) => known.kind === "team"));
  const marked = line?.room ?? room;
  valueOf(await someone.client.actions.send({ room: marked, text: "not for every eye" }));
  await untilSaid(someone.client, marked, "not for every eye");
  valueOf(await someone.client.actions.markSecondLook({ room: marked, isOn: true }));
  expect(roomNow(someone.client, marked)?.secondLook).toBe("open");
  await someone.client.actions.hideLooks();
  const lines = now(someone.client, "rooms").filter((known) => known.room === marked);
  expect(lines).toHaveLength(1);
  expect(JSON.stringify([...lines, roomNow(someone.client, marked)])).not.toMatch(/Hidden|eye|Eve|team/);
  expect(valueOf(await someone.client.actions.search({ query: "every eye" })).hits).toEqual([]);
  expect(refusalOf(await someone.client.actions.markSecondLook({ room: marked, isOn: false }))).toBe(
    "not-allowed",
  );
  // Another browser hides it too: what is marked stands in the vault.
  const second = await signInElsewhere(house, someone);
  await seen(second.client, "rooms", (rooms) => rooms.some(({ secondLook }) => secondLook === "hidden"));
  await seen(second.client, "families", (lines) => lines.some((known) => known.family === family));
  const wrong = { ...wordsOf(someone), words: wordsOf(ben).words };
  for (const choice of [wrong, ben.way, { kind: "passkey" }, { kind: "recovery", code: "x" }] as const) {
    expect(refusalOf(await second.client.actions.lookInto({ room: marked, choice }))).not.toBeNull();
    expect(roomNow(second.client, marked)?.entries).toEqual([]);
  }
  const before = openIn(now(second.client, "devices")).length;
  valueOf(await second.client.actions.lookInto({ room: marked, choice: someone.way }));
  expect(textsOf(roomNow(second.client, marked))).toEqual(["not for every eye"]);
  expect(openIn(now(second.client, "devices"))).toHaveLength(before);
  // Locking hides it, and coming in by the same way does not open it.
  await second.client.actions.lock();
  valueOf(await second.client.actions.signIn(someone.way));
  await seen(second.client, "rooms", (rooms) => rooms.some(({ secondLook }) => secondLook === "hidden"));
  // The sheet is shown, and not used up.
  valueOf(await someone.client.actions.showWay(someone.way));
  const { code } = valueOf(await someone.client.actions.makeSheet());
  valueOf(await someone.client.actions.proveSheet(code));
  for (let twice = 0; twice < 2; twice++) {
    await someone.client.actions.hideLooks();
    valueOf(await someone.client.actions.lookInto({ room: marked, choice: { kind: "recovery", code } }));
  }
  valueOf(await someone.client.actions.markSecondLook({ room: marked, isOn: false }));
  await someone.client.actions.hideLooks();
  expect(roomNow(someone.client, marked)?.secondLook).toBe("none");
});
