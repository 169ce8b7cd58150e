import type { FamilyId, RoomId } from "@sotto/domain";
import { archivedSeed, archiveOf } from "@sotto/vault";
import type { VaultState } from "@sotto/vault";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  inviteAndJoin,
  makeGate,
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
import { reconnect, untilAsked } from "../support/meddling.ts";
import { say } from "../support/said.ts";
import { openBySheet, vaultNow, type Opened } from "../support/vaults.ts";

// A person's sealing keys are renewed when they were taken out of a room, and what the older ones opened of the rooms that go on stays.

const HOUR_MS = 3_600_000;

let house: House;
let therapist: Someone;
let ben: FamilyMember;
let cleo: FamilyMember;
let family: FamilyId;
/** The room with everybody, and one that Ben was let into late and given the past of. */
let room: RoomId;
let given: RoomId;
let opened: Opened;

beforeAll(async () => {
  house = await openHouse();
  const member = house.newDevice({ idleLockAfterMs: 100 * HOUR_MS });
  ({ ben, family, room, therapist } = await openFirstRoom(house, { member }));
  cleo = await inviteAndJoin(house, therapist, family, { name: "Cleo" });
  for (const { client } of [ben, cleo]) await roomWhere(client, (line) => line.kind === "private");
  const { actions } = therapist.client;
  given = valueOf(await actions.openRoom({ family, people: [cleo.person], title: "given" }));
  await roomWhere(cleo.client, (line) => line.room === given);
  await say(cleo.client, given, "before Ben");
  valueOf(await actions.addToRoom({ room: given, person: ben.person, from: 0 }));
  await untilSaid(ben.client, given, "before Ben");
  const entry = await say(ben.client, room, "as it was first");
  valueOf(await ben.client.actions.edit({ room, entry, text: "as it was changed" }));
  await untilSaid(therapist.client, room, "as it was changed");
  opened = await openBySheet(house, ben);
}, 60_000);

afterAll(() => house.close());

const accountOf = ({ client }: Someone) => {
  const { account } = now(client, "session");
  if (account === null) throw new Error("somebody who is in");
  return account;
};

/** Lets Ben into a room of his own and takes him out of it, so that a renewal is owed. */
async function owe(title: string): Promise<RoomId> {
  const { actions } = therapist.client;
  const left = valueOf(await actions.openRoom({ family, people: [ben.person], title }));
  await roomWhere(ben.client, (line) => line.room === left);
  await say(ben.client, left, "in a room that he is taken out of");
  valueOf(await actions.removeFromRoom({ room: left, account: accountOf(ben) }));
  await untilGone(ben.client, left);
  await seen(ben.client, "session", ({ keysOwedSince }) => keysOwedSince !== null);
  return left;
}

const untilRenewed = ({ client }: Someone) =>
  seen(
    client,
    "session",
    ({ keysOwedSince, keysRenewedAt, online }) => online && keysOwedSince === null && keysRenewedAt !== null,
  );

const vaultOfBen = (): Promise<VaultState> => vaultNow(house, opened);
const isThere = ({ identities }: VaultState) => identities.map(({ kemPrivate }) => kemPrivate !== null);
const noAlarms = () => {
  for (const { client } of [therapist, ben, cleo]) expect(now(client, "alarms")).toEqual([]);
};

/** The page of Ben's device is loaded anew, and he comes in again. */
async function startAnew(): Promise<void> {
  await ben.client.close();
  ben = { ...ben, client: await house.open(ben.device) };
  if (now(ben.client, "session").state !== "unlocked") valueOf(await ben.client.actions.signIn(ben.way));
  await seen(ben.client, "session", ({ inStep }) => inStep);
}

const ALL = ["as it was changed"];

