/**
 * What was in a room that has ended is gone for good. Somebody copies all that the server stores while the room goes on; then it ends, and everybody
 * who was ever in it renews their keys. With every key that anybody still holds, nothing of the copied room opens. The same attempt opens all of it before.
 */
import { endRoomAlone } from "@sotto/client/unsafe-ending";
import type { FamilyId, RoomId } from "@sotto/domain";
import type { VaultState } from "@sotto/vault";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  inviteAndJoin,
  now,
  openHouse,
  openPractice,
  roomWhere,
  seen,
  signInElsewhere,
  until,
  untilGone,
  untilSaid,
  valueOf,
  type FamilyMember,
  type House,
  type Someone,
} from "../support/clients.ts";
import { say } from "../support/said.ts";
import { breakFile, breakInto, copyServer, keysIn, type Copy, type Keys } from "../support/thief.ts";
import {
  openBySheet,
  stateIn,
  statesOn,
  storedVaults,
  vaultNow,
  type Opened,
  type StoredVault,
} from "../support/vaults.ts";

let house: House;
let therapist: Someone;
let family: FamilyId;
let ben: FamilyMember;
let cleo: FamilyMember;
let dan: FamilyMember;
let everybody: readonly { readonly who: Someone; readonly opened: Opened }[];
/** The room that will end, and one that goes on. */
let over: RoomId;
let stays: RoomId;

const SAID = ["said by Ben alone", "said with Dan there", "said with Cleo there", "in other words"];
const CONTENT = Buffer.from("what stands in the file");
let file: { readonly file: string; readonly size: number };

let copy: Copy;
let oldVaults: readonly StoredVault[];
/** What Ben's device kept then. */
let oldDevice: Parameters<typeof statesOn>[0];

beforeAll(async () => {
  house = await openHouse();
  therapist = await openPractice(house);
  const { actions } = therapist.client;
  family = valueOf(await actions.createFamily({ name: "Rivera" }));
  [ben, cleo, dan] = [
    await inviteAndJoin(house, therapist, family, { name: "Ben" }),
    await inviteAndJoin(house, therapist, family, { name: "Cleo" }),
    await inviteAndJoin(house, therapist, family, { name: "Dan" }),
  ];
  for (const { client } of [ben, cleo, dan]) await roomWhere(client, (line) => line.kind === "private");
  [over, stays] = [
    valueOf(await actions.openRoom({ family, people: [ben.person], title: "over" })),
    valueOf(await actions.openRoom({ family, people: [ben.person, cleo.person], title: "stays" })),
  ];
  await fillRooms();
  everybody = await Promise.all(
    [therapist, ben, cleo, dan].map(async (who) => ({ who, opened: await openBySheet(house, who) })),
  );
}, 120_000);

afterAll(() => house.close());

const accountOf = ({ client }: Someone) => {
  const { account } = now(client, "session");
  if (account === null) throw new Error("somebody who is in");
  return account;
};

/** A room with all that a room can hold: words, other words, a file, a past that was given, and somebody who was taken out again. */
async function fillRooms(): Promise<void> {
  const { actions } = therapist.client;
  await roomWhere(ben.client, (line) => line.room === over);
  await roomWhere(ben.client, (line) => line.room === stays);
  await say(ben.client, over, SAID[0] ?? "");
  valueOf(await actions.addToRoom({ room: over, person: dan.person }));
  await roomWhere(dan.client, (line) => line.room === over);
  await say(dan.client, over, SAID[1] ?? "");
  valueOf(await actions.removeFromRoom({ room: over, account: accountOf(dan) }));
  await untilGone(dan.client, over);
  valueOf(await actions.addToRoom({ room: over, person: cleo.person, from: 0 }));
  await untilSaid(cleo.client, over, SAID[0] ?? "");
  const entry = await say(cleo.client, over, SAID[2] ?? "");
  valueOf(await cleo.client.actions.edit({ room: over, entry, text: SAID[3] ?? "" }));
  await untilSaid(therapist.client, over, SAID[3] ?? "");
  const named = { name: "a.txt", type: "text/plain", picture: null, durationMs: null, preview: null };
  const source = new Blob([CONTENT]);
  valueOf(await ben.client.actions.sendFile({ room: over, source, ...named }));
  const view = await until(cleo.client, over, ({ entries }) => entries.some((line) => line.kind === "file"));
  expect(view.entries.filter((line) => line.kind === "file")).toHaveLength(1);
  await say(cleo.client, stays, "said where it goes on");
  await untilSaid(ben.client, stays, "said where it goes on");
}

/** Every key in every vault on the server, and in what every device keeps. */
async function allKeys(): Promise<Keys> {
  const states: VaultState[] = [];
  for (const { opened, who } of everybody) {
    states.push(await vaultNow(house, opened), ...(await statesOn(who.device, opened)));
  }
  return keysIn(states);
}

