/** The parent who set up the teenager's device, and is of the same family: what they hold, and what they never get. */
import type { DeviceView } from "@sotto/client";
import type { FamilyId, RoomId } from "@sotto/domain";
import { afterAll, beforeAll, expect, test } from "vitest";
import { allAnswers, deviceAtRest, noteToken, vaultAtRest } from "../support/all-answers.ts";
import {
  invite,
  inviteAndJoin,
  makeWords,
  now,
  openHouse,
  openPractice,
  record,
  refusalOf,
  seen,
  signInElsewhere,
  untilSaid,
  valueOf,
  type FamilyMember,
  type House,
  type Someone,
  wordsOf,
} from "../support/clients.ts";
import { openLive } from "../support/live.ts";
import { privateRoomWith } from "../support/staff.ts";

let house: House;
let therapist: Someone;
let family: FamilyId;
let parent: FamilyMember;
let teen: FamilyMember;
let privateRoom: RoomId;

const SECRET = "only for the two of us";

beforeAll(async () => {
  house = await openHouse({ wayKind: "passphrase" });
  therapist = await openPractice(house);
  family = valueOf(await therapist.client.actions.createFamily({ name: "Rivera" }));
  const device = house.newDevice({ idleLockAfterMs: 3_600_000 });
  parent = await inviteAndJoin(house, therapist, family, { name: "Ana", device });
  const own = house.newDevice({ idleLockAfterMs: 3_600_000 });
  teen = await inviteAndJoin(house, therapist, family, { name: "Tom", role: "teen", device: own });
  privateRoom = (await privateRoomWith(teen, "Tom")).room;
  await seen(parent.client, "rooms", (rooms) => rooms.length === 2);
});

afterAll(() => house.close());

test("on a device that is a parent's nobody else comes in by an invitation, and the invitation stays good", async () => {
  const sister = await record(therapist, family, { name: "Mia", role: "teen" });
  const fragment = await invite(therapist, family, sister);
  const { actions } = parent.client;
  const factor = makeWords(parent.client);
  expect(refusalOf(await actions.seeInvitation(fragment))).toBe("already-signed-in");
  expect(refusalOf(await actions.join({ fragment, factor }))).toBe("device-in-use");
  await actions.lock();
  expect(refusalOf(await actions.join({ fragment, factor }))).toBe("device-in-use");
  valueOf(await actions.signIn(parent.way));
  const client = await house.open(house.newDevice());
  expect(valueOf(await client.actions.seeInvitation(fragment)).inviteeName).toBe("Mia");
});

test("a teenager who keeps nothing on a parent's device leaves nothing there, and the parent's page greets the parent", async () => {
  // Which devices they have met has been written down by then.
  await seen(parent.client, "devices", (devices) => devices.some(({ isThis }) => isThis));
  await parent.client.actions.lock();
  await deviceAtRest(parent.device);
  const before = new Map(parent.device.store.values);
  const { client } = parent;
  valueOf(await client.actions.signIn(teen.way, { keepNothing: true }));
  await seen(client, "rooms", (rooms) => rooms.some(({ room }) => room === privateRoom));
  await client.actions.saveDraft({ room: privateRoom, text: SECRET, to: null });
  await client.actions.lock();
  expect(new Map(parent.device.store.values)).toEqual(before);
  const { lastSignInName, state } = now(client, "session");
  expect([state, lastSignInName]).toEqual(["locked", wordsOf(parent).name]);
  valueOf(await client.actions.signIn(parent.way));
});

test("before somebody signs in, a device says by which sign-in name it was last used, and nothing else of anybody", async () => {
  await teen.client.actions.lock();
  const said = JSON.stringify(
    (
      [
        "session",
        "rooms",
        "families",
        "factors",
        "devices",
        "alarms",
        "ended",
        "practice",
        "reminders",
      ] as const
    ).map((name) => now(teen.client, name)),
  );
  expect(said).toContain(wordsOf(teen).name);
  for (const word of ["Tom", "Ana", "Rivera", "Elm Street", privateRoom]) expect(said).not.toContain(word);
  valueOf(await teen.client.actions.signIn(teen.way));
});

test("a parent who signs in on the teenager's own device sees what is the parent's, and takes nothing from the teenager", async () => {
  valueOf(await teen.client.actions.send({ room: privateRoom, text: SECRET }));
  await untilSaid(therapist.client, privateRoom, SECRET);
  await teen.client.actions.lock();
  const { client } = teen;
  valueOf(await client.actions.signIn(parent.way));
  await seen(client, "session", ({ inStep }) => inStep);
  expect(
    now(client, "rooms")
      .map(({ kind }) => kind)
      .toSorted(),
  ).toEqual(["family", "private"]);
  expect(JSON.stringify(now(client, "rooms"))).not.toContain(privateRoom);
  expect(valueOf(await client.actions.search({ query: "two of us" })).hits).toEqual([]);
  await client.actions.lock();
  valueOf(await client.actions.signIn(teen.way));
  await untilSaid(client, privateRoom, SECRET);
});

test("in a teenager's private room a week goes by, and nothing that the server tells a parent changes by a byte", async () => {
  const elsewhere = { ...parent, device: house.newDevice() };
  const token = noteToken(elsewhere.device);
  const client = await house.open(elsewhere.device);
  valueOf(await client.actions.signIn(parent.way));
  await seen(client, "session", ({ inStep }) => inStep);
  // A session without a page: what its own page would write is not what the others did.
  await client.close();
  await parent.client.close();
  await vaultAtRest(house.origin, token());
  const live = await openLive(house.origin, token());
  const heardBefore = live.heard.length;
  const look = () => allAnswers(house.origin, token(), [privateRoom]);
  const before = await look();
  for (const text of ["one", "two", "three"]) {
    valueOf(await teen.client.actions.send({ room: privateRoom, text }));
    await untilSaid(therapist.client, privateRoom, text);
    valueOf(await therapist.client.actions.send({ room: privateRoom, text: `${text}, heard` }));
    await untilSaid(teen.client, privateRoom, `${text}, heard`);
  }
  valueOf(await teen.client.actions.addFactor(makeWords(teen.client)));
  const { code } = valueOf(await teen.client.actions.makeSheet());
  valueOf(await teen.client.actions.proveSheet(code));
  expect(await look()).toEqual(before);
  live.send({ kind: "ping" });
  await live.hear(({ kind }) => kind === "pong");
  expect(live.heard.slice(heardBefore).map(({ kind }) => kind)).toEqual(["pong"]);
  live.close();
  const again = await house.open(parent.device);
  parent = { ...parent, client: again };
});

test("a parent who knows the teenager's words comes in, is told of at once, and is out for good when the teenager begins anew", async () => {
  const posing = await signInElsewhere(house, teen);
  const isTold = (devices: readonly DeviceView[]) => devices.some(({ isNew, isOpen }) => isNew && isOpen);
  expect(isTold(await seen(teen.client, "devices", isTold))).toBe(true);
  const fresh = makeWords(teen.client);
  valueOf(await teen.client.actions.showWay(teen.way));
  valueOf(await teen.client.actions.addFactor(fresh));
  const { code } = valueOf(await teen.client.actions.beginSecuring());
  valueOf(await teen.client.actions.proveWay(fresh));
  valueOf(await teen.client.actions.finishSecuring(code));
  await seen(posing.client, "session", ({ state }) => state === "locked");
  expect(refusalOf(await posing.client.actions.signIn(teen.way))).not.toBeNull();
  expect(now(posing.client, "rooms")).toEqual([]);
});
