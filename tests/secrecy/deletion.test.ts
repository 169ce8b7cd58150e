import type { RoomId } from "@sotto/domain";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  openFirstRoom,
  openHouse,
  textsOf,
  until,
  untilSaid,
  valueOf,
  type FamilyMember,
  type House,
  type Someone,
} from "../support/clients.ts";
import { lookInto } from "../support/database.ts";
import { untilAsked } from "../support/meddling.ts";
import type { Device } from "../support/node-ports.ts";
import { say } from "../support/said.ts";
import { findInDatabase, isIn } from "./find-canary.ts";

// A message is said, changed and deleted. Its sealed bytes, of both frames, must then be nowhere: not in the database, not on a device.
/** The end of a frame, which is the end of its item on a device too (docs/formats/local.md), is the end of what is sealed in it. */
const CANARY_BYTES = 48;

let house: House;
let therapist: Someone;
let ben: FamilyMember;
let room: RoomId;
/** A part of what was sealed in each of Ben's frames, as it went by. */
const sealed: Buffer[] = [];

beforeAll(async () => {
  house = await openHouse({ wayKind: "passphrase" });
  const device = house.newDevice({ idleLockAfterMs: 3_600_000 });
  ({ ben, room, therapist } = await openFirstRoom(house, { member: device }));
}, 60_000);

afterAll(() => house.close());

const isOnDevice = ({ store }: Device, canary: Buffer) =>
  [...store.values.values()].some((value) => isIn(Buffer.from(value).toString("hex"), canary));

test("the sealed bytes of a deleted message and of its change are in no table and on no device", async () => {
  const entry = await say(ben.client, room, "to be forgotten");
  valueOf(await ben.client.actions.edit({ room, entry, text: "to be forgotten, changed" }));
  await until(therapist.client, room, (view) => textsOf(view).includes("to be forgotten, changed"));
  const frames = await lookInto<{ bytes: Buffer }>(
    house.database,
    "select bytes from room_item where room_id = $1 and kind = 'frame' order by seq desc limit 2",
    [room],
  );
  for (const { bytes } of frames) sealed.push(bytes.subarray(-CANARY_BYTES));
  // The search itself finds them as long as they are there.
  expect(sealed).toHaveLength(2);
  expect(await findInDatabase(house.database.adminUrl, sealed)).toHaveLength(2);
  for (const { device } of [ben, therapist]) {
    // What is written down comes after what is shown.
    await untilAsked(device, () => sealed.every((canary) => isOnDevice(device, canary)));
    expect(sealed.every((canary) => isOnDevice(device, canary))).toBe(true);
  }
  valueOf(await ben.client.actions.deleteForAll({ room, entry }));
  await say(ben.client, room, "said afterwards");
  await untilSaid(therapist.client, room, "said afterwards");
  const toErase = () => [...ben.device.store.values.keys()].filter((key) => key.includes("/erase/"));
  await untilAsked(
    ben.device,
    (asked) => asked.some((line) => line.endsWith("/erasures")) && toErase().length === 0,
  );
  expect(await findInDatabase(house.database.adminUrl, sealed)).toEqual([]);
  for (const { device } of [ben, therapist]) {
    await untilAsked(device, () => !sealed.some((canary) => isOnDevice(device, canary)));
    expect(sealed.some((canary) => isOnDevice(device, canary))).toBe(false);
  }
});

test("what somebody looked for is looked for without any server, and leaves no trace on the device", async () => {
  await say(ben.client, room, "the zebra of the search");
  // Nothing can be asked of anybody.
  ben.device.cut();
  const page = valueOf(await ben.client.actions.search({ query: "zebra of" }));
  expect(page.hits).toHaveLength(1);
  const text = [...ben.device.store.values]
    .flatMap(([key, value]) => [key, Buffer.from(value).toString("hex")])
    .join("\n");
  expect(isIn(text, "zebra of")).toBe(false);
});