test("whoever is taken out of a room owes a renewal, and when it is done no key of theirs opens what they were in", async () => {
  const left = await owe("left");
  expect(isThere(await vaultOfBen())).toEqual([true]);
  valueOf(await ben.client.actions.renewKeys());
  await untilRenewed(ben);
  const vault = await vaultOfBen();
  expect([isThere(vault), vault.destroyedBelow]).toEqual([[false, true], 1]);
  const archived = vault.archive.map(({ room: of }) => of);
  expect(archived).toContain(room);
  expect(archived).toContain(given);
  expect(archived).not.toContain(left);
  // Asked again, nothing is owed, and nothing is done.
  valueOf(await ben.client.actions.renewKeys());
  expect(isThere(await vaultOfBen())).toEqual([false, true]);
  noAlarms();
});

test("it is quiet: everybody goes on, the log says it in one line, and nobody has to compare anything again", async () => {
  await say(ben.client, room, "with new keys");
  const view = await untilSaid(therapist.client, room, "with new keys");
  const lines = view.entries.filter((entry) => entry.kind === "audience" && entry.change === "renewed");
  expect(lines).toHaveLength(1);
  expect(view.readers.find(({ account }) => account === accountOf(ben))).toMatchObject({
    keysChanged: false,
    verified: "invitation",
  });
  await say(therapist.client, room, "an answer");
  await untilSaid(ben.client, room, "an answer");
  noAlarms();
});

test("what is on the device opens by what is archived, without the server", async () => {
  await ben.client.close();
  ben.device.cut();
  ben = { ...ben, client: await house.open(ben.device) };
  expect(now(ben.client, "session").state).toBe("unlocked");
  await untilSaid(ben.client, room, "with new keys");
  await untilSaid(ben.client, given, "before Ben");
  ben.device.mend();
  await seen(ben.client, "session", ({ inStep, online }) => inStep && online);
  noAlarms();
});

test("a new device reads all that was said in the rooms that go on: changes, files, a granted past", async () => {
  const bytes = new Uint8Array(3_000).fill(7);
  const file = {
    name: "a.bin",
    type: "application/octet-stream",
    picture: null,
    durationMs: null,
    preview: null,
  };
  const sent = await ben.client.actions.sendFile({ room, source: new Blob([bytes]), ...file });
  const entry = valueOf(sent);
  await until(therapist.client, room, (view) => view.entries.some((line) => line.kind === "file"));
  await owe("once more");
  valueOf(await ben.client.actions.renewKeys());
  await untilRenewed(ben);
  const phone = await signInElsewhere(house, ben);
  const view = await untilSaid(phone.client, room, "an answer");
  expect(textsOf(view)).toEqual([...ALL, "with new keys", "an answer"]);
  await until(phone.client, room, ({ entries }) => entries.some((line) => line.kind === "file"));
  const read = valueOf(await phone.client.actions.openFile({ room, entry }));
  expect(new Uint8Array(await read.arrayBuffer())).toEqual(bytes);
  await untilSaid(phone.client, given, "before Ben");
  expect(now(phone.client, "alarms")).toEqual([]);
  await phone.client.close();
});

test("a room that was left is not archived again, whichever device still had it", async () => {
  const { actions } = therapist.client;
  const late = valueOf(await actions.openRoom({ family, people: [ben.person], title: "late" }));
  await roomWhere(ben.client, (line) => line.room === late);
  await owe("something else");
  valueOf(await ben.client.actions.renewKeys());
  await untilRenewed(ben);
  expect((await vaultOfBen()).archive.find(({ room: of }) => of === late)?.runs).toHaveLength(1);
  const old = await signInElsewhere(house, ben);
  await roomWhere(old.client, (line) => line.room === late);
  await seen(old.client, "session", ({ inStep }) => inStep);
  old.device.cut();
  await seen(old.client, "session", ({ online }) => !online);
  // Said while away, so that this device has a vault of its own to bring back.
  valueOf(await old.client.actions.markSecondLook({ room, isOn: true }));
  valueOf(await actions.removeFromRoom({ room: late, account: accountOf(ben) }));
  await untilGone(ben.client, late);
  valueOf(await ben.client.actions.renewKeys());
  await untilRenewed(ben);
  old.device.mend();
  await seen(old.client, "session", ({ inStep, online }) => inStep && online);
  await untilGone(old.client, late);
  valueOf(await old.client.actions.markSecondLook({ room, isOn: false }));
  await untilRenewed(old);
  await reconnect(ben);
  const vault = await vaultOfBen();
  expect(vault.archive.find(({ room: of }) => of === late)).toMatchObject({ runs: [] });
  expect(isThere(vault).filter(Boolean)).toHaveLength(1);
  // It had heard late of what was done already, and owes nothing for it.
  expect(now(old.client, "session").keysOwedSince).toBeNull();
  expect(now(old.client, "alarms")).toEqual([]);
  // Closed before the server has it, the room would stay marked for those who come in next.
  const isMarked = async () => (await vaultOfBen()).settings.some(({ key }) => key.endsWith(room));
  while (await isMarked()) await new Promise((resolve) => setTimeout(resolve, 20));
  await old.client.close();
});

