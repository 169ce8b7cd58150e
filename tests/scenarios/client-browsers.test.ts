import type { RoomId } from "@sotto/domain";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  makeWords,
  noticesOf,
  now,
  openFirstRoom,
  openHouse,
  openPractice,
  refusalOf,
  roomNow,
  seen,
  signInElsewhere,
  textsOf,
  until,
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
  ({ ben, room, therapist } = await openFirstRoom(house));
  for (const text of ["one", "two", "three"]) valueOf(await ben.client.actions.send({ room, text }));
  await untilSaid(therapist.client, room, "three");
});

afterAll(() => house.close());

const factorsOf = (who: Someone, count: number) =>
  seen(who.client, "factors", (factors) => factors.length === count);

/** A new browser of somebody, on which only the sheet is known. */
async function signInBySheet(code: string): Promise<Someone> {
  const device = house.newDevice();
  const client = await house.open(device);
  valueOf(await client.actions.signIn({ kind: "recovery", code }));
  return { ...ben, device, client };
}

async function makeSheet(who: Someone): Promise<string> {
  const { code } = valueOf(await who.client.actions.makeSheet());
  valueOf(await who.client.actions.proveSheet(code.toLowerCase()));
  return code;
}

test("a second browser reads the whole history, and both write and read on, each a stream of its own", async () => {
  const second = await signInElsewhere(house, ben);
  const read = await untilSaid(second.client, room, "three");
  expect(textsOf(read)).toEqual(["one", "two", "three"]);
  expect(now(second.client, "session")).toMatchObject({ displayName: "Ben", practiceName: "Elm Street" });
  const both = [ben, second];
  await Promise.all(
    both.map(async (who, index) => {
      for (const text of [`browser ${index} says a`, `browser ${index} says b`]) {
        valueOf(await who.client.actions.send({ room, text }));
      }
    }),
  );
  for (const who of [...both, therapist]) {
    const view = await until(who.client, room, (line) => textsOf(line).length === 7);
    expect(noticesOf(view)).toEqual([]);
    expect(textsOf(view).filter((text) => text.startsWith("browser 0"))).toHaveLength(2);
  }
  expect(now(second.client, "alarms")).toEqual([]);
});

test("what two browsers change in the vault at once is merged", async () => {
  const owner = await openPractice(house, { name: "Eve" });
  const second = await signInElsewhere(house, owner);
  // Each opens rooms, which each pins in the vault; and each proves something of its own.
  const families = await Promise.all(
    [owner, second].map(async ({ client }, index) =>
      valueOf(await client.actions.createFamily({ name: `Family ${index}` })),
    ),
  );
  await makeSheet(second);
  for (const { client } of [owner, second]) {
    await seen(client, "families", (lines) =>
      families.every((id) => lines.some((line) => line.family === id)),
    );
    await seen(client, "session", (session) => session.sheetProved);
    expect(now(client, "alarms")).toEqual([]);
  }
  // A third browser gets the merged vault from the server.
  const third = await signInElsewhere(house, owner);
  await seen(third.client, "session", (session) => session.sheetProved);
  await seen(third.client, "families", (lines) => lines.length === 2);
  expect(now(third.client, "alarms")).toEqual([]);
});

test("a sheet is proved by typing it, and lets its owner in when the passphrase is lost; then it is spent", async () => {
  expect(now(ben.client, "session").sheetProved).toBe(false);
  valueOf(await ben.client.actions.showWay(ben.way));
  const { code } = valueOf(await ben.client.actions.makeSheet());
  expect(refusalOf(await ben.client.actions.proveSheet(`${code.slice(0, -1)}?`))).toBe("sheet-mistyped");
  valueOf(await ben.client.actions.proveSheet(code));
  await seen(ben.client, "session", (session) => session.sheetProved);
  await factorsOf(ben, 2);

  const recovered = await signInBySheet(code);
  const read = await untilSaid(recovered.client, room, "three");
  expect(textsOf(read).slice(0, 3)).toEqual(["one", "two", "three"]);
  expect(now(recovered.client, "session")).toMatchObject({ sheetProved: false, lastFactor: "recovery" });
  // Every browser of hers asks for a new one, and the old one ends with it.
  await seen(ben.client, "session", (session) => !session.sheetProved);
  const fresh = await makeSheet(recovered);
  await seen(ben.client, "session", (session) => session.sheetProved);
  await factorsOf(recovered, 2);
  const device = await house.open(house.newDevice());
  expect(refusalOf(await device.actions.signIn({ kind: "recovery", code }))).toBe("sign-in-failed");
  valueOf(await device.actions.signIn({ kind: "recovery", code: fresh }));
});

test("losing any one factor loses nothing: what is left opens everything, and the last one stays", async () => {
  const way = makeWords(ben.client);
  valueOf(await ben.client.actions.showWay(ben.way));
  valueOf(await ben.client.actions.addFactor(way));
  const other = await signInElsewhere(house, { ...ben, way });
  const factors = await factorsOf(other, 3);
  for (const factor of factors.filter((line) => line.name !== way.name)) {
    valueOf(await other.client.actions.removeFactor(factor.factor));
  }
  const [last] = await factorsOf(other, 1);
  if (last === undefined) throw new Error("one factor");
  expect(refusalOf(await other.client.actions.removeFactor(last.factor))).toBe("last-factor");
  // With the sheet gone, a new one is due; with the old passphrase, whoever was in by it is out.
  await seen(other.client, "session", (session) => !session.sheetProved);
  await seen(ben.client, "session", (session) => session.state === "locked");
  expect(refusalOf(await ben.client.actions.signIn(ben.way))).toBe("wrong-factor");
  ben = { ...ben, way };
  valueOf(await ben.client.actions.signIn(way));
  const read = await untilSaid(ben.client, room, "three");
  expect(textsOf(read).slice(0, 3)).toEqual(["one", "two", "three"]);
});

test("wrong words let nobody in, and say so", async () => {
  const client = await house.open(house.newDevice());
  const words = makeWords(client).words;
  expect(refusalOf(await client.actions.signIn({ ...wordsOf(ben), words }))).toBe("wrong-factor");
  expect(refusalOf(await client.actions.signIn(makeWords(client)))).toBe("wrong-factor");
  expect(refusalOf(await client.actions.signIn({ kind: "recovery", code: "not a code" }))).toBe(
    "sheet-mistyped",
  );
  expect(now(client, "session")).toMatchObject({ state: "signed-out", account: null });
});

test("a sheet that was made for one person is not proved by the next one on the device", async () => {
  const device = house.newDevice();
  const client = await house.open(device);
  valueOf(await client.actions.signIn(ben.way));
  const { code } = valueOf(await client.actions.makeSheet());
  await client.actions.lock();
  expect(refusalOf(await client.actions.proveSheet(code))).toBe("locked");
  valueOf(await client.actions.signIn(therapist.way));
  expect(refusalOf(await client.actions.proveSheet(code))).toBe("sheet-not-proved");
});

test("two sign-ins at once open one account", async () => {
  const client = await house.open(house.newDevice());
  const both = await Promise.all([client.actions.signIn(ben.way), client.actions.signIn(ben.way)]);
  expect(both.map(refusalOf)).toEqual([null, "already-signed-in"]);
  await untilSaid(client, room, "three");
  await client.actions.lock();
  expect(now(client, "rooms")).toEqual([]);
  expect(roomNow(client, room)).toBeNull();
});