const textIn = (said: readonly Buffer[]) => SAID.filter((text) => said.some((body) => body.includes(text)));

test("the control: whoever has copied the server and has the keys of today reads all of the room", async () => {
  copy = await copyServer(house);
  oldVaults = await storedVaults(house);
  const { values, ...ways } = ben.device.store;
  oldDevice = { store: { ...ways, values: new Map(values) } };
  const [id] = [...copy.files.keys()]
    .flatMap((path) => path.match(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g) ?? [])
    .slice(-1);
  file = { file: id ?? "", size: CONTENT.length };
  const { epochs, said } = await breakInto(copy, over, await allKeys());
  expect(epochs).toEqual([0, 1, 2, 3, 4]);
  expect(textIn(said)).toEqual(SAID);
  expect(await breakFile(copy, file, said)).toEqual(CONTENT);
  // Each person's keys open what they were given, and Dan's what was said when he was there.
  const own = async ({ opened }: (typeof everybody)[number]) =>
    (await breakInto(copy, over, keysIn([await vaultNow(house, opened)]))).epochs;
  const opened = await Promise.all(everybody.map(own));
  expect(opened).toEqual([[0, 1, 2, 3, 4], [0, 1, 2, 3, 4], [0, 1, 2, 3, 4], [1]]);
});

test("when it has ended and everybody has renewed their keys, no key that anybody still holds opens anything of it", async () => {
  const { actions } = therapist.client;
  valueOf(await actions.closeFamily({ family }));
  for (const { client } of [therapist, ben, cleo]) {
    await roomWhere(client, ({ closed, room }) => room === over && closed);
  }
  valueOf(await endRoomAlone(therapist.client, over));
  for (const { client } of [therapist, ben, cleo]) await untilGone(client, over);
  for (const { client } of [therapist, ben, cleo, dan]) {
    await seen(client, "session", ({ keysOwedSince }) => keysOwedSince !== null);
    valueOf(await client.actions.renewKeys());
    await seen(
      client,
      "session",
      ({ keysOwedSince, keysRenewedAt }) => keysOwedSince === null && keysRenewedAt !== null,
    );
  }
  const keys = await allKeys();
  expect(keys.seeds.length).toBeGreaterThan(0);
  const { epochs, said } = await breakInto(copy, over, keys);
  expect([epochs, said]).toEqual([[], []]);
  expect(await breakFile(copy, file, said)).toBeNull();
  // Nor with what the server has now besides.
  const both = await copyServer(house);
  const joined = {
    ...copy,
    items: [...copy.items, ...both.items.filter(({ kind, room }) => kind === "event" && room !== over)],
  };
  expect((await breakInto(joined, over, keys)).epochs).toEqual([]);
  expect(both.items.filter(({ kind, room }) => room === over && kind !== "husk" && kind !== "event")).toEqual(
    [],
  );
  for (const { client } of [therapist, ben, cleo, dan]) expect(now(client, "alarms")).toEqual([]);
});

test("the rooms that go on are as they were, on a new device too, and the same keys open their copy", async () => {
  const { epochs, said } = await breakInto(copy, stays, await allKeys());
  expect(epochs).toContain(0);
  expect(said.some((body) => body.includes("said where it goes on"))).toBe(true);
  for (const who of [ben, cleo, therapist]) {
    const elsewhere = await signInElsewhere(house, who);
    await untilSaid(elsewhere.client, stays, "said where it goes on");
    await seen(elsewhere.client, "session", ({ inStep }) => inStep);
    expect(now(elsewhere.client, "rooms").some(({ room }) => room === over)).toBe(false);
    expect(now(elsewhere.client, "alarms")).toEqual([]);
    await elsewhere.client.close();
  }
});

test("what is not claimed: an older copy of a vault, or of a device, with a way in that is still good, holds the older keys", async () => {
  const states = async (opened: Opened) => {
    const found = await Promise.all(oldVaults.map((vault) => stateIn(vault, opened).catch(() => null)));
    return found.filter((state) => state !== null);
  };
  const [, ofBen] = everybody;
  if (ofBen === undefined) throw new Error("Ben");
  for (const older of [await states(ofBen.opened), await statesOn(oldDevice, ofBen.opened)]) {
    expect((await breakInto(copy, over, keysIn(older))).epochs).toEqual([0, 1, 2, 3, 4]);
  }
  // Beginning anew takes the way in away: the copy of the vault opens by none that Ben has from then on.
  const { actions } = ben.client;
  const { code } = valueOf(await actions.beginSecuring());
  valueOf(await actions.proveWay(ben.way));
  valueOf(await actions.finishSecuring(code));
  await seen(ben.client, "session", ({ inStep, online, state }) => inStep && online && state === "unlocked");
  const anew = await openBySheet(house, ben);
  expect(await states(anew)).toEqual([]);
});