test("whoever is let in again and given the past reads it after the next renewal too", async () => {
  const { actions } = therapist.client;
  const again = valueOf(
    await actions.openRoom({ family, people: [ben.person, cleo.person], title: "again" }),
  );
  await roomWhere(ben.client, (line) => line.room === again);
  await say(cleo.client, again, "while he was in it");
  await untilSaid(ben.client, again, "while he was in it");
  const renew = async () => {
    valueOf(await ben.client.actions.renewKeys());
    await untilRenewed(ben);
  };
  await owe("before he is taken out");
  await renew();
  valueOf(await actions.removeFromRoom({ room: again, account: accountOf(ben) }));
  await untilGone(ben.client, again);
  await renew();
  await say(cleo.client, again, "while he was out");
  valueOf(await actions.addToRoom({ room: again, person: ben.person, from: 0 }));
  await untilSaid(ben.client, again, "while he was in it");
  await owe("after he was let in again");
  await renew();
  const phone = await signInElsewhere(house, ben);
  const view = await untilSaid(phone.client, again, "while he was out");
  expect(textsOf(view)).toEqual(["while he was in it", "while he was out"]);
  expect(now(phone.client, "alarms")).toEqual([]);
  await phone.client.close();
});

test("whoever was out of a room while away, and is in it again when they come back, owes a renewal too", async () => {
  const { actions } = therapist.client;
  const twice = valueOf(await actions.openRoom({ family, people: [ben.person], title: "twice" }));
  await roomWhere(ben.client, (line) => line.room === twice);
  await say(ben.client, twice, "before he was out");
  await owe("before he is away");
  valueOf(await ben.client.actions.renewKeys());
  await untilRenewed(ben);
  const archivedOf = async () => archiveOf((await vaultOfBen()).archive, twice);
  const before = (await archivedOf())?.runs[0]?.first ?? -1;
  expect(before).toBeGreaterThanOrEqual(0);
  ben.device.cut();
  await seen(ben.client, "session", ({ online }) => !online);
  valueOf(await actions.removeFromRoom({ room: twice, account: accountOf(ben) }));
  valueOf(await actions.addToRoom({ room: twice, person: ben.person, from: null }));
  await say(therapist.client, twice, "since he is in again");
  ben.device.mend();
  await untilSaid(ben.client, twice, "since he is in again");
  await seen(ben.client, "session", ({ keysOwedSince }) => keysOwedSince !== null);
  valueOf(await ben.client.actions.renewKeys());
  await untilRenewed(ben);
  expect(archivedSeed(await archivedOf(), before)).toBeNull();
  await untilSaid(ben.client, twice, "since he is in again");
  const phone = await signInElsewhere(house, ben);
  await untilSaid(phone.client, twice, "since he is in again");
  expect(now(phone.client, "alarms")).toEqual([]);
  await phone.client.close();
  noAlarms();
});

