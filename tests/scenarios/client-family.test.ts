import type { RoomLineView } from "@sotto/client";
import type { FamilyId, PersonId } from "@sotto/domain";
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  bringIn,
  namesIn,
  now,
  openHouse,
  openPractice,
  record,
  refusalOf,
  roomNow,
  roomWhere,
  seen,
  untilSaid,
  valueOf,
  type FamilyMember,
  type House,
  type Someone,
  anotherDevice,
} from "../support/clients.ts";

let house: House;
let therapist: Someone;
let family: FamilyId;
let members: readonly FamilyMember[];

beforeAll(async () => {
  house = await openHouse();
  therapist = await openPractice(house);
  family = valueOf(await therapist.client.actions.createFamily({ name: "Rivera" }));
  members = await joinFourOfThem();
});

afterAll(() => house.close());

/** Two guardians who are partners, a teenager and a child. */
async function joinFourOfThem(): Promise<readonly FamilyMember[]> {
  // Fresh UUIDs are people's ids; the brand is a compiler-only mark.
  const newId = () => randomUUID() as string as PersonId;
  const [ana, ben, tom, zoe] = [newId(), newId(), newId(), newId()];
  const ofBoth = [
    { kind: "guardian-of", to: tom },
    { kind: "guardian-of", to: zoe },
  ] as const;
  await record(therapist, family, {
    person: ana,
    name: "Ana",
    relations: [{ kind: "partner-of", to: ben }, ...ofBoth],
  });
  await record(therapist, family, { person: ben, name: "Ben", relations: ofBoth });
  await record(therapist, family, { person: tom, name: "Tom", role: "teen" });
  await record(therapist, family, { person: zoe, name: "Zoe", role: "child" });
  const joined: FamilyMember[] = [];
  for (const [person, name] of [
    [ana, "Ana"],
    [ben, "Ben"],
    [tom, "Tom"],
    [zoe, "Zoe"],
  ] as const) {
    joined.push(await bringIn(house, therapist, { family, person, name }));
  }
  return joined;
}

function memberCalled(name: string): FamilyMember {
  const found = members.find((member) => member.name === name);
  if (found === undefined) throw new Error(`nobody is called ${name}`);
  return found;
}

const describe = (line: RoomLineView): string => `${line.subgroup ?? line.kind}: ${namesIn(line).join(" ")}`;

const ALL_ROOMS = [
  "couple: Ada Ana Ben",
  "family: Ada Ana Ben Tom Zoe",
  "private: Ada Ana",
  "private: Ada Ben",
  "private: Ada Tom",
  "private: Ada Zoe",
  "siblings: Ada Tom Zoe",
  "team: Ada",
];

/** Waits until exactly these rooms are there, with exactly these readers. */
const untilRooms = (who: Someone, rooms: readonly string[]) =>
  seen(who.client, "rooms", (lines) => lines.map(describe).toSorted().join() === rooms.join());

test("the rooms that a family of four grows have exactly the readers they should, on every device", async () => {
  await untilRooms(therapist, ALL_ROOMS);
  for (const member of members) {
    const own = ALL_ROOMS.filter((room) => room.includes(member.name));
    await untilRooms(member, own);
    expect(now(member.client, "rooms").map(describe).toSorted()).toEqual(own);
  }
});

test("a new browser shows a room when it has read all of it, never with the readers of some time before", async () => {
  const device = anotherDevice(house, therapist);
  const client = await house.open(device);
  const shown = new Set<string>();
  client.watch("rooms", (lines) => {
    for (const line of lines) if (line.kind === "family") shown.add(namesIn(line).join());
  });
  valueOf(await client.actions.signIn(therapist.way));
  await seen(client, "session", ({ inStep }) => inStep);
  expect([...shown]).toEqual([["Ada", "Ana", "Ben", "Tom", "Zoe"].join()]);
});

test("nobody sees a room they are not in, by any view", async () => {
  await untilRooms(therapist, ALL_ROOMS);
  const everyRoom = now(therapist.client, "rooms");
  for (const member of members) {
    const own = new Set(now(member.client, "rooms").map((line) => line.room));
    for (const line of everyRoom) {
      const mayRead = namesIn(line).includes(member.name);
      expect(own.has(line.room)).toBe(mayRead);
      expect(roomNow(member.client, line.room) !== null).toBe(mayRead);
      const said = await member.client.actions.send({ room: line.room, text: `from ${member.name}` });
      expect(said.kind).toBe(mayRead ? "done" : "refused");
    }
    expect(now(member.client, "families")).toEqual([]);
    let structure: unknown = "not shown";
    member.client.watchFamily(family, (view) => {
      structure = view;
    })();
    expect(structure).toBeNull();
  }
});

test("what the guardians say to each other reaches neither child", async () => {
  const [ana, ben, tom, zoe] = ["Ana", "Ben", "Tom", "Zoe"].map(memberCalled);
  if (ana === undefined || ben === undefined || tom === undefined || zoe === undefined)
    throw new Error("four");
  const { room } = await roomWhere(ana.client, (line) => line.subgroup === "couple");
  valueOf(await ana.client.actions.send({ room, text: "we should tell them together" }));
  await untilSaid(ben.client, room, "we should tell them together");
  for (const child of [tom, zoe]) {
    const shared = await roomWhere(child.client, (line) => line.kind === "family");
    valueOf(
      await ben.client.actions.send({ room: shared.room, text: `after the couple spoke, ${child.name}` }),
    );
    // Whatever was to reach the child would have come before this.
    await untilSaid(child.client, shared.room, `after the couple spoke, ${child.name}`);
    expect(roomNow(child.client, room)).toBeNull();
    expect(JSON.stringify(now(child.client, "rooms"))).not.toContain("tell them together");
  }
});

test("names, roles and who was verified stand beside every reader", async () => {
  const ana = memberCalled("Ana");
  const line = await roomWhere(ana.client, (room) => room.kind === "family");
  const named = line.readers
    .map(({ isMe, name, role, verified }) => `${name}, ${role}, ${verified}, ${isMe ? "me" : "not me"}`)
    .toSorted();
  expect(named).toEqual([
    "Ada, therapist, invitation, not me",
    "Ana, adult, in-person, me",
    "Ben, adult, introduced, not me",
    "Tom, teen, introduced, not me",
    "Zoe, child, introduced, not me",
  ]);
  const shown = await roomWhere(therapist.client, (room) => room.kind === "family");
  expect(shown.readers.every((reader) => reader.isMe || reader.verified === "invitation")).toBe(true);
});

test("nobody is taken out of their own private room", async () => {
  const tom = memberCalled("Tom");
  const { room } = await roomWhere(tom.client, (line) => line.kind === "private");
  const { account } = now(tom.client, "session");
  if (account === null) throw new Error("nobody is in");
  expect(refusalOf(await therapist.client.actions.removeFromRoom({ room, account }))).toBe("not-allowed");
  valueOf(await tom.client.actions.send({ room, text: "still here" }));
  await untilSaid(therapist.client, room, "still here");
});
