import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { RoomId } from "@sotto/domain";
import {
  now as viewNow,
  openFirstRoom,
  openHouse,
  seen,
  untilSaid,
  valueOf,
  type FamilyMember,
  type House,
  type Someone,
} from "../support/clients.ts";
import { openMailbox, textOf, type Mailbox } from "../support/mailbox.ts";
import { A_LOOK_MS, NEVER_QUIET } from "../support/reminder-house.ts";

const ADDRESS = "ben-alone@example.org";

let ahead = 0;
let mailbox: Mailbox;
let house: House;
let therapist: Someone;
let ben: FamilyMember;
let room: RoomId;

beforeAll(async () => {
  mailbox = await openMailbox();
  house = await openHouse({
    now: () => Date.now() + ahead,
    reminders: { mail: { url: mailbox.url, from: "hello@example.org" }, pushHosts: [] },
  });
  ({ ben, room, therapist } = await openFirstRoom(house));
});

afterAll(async () => {
  await house.close();
  await mailbox.close();
});

const reminders = (): number =>
  mailbox.to(ADDRESS).filter((mail) => textOf(mail) === "There is something new. Hay algo nuevo.").length;

/** The therapist writes, and Ben's device has it. */
async function hear(text: string): Promise<void> {
  valueOf(await therapist.client.actions.send({ room, text }));
  await untilSaid(ben.client, room, text);
}

async function look(): Promise<void> {
  ahead += A_LOOK_MS;
  await house.remind();
}

/** What the server calls the time since Ben was last there. */
async function visit(): Promise<unknown> {
  const client = new pg.Client({ connectionString: house.database.adminUrl });
  await client.connect();
  const { rows } = await client.query<{ visit: string }>("select visit from reminder");
  await client.end();
  return rows[0]?.visit;
}

/** Does something that shows Ben there, until the server has heard so. */
async function showUp(act: () => unknown): Promise<void> {
  const before = await visit();
  await act();
  await expect.poll(visit, { timeout: 60_000 }).not.toBe(before);
}

test("an address that is none, and a code that is none, are told from the device", async () => {
  const { actions } = ben.client;
  expect(await actions.startMailReminder("ben")).toEqual({ kind: "refused", refusal: "address-malformed" });
  const wish = { proof: crypto.randomUUID(), code: "12", withLink: false, quiet: NEVER_QUIET };
  expect(await actions.addMailReminder(wish)).toEqual({ kind: "refused", refusal: "code-wrong" });
  expect(mailbox.mails).toHaveLength(0);
});

test("what somebody switched on is in their view, on every device of theirs that asks", async () => {
  const { actions } = ben.client;
  valueOf(await actions.showWay(ben.way));
  const { proof } = valueOf(await actions.startMailReminder(ADDRESS));
  const code = mailbox.codeFor(ADDRESS).replace(/^(...)/, "$1 ");
  valueOf(await actions.addMailReminder({ proof, code, withLink: false, quiet: NEVER_QUIET }));
  const view = await seen(ben.client, "reminders", (reminded) => reminded?.channels.length === 1);
  expect(view?.channels).toMatchObject([{ kind: "mail", address: ADDRESS, state: "on" }]);
  expect(viewNow(therapist.client, "reminders")).toBeNull();
  valueOf(await therapist.client.actions.readReminders());
  expect(viewNow(therapist.client, "reminders")).toMatchObject({ mail: true, channels: [] });
});

test("a device that is open with nobody before it is reminded; one that is touched, or locked by hand, has seen what it shows", async () => {
  await hear("while the phone is in a pocket");
  await look();
  expect(reminders()).toBe(1);
  ben.device.shiftClock(60_000);
  await showUp(() => ben.client.actions.touch());
  await look();
  expect(reminders()).toBe(1);
  await hear("while Ben is reading");
  await showUp(() => ben.client.actions.lock());
  await look();
  expect(reminders()).toBe(1);
  valueOf(await therapist.client.actions.send({ room, text: "when he has gone" }));
  await untilSaid(therapist.client, room, "when he has gone");
  await look();
  expect(reminders()).toBe(2);
  expect(viewNow(ben.client, "reminders")).toBeNull();
});

test("coming in again is being there", async () => {
  await showUp(async () => valueOf(await ben.client.actions.signIn(ben.way)));
  await untilSaid(ben.client, room, "when he has gone");
  await look();
  expect(reminders()).toBe(2);
});