test("a device that was away loses its older keys when it comes back, and reads on", async () => {
  const away = anotherDevice(house, ben, { idleLockAfterMs: 100 * HOUR_MS });
  const first = await house.open(away);
  valueOf(await first.actions.signIn(ben.way));
  await untilSaid(first, room, "an answer");
  await first.close();
  await owe("while away");
  valueOf(await ben.client.actions.renewKeys());
  await untilRenewed(ben);
  await say(ben.client, room, "while the other was away");
  const back = await house.open(away);
  await untilSaid(back, room, "while the other was away");
  await seen(back, "session", ({ inStep }) => inStep);
  await back.close();
  away.cut();
  // What it keeps is the renewed vault: it opens its rooms, without a server, by what is archived.
  const again = await house.open(away);
  const view = await untilSaid(again, room, "while the other was away");
  expect(textsOf(view)).toContain("as it was changed");
  expect(now(again, "session").keysRenewedAt).toBe(now(ben.client, "session").keysRenewedAt);
  expect(now(again, "alarms")).toEqual([]);
  await again.close();
});

test("it waits a day for what else may end, and then does itself what is owed", async () => {
  const published = () => ben.device.asked.filter((line) => line === "POST /v1/account/renew").length;
  ben.device.shiftClock(1_000 * HOUR_MS);
  await reconnect(ben);
  const before = published();
  await owe("batched");
  ben.device.shiftClock(23 * HOUR_MS);
  await reconnect(ben);
  await owe("batched with it");
  expect(published()).toBe(before);
  ben.device.shiftClock(2 * HOUR_MS);
  await reconnect(ben);
  await untilRenewed(ben);
  expect(published()).toBe(before + 1);
  noAlarms();
});

const cuts = [
  { name: "before the identity is published", path: /\/account\/renew$/, isAsked: false },
  { name: "when the answer that it is published is lost", path: /\/account\/renew$/, isAsked: true },
  { name: "before the first room has the new keys", path: /\/events$/, isAsked: false },
  { name: "when the answer of a room is lost", path: /\/events$/, isAsked: true },
  { name: "before the archive is written", path: /\/vault\/main$/, isAsked: false },
  { name: "when the answer that it is written is lost", path: /\/vault\/main$/, isAsked: true },
];

test.each(cuts)(
  "cut off $name, it is brought to its end by the next start",
  async ({ isAsked, name, path }) => {
    await owe(name);
    const [met, hold] = [makeGate(), makeGate()];
    ben.device.meddle(path, async (ask) => {
      if (isAsked) await ask();
      met.open();
      await hold.opened;
      throw new TypeError("nobody answers");
    });
    const renewing = ben.client.actions.renewKeys();
    await met.opened;
    await ben.client.close();
    hold.open();
    await renewing.catch(() => null);
    ben.device.meddle(path, null);
    await startAnew();
    valueOf(await ben.client.actions.renewKeys());
    await untilRenewed(ben);
    expect(isThere(await vaultOfBen()).filter(Boolean)).toHaveLength(1);
    await say(ben.client, room, name);
    await untilSaid(therapist.client, room, name);
    await untilSaid(ben.client, given, "before Ben");
    noAlarms();
  },
);

test("a lock in the middle stays a lock, and nothing of it is lost", async () => {
  await owe("locked");
  const [met, hold] = [makeGate(), makeGate()];
  ben.device.meddle(/\/account\/renew$/, async (ask) => {
    const answer = await ask();
    met.open();
    await hold.opened;
    return answer;
  });
  const renewing = ben.client.actions.renewKeys();
  await met.opened;
  await ben.client.actions.lock();
  hold.open();
  expect(refusalOf(await renewing)).toBe("locked");
  expect(now(ben.client, "session").state).toBe("locked");
  ben.device.meddle(/\/account\/renew$/, null);
  valueOf(await ben.client.actions.signIn(ben.way));
  await seen(ben.client, "session", ({ inStep }) => inStep);
  valueOf(await ben.client.actions.renewKeys());
  await untilRenewed(ben);
  expect(isThere(await vaultOfBen()).filter(Boolean)).toHaveLength(1);
  noAlarms();
});

