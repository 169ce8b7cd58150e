import type { RoomId } from "@sotto/domain";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  openFirstRoom,
  openHouse,
  refusalOf,
  roomWhere,
  until,
  untilSaid,
  valueOf,
  type FamilyMember,
  type House,
  type Someone,
} from "../support/clients.ts";
import { deletedIn, say } from "../support/said.ts";

let house: House;
let therapist: Someone;
let ben: FamilyMember;
let room: RoomId;

beforeAll(async () => {
  house = await openHouse();
  ({ ben, room, therapist } = await openFirstRoom(house));
}, 60_000);

afterAll(() => house.close());

const found = async (who: Someone, query: string) => {
  const { hits } = valueOf(await who.client.actions.search({ query }));
  return hits.map((hit) => [hit.room, hit.author.name, hit.parts.map((part) => part.text).join("")]);
};

test("a person finds what was said in all their rooms, the newest first, and nobody else does", async () => {
  const own = await roomWhere(ben.client, (line) => line.kind === "private");
  await say(ben.client, room, "the garden, for everybody");
  await say(ben.client, own.room, "the garden, for us two");
  await untilSaid(therapist.client, own.room, "the garden, for us two");
  expect(await found(ben, "GARDEN")).toEqual([
    [own.room, "Ben", "the garden, for us two"],
    [room, "Ben", "the garden, for everybody"],
  ]);
  const team = await roomWhere(therapist.client, (line) => line.kind === "team");
  await say(therapist.client, team.room, "the garden, among colleagues");
  expect(await found(ben, "colleagues")).toEqual([]);
  expect(await found(therapist, "colleagues")).toHaveLength(1);
});

test("what was changed is found by its new words alone, and what was deleted not at all, from the moment its author wished it", async () => {
  const entry = await say(ben.client, room, "a purple elephant");
  await untilSaid(therapist.client, room, "a purple elephant");
  valueOf(await ben.client.actions.edit({ room, entry, text: "a green elephant" }));
  await untilSaid(therapist.client, room, "a green elephant");
  expect(await found(therapist, "purple")).toEqual([]);
  expect(await found(therapist, "green")).toHaveLength(1);
  ben.device.cut();
  valueOf(await ben.client.actions.deleteForAll({ room, entry }));
  expect(await found(ben, "elephant")).toEqual([]);
  ben.device.mend();
  await until(therapist.client, room, (view) => deletedIn(view).length === 1);
  expect(await found(therapist, "elephant")).toEqual([]);
});

test("locked, nothing is found", async () => {
  await ben.client.actions.lock();
  expect(refusalOf(await ben.client.actions.search({ query: "garden" }))).toBe("locked");
  valueOf(await ben.client.actions.signIn(ben.way));
});
