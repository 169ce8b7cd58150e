import type { FamilyId } from "@sotto/domain";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  inviteAndJoin,
  openHouse,
  openPractice,
  record,
  refusalOf,
  roomNow,
  roomWhere,
  seen,
  signInElsewhere,
  until,
  valueOf,
  type FamilyMember,
  type House,
  type Someone,
} from "../support/clients.ts";

// What is recorded of somebody later on, and what of it reaches the rooms.

let house: House;
let therapist: Someone;
let family: FamilyId;
let ben: FamilyMember;

beforeAll(async () => {
  house = await openHouse();
  therapist = await openPractice(house);
  family = valueOf(await therapist.client.actions.createFamily({ name: "Rivera" }));
  ben = await inviteAndJoin(house, therapist, family, { name: "Ben", role: "teen" });
  await roomWhere(ben.client, (line) => line.kind === "private");
}, 60_000);

afterAll(() => house.close());

const inEveryRoom = (name: string) =>
  seen(
    ben.client,
    "rooms",
    (rooms) =>
      rooms.length > 1 &&
      rooms.every(({ readers }) => readers.some((reader) => reader.isMe && reader.name === name)),
  );

test("who is recorded under another name, and came of age, is called so in every room, and decides alone from then on", async () => {
  const own = await roomWhere(ben.client, (line) => line.kind === "private");
  expect(roomNow(ben.client, own.room)?.mayLeaveFamily).toBe(false);
  expect(refusalOf(await ben.client.actions.leaveFamily({ family }))).toBe("not-allowed");
  await record(therapist, family, { person: ben.person, name: "Benjamin", role: "adult" });
  await inEveryRoom("Benjamin");
  await until(ben.client, own.room, ({ mayLeaveFamily }) => mayLeaveFamily);
  await roomWhere(therapist.client, ({ readers, room }) =>
    readers.some(({ name, role }) => room === own.room && name === "Benjamin" && role === "adult"),
  );
});

test("who is recorded as a teenager asks in vain, and goes on writing", async () => {
  const own = await roomWhere(ben.client, (line) => line.kind === "private");
  await record(therapist, family, { person: ben.person, name: "Ben", role: "teen" });
  await inEveryRoom("Ben");
  await until(ben.client, own.room, ({ mayLeaveFamily }) => !mayLeaveFamily);
  expect(refusalOf(await ben.client.actions.leaveFamily({ family }))).toBe("not-allowed");
  valueOf(await ben.client.actions.send({ room: own.room, text: "still here" }));
});

test("a file for a room that was closed meanwhile is refused, and holds up no other", async () => {
  const { actions } = therapist.client;
  const other = valueOf(await actions.createFamily({ name: "Moreno" }));
  const cleo = await inviteAndJoin(house, therapist, other, { name: "Cleo" });
  const open = await roomWhere(cleo.client, (line) => line.kind === "family");
  const closing = await roomWhere(ben.client, (line) => line.kind === "family");
  const away = await signInElsewhere(house, therapist);
  for (const { room } of [open, closing]) await roomWhere(away.client, (line) => line.room === room);
  away.device.cut();
  await seen(away.client, "session", ({ online }) => !online);
  const about = { name: "a.bin", type: "", picture: null, durationMs: null, preview: null };
  const send = async ({ room }: { readonly room: typeof open.room }) =>
    valueOf(await away.client.actions.sendFile({ room, source: new Blob(["some bytes"]), ...about }));
  await send(closing);
  await send(open);
  valueOf(await actions.closeFamily({ family }));
  away.device.mend();
  await until(cleo.client, open.room, (view) => view.entries.some((line) => line.kind === "file"));
  const view = await until(away.client, closing.room, ({ entries }) =>
    entries.some((line) => line.kind === "file" && line.state.kind === "refused"),
  );
  const file = view.entries.find((line) => line.kind === "file");
  expect(file).toMatchObject({ state: { kind: "refused", refusal: "room-closed" } });
});