test("two browsers at once make one renewal", async () => {
  const phone = await signInElsewhere(house, ben);
  phone.device.shiftClock(1_025 * HOUR_MS);
  await untilSaid(phone.client, room, "an answer");
  await seen(phone.client, "session", ({ inStep }) => inStep);
  const generation = (await vaultOfBen()).identities.at(-1)?.generation ?? 0;
  await owe("twice");
  await seen(phone.client, "session", ({ keysOwedSince }) => keysOwedSince !== null);
  await Promise.all([ben, phone].map(({ client }) => client.actions.renewKeys()));
  for (const who of [ben, phone]) {
    await untilRenewed(who);
    await untilSaid(who.client, given, "before Ben");
  }
  const vault = await vaultOfBen();
  expect(vault.identities.at(-1)?.generation).toBe(generation + 1);
  expect(isThere(vault).filter(Boolean)).toHaveLength(1);
  expect(now(phone.client, "alarms")).toEqual([]);
  noAlarms();
  await phone.client.close();
});

test("nothing is destroyed as long as one room has not been read", async () => {
  await owe("unread");
  const path = new RegExp(`/rooms/${given}/`);
  await say(cleo.client, given, "before it is cut");
  await untilSaid(ben.client, given, "before it is cut");
  ben.device.meddle(path, () => Promise.resolve(new Response("", { status: 503 })));
  expect(refusalOf(await ben.client.actions.renewKeys())).not.toBeNull();
  expect(now(ben.client, "session").keysOwedSince).not.toBeNull();
  expect(isThere(await vaultOfBen()).filter(Boolean)).toHaveLength(2);
  ben.device.meddle(path, null);
  valueOf(await ben.client.actions.renewKeys());
  await untilRenewed(ben);
  await untilSaid(ben.client, given, "before it is cut");
  noAlarms();
});

test("whoever is let in right after a renewal is let in with the newest keys, though no room names them yet", async () => {
  await owe("admission");
  // The new keys are published, and no room is told of them.
  ben.device.meddle(/\/events$/, () => Promise.resolve(new Response("", { status: 503 })));
  expect(refusalOf(await ben.client.actions.renewKeys())).not.toBeNull();
  const { actions } = therapist.client;
  const fresh = valueOf(await actions.openRoom({ family, people: [cleo.person], title: "fresh" }));
  valueOf(await actions.addToRoom({ room: fresh, person: ben.person }));
  await untilAsked(therapist.device, (asked) => asked.includes("POST /v1/identities/newest"));
  const both = valueOf(await actions.openRoom({ family, people: [ben.person, cleo.person], title: "both" }));
  for (const of of [fresh, both]) {
    await roomWhere(ben.client, (line) => line.room === of);
    await say(therapist.client, of, "read by the newest");
    await untilSaid(ben.client, of, "read by the newest");
  }
  ben.device.meddle(/\/events$/, null);
  valueOf(await ben.client.actions.renewKeys());
  await untilRenewed(ben);
  expect(roomNow(ben.client, fresh)?.entries.some((entry) => entry.kind === "notice")).toBe(false);
  noAlarms();
});

test("beginning anew afterwards keeps what is archived, and the next renewal goes on from there", async () => {
  const { code } = valueOf(await ben.client.actions.beginSecuring());
  valueOf(await ben.client.actions.proveWay(ben.way));
  valueOf(await ben.client.actions.finishSecuring(code));
  await seen(ben.client, "session", ({ inStep, online, state }) => inStep && online && state === "unlocked");
  const phone = await signInElsewhere(house, ben);
  await untilSaid(phone.client, room, "an answer");
  await untilSaid(phone.client, given, "before Ben");
  expect(textsOf(roomNow(phone.client, room))).toContain("as it was changed");
  await phone.client.close();
  await owe("after beginning anew");
  valueOf(await ben.client.actions.renewKeys());
  await untilRenewed(ben);
  await startAnew();
  await untilSaid(ben.client, given, "before Ben");
  noAlarms();
});
