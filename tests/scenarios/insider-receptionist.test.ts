/** The curious receptionist: of the staff, in the practice's room, and in no family's. */
import type { RoomId } from "@sotto/domain";
import { afterAll, beforeAll, expect, test } from "vitest";
import { allAnswers, noteToken, vaultAtRest } from "../support/all-answers.ts";
import {
  inviteAndJoin,
  now,
  openHouse,
  openPractice,
  refusalOf,
  roomNow,
  seen,
  untilSaid,
  valueOf,
  type FamilyMember,
  type House,
  type Someone,
  anotherDevice,
} from "../support/clients.ts";
import { openLive, type Live } from "../support/live.ts";
import { call } from "../support/people.ts";
import { hire, privateRoomWith, type Professional } from "../support/staff.ts";

let house: House;
let therapist: Someone;
let receptionist: Professional;
let token: string;
let live: Live;
/** What the server told her before there was any family. */
let before: Awaited<ReturnType<typeof allAnswers>>;
let teen: FamilyMember;
let privateRoom: RoomId;

const NAMES = ["Rivera", "Okafor", "Benedikt", "Tomasz", "quiet word"];

beforeAll(async () => {
  house = await openHouse();
  therapist = await openPractice(house);
  receptionist = await hire(house, therapist, { name: "Rosa", role: "staff" });
  await seen(receptionist.client, "session", ({ inStep }) => inStep);
  // Another browser of hers, of which only the session is left: what her own page writes is not what others did.
  const device = anotherDevice(house, receptionist);
  const noted = noteToken(device);
  const second = await house.open(device);
  valueOf(await second.actions.signIn(receptionist.way));
  await seen(second, "session", ({ inStep }) => inStep);
  await second.close();
  await receptionist.client.close();
  token = noted();
  await vaultAtRest(house.origin, token);
  live = await openLive(house.origin, token);
  before = await allAnswers(house.origin, token, []);
  for (const name of ["Rivera", "Okafor"]) {
    const family = valueOf(await therapist.client.actions.createFamily({ name }));
    await inviteAndJoin(house, therapist, family, { name: "Benedikt" });
    teen = await inviteAndJoin(house, therapist, family, { name: "Tomasz", role: "teen" });
  }
  privateRoom = (await privateRoomWith(teen, "Tomasz")).room;
  valueOf(await teen.client.actions.send({ room: privateRoom, text: "a quiet word" }));
  await untilSaid(therapist.client, privateRoom, "a quiet word");
});

afterAll(async () => {
  live.close();
  await house.close();
});

test("two families come, and nothing that the server tells a receptionist changes by a byte", async () => {
  expect(await allAnswers(house.origin, token, [])).toEqual(before);
});

test("her connection says that some invitation of the practice changed, and not whose, nor anything else", () => {
  const kinds = new Set(live.heard.map(({ kind }) => kind));
  expect([...kinds].toSorted()).toEqual(["invitations-changed", "welcome"]);
  for (const message of live.heard) expect(Object.keys(message)).toEqual(["kind"]);
});

test("she finds no family, no member, no number of them: not on her pages, not by looking, not by asking for ids", async () => {
  const client = await house.open(receptionist.device);
  receptionist = { ...receptionist, client };
  valueOf(await client.actions.signIn(receptionist.way));
  await seen(client, "session", ({ inStep }) => inStep);
  expect(now(client, "families")).toEqual([]);
  expect(now(client, "rooms").map(({ kind }) => kind)).toEqual(["practice"]);
  const views = (
    ["session", "rooms", "families", "practice", "alarms", "ended", "devices", "transfers"] as const
  ).map((name) => now(client, name));
  const shown = JSON.stringify([...views, ...now(client, "rooms").map(({ room }) => roomNow(client, room))]);
  for (const name of NAMES) {
    expect(shown).not.toContain(name);
    expect(valueOf(await client.actions.search({ query: name })).hits).toEqual([]);
  }
  for (const id of [privateRoom, teen.person]) expect(shown).not.toContain(id);
  expect(refusalOf(await client.actions.send({ room: privateRoom, text: "hello?" }))).toBe("not-here");
  const found = await call(house.origin, "listInvitations", {
    token,
    body: { invitations: Array.from({ length: 100 }, () => crypto.randomUUID()) },
  });
  expect(found.invitations).toEqual([]);
});

test("she does shut nobody's account, and lets nobody in", async () => {
  const { account } = now(teen.client, "session");
  const params = { account: account ?? "" };
  await expect(call(house.origin, "closeAccount", { token, params, body: {} })).rejects.toThrow("not-here");
  const body = { besides: null, evenSo: true };
  await expect(call(house.origin, "endAccount", { token, params, body })).rejects.toThrow("not-here");
  expect(now(teen.client, "session").state).toBe("unlocked");
});
