/** The ex-partner with the unlocked phone: what a hand that holds an open page can do for good, and what of a hidden room shows anywhere. */
import type { FactorView } from "@sotto/client";
import type { RoomId } from "@sotto/domain";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import {
  makeWords,
  now,
  openFirstRoom,
  openHouse,
  refusalOf,
  roomNow,
  seen,
  signInElsewhere,
  untilSaid,
  valueOf,
  type FamilyMember,
  type House,
  type Someone,
  wordsOf,
} from "../support/clients.ts";

const FIVE_MINUTES = 5 * 60_000;
const SECRET = "nobody here may see this";
const DRAFT = "not even that it was begun";

let house: House;
let therapist: Someone;
let ana: FamilyMember;
let room: RoomId;

beforeAll(async () => {
  house = await openHouse({ wayKind: "passphrase" });
  const member = house.newDevice({ idleLockAfterMs: 3_600_000 });
  ({ ben: ana, room, therapist } = await openFirstRoom(house, { member }));
});

afterAll(() => house.close());

// Each story finds the phone as it lies there: open, a while after its person came in.
beforeEach(() => ana.device.shiftClock(FIVE_MINUTES));

const listed = (who: Someone): Promise<readonly FactorView[]> =>
  seen(who.client, "factors", (factors) => factors.length > 0);

const changes = ({ asked }: Someone["device"]) =>
  asked.filter((line) => /^(POST|DELETE) .*(factors|reminders\/mail)/.test(line));

/** Everything that would leave the account open to somebody, or tell them of it, when they are gone. */
const attempts = async ({ client }: Someone, factor: FactorView["factor"]) => [
  refusalOf(await client.actions.addFactor(makeWords(client))),
  refusalOf(await client.actions.addFactor({ kind: "passkey" })),
  refusalOf(await client.actions.makeSheet()),
  refusalOf(await client.actions.removeFactor(factor)),
  refusalOf(await client.actions.startMailReminder("somebody@example.org")),
];

test("a hand on the open phone makes no way in, no sheet and no address for reminders, and takes no way in away", async () => {
  const [own] = await listed(ana);
  if (own === undefined) throw new Error("a way in");
  expect(await attempts(ana, own.factor)).toEqual(Array.from({ length: 5 }, () => "way-needed"));
  expect(refusalOf(await ana.client.actions.proveSheet("ABCDE-ABCDE"))).toBe("sheet-not-proved");
  expect(changes(ana.device)).toEqual([]);
  expect(await listed(ana)).toEqual([own]);
});

test("beginning anew on an open phone replaces nothing before a way in is shown", async () => {
  const { code } = valueOf(await ana.client.actions.beginSecuring());
  expect(refusalOf(await ana.client.actions.finishSecuring(code))).toBe("nothing-proved");
  expect(
    refusalOf(await ana.client.actions.proveWay({ ...wordsOf(ana), words: wordsOf(therapist).words })),
  ).not.toBeNull();
  expect(refusalOf(await ana.client.actions.finishSecuring(code))).toBe("nothing-proved");
});

test("somebody else's way in shows nothing; one's own opens the change of ways in, for five minutes", async () => {
  for (const choice of [therapist.way, { ...wordsOf(ana), words: wordsOf(therapist).words }])
    expect(refusalOf(await ana.client.actions.showWay(choice))).not.toBeNull();
  expect(refusalOf(await ana.client.actions.makeSheet())).toBe("way-needed");
  valueOf(await ana.client.actions.showWay(ana.way));
  const { code } = valueOf(await ana.client.actions.makeSheet());
  ana.device.shiftClock(FIVE_MINUTES);
  // Copying it onto paper takes as long as it takes: this sheet was allowed.
  valueOf(await ana.client.actions.proveSheet(code));
  expect(refusalOf(await ana.client.actions.makeSheet())).toBe("way-needed");
  valueOf(await ana.client.actions.showWay({ kind: "recovery", code }));
  valueOf(await ana.client.actions.addFactor(makeWords(ana.client)));
  const sheet = (await listed(ana)).find(({ kind }) => kind === "recovery");
  if (sheet === undefined) throw new Error("the sheet that was just proved");
  ana.device.shiftClock(-FIVE_MINUTES);
  expect(refusalOf(await ana.client.actions.removeFactor(sheet.factor))).toBe("way-needed");
  ana.device.shiftClock(FIVE_MINUTES);
  valueOf(await ana.client.actions.removeFactor(sheet.factor));
});

test("a page that was left open and is loaded again has shown nothing", async () => {
  valueOf(await ana.client.actions.showWay(ana.way));
  await ana.client.close();
  const client = await house.open(ana.device);
  ana = { ...ana, client };
  await seen(client, "session", ({ state }) => state === "unlocked");
  expect(refusalOf(await client.actions.makeSheet())).toBe("way-needed");
});

test("who comes in may change their ways in at once: nobody is asked twice", async () => {
  const second = await signInElsewhere(house, ana);
  const { code } = valueOf(await second.client.actions.makeSheet());
  expect(refusalOf(await second.client.actions.proveSheet(code))).toBeNull();
  await second.client.actions.lock();
});

test("of a hidden room nothing shows: in no view, no search, no draft, no address, nor on the device", async () => {
  const { client, device } = ana;
  valueOf(await client.actions.send({ room, text: SECRET }));
  await untilSaid(therapist.client, room, SECRET);
  await client.actions.saveDraft({ room, text: DRAFT, to: null });
  valueOf(await client.actions.markSecondLook({ room, isOn: true }));
  await client.actions.hideLooks();
  const views = (
    ["session", "rooms", "families", "factors", "devices", "alarms", "ended", "transfers"] as const
  ).map((name) => now(client, name));
  const shown = JSON.stringify([...views, now(client, "practice"), now(client, "reminders")]);
  for (const word of [SECRET, DRAFT]) expect(shown).not.toContain(word);
  // The family's other room goes on under its name; this one says only that it is there.
  const lines = now(client, "rooms").filter((line) => line.room === room);
  const own = JSON.stringify([...lines, roomNow(client, room)]);
  for (const word of [SECRET, DRAFT, "Rivera", therapist.name, "Ben"]) expect(own).not.toContain(word);
  for (const query of ["nobody here", "begun"])
    expect(valueOf(await client.actions.search({ query })).hits).toEqual([]);
  expect(refusalOf(await client.actions.markSecondLook({ room, isOn: false }))).toBe("not-allowed");
  expect(refusalOf(await client.actions.historyChoices({ room, account: null }))).toBe("not-allowed");
  // What lies on the device is sealed, whatever is open; that a room is marked stands nowhere outside the vault.
  const stored = [...device.store.values].map(
    ([key, bytes]) => `${key} ${Buffer.from(bytes).toString("latin1")}`,
  );
  expect(stored.length).toBeGreaterThan(5);
  for (const line of stored)
    for (const word of [SECRET, DRAFT, "Rivera", "second-look"]) expect(line).not.toContain(word);
  // Addresses that were asked name rooms by ids alone, the hidden one like the others.
  expect(device.asked.filter((line) => /look|hidden|mark/.test(line))).toEqual([]);
  valueOf(await client.actions.lookInto({ room, choice: ana.way }));
  expect(JSON.stringify(roomNow(client, room))).toContain(SECRET);
});
