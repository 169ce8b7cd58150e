/** Real clients plant names, words and secrets wherever a person can; then whoever steals the database, the log or a device looks for them. */
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  inviteAndJoin,
  openHouse,
  openPractice,
  valueOf,
  type House,
  type Someone,
} from "../support/clients.ts";
import { findInDatabase, isIn } from "./find-canary.ts";

const CANARIES = [
  "Philippa Canarywood",
  "Canary Lane Family Practice",
  "The Canaryfields",
  "Benedict Canarybird",
  "benedict@canarybird.example",
  "never call on canary evenings",
  "A canary room of our own",
  "the canary sang about the debt",
  "a canary that was never sent",
];
const [
  THERAPIST = "",
  PRACTICE = "",
  FAMILY = "",
  PERSON = "",
  ADDRESS = "",
  NOTE = "",
  ROOM = "",
  TEXT = "",
  DRAFT = "",
] = CANARIES;

let house: House;
let ada: Someone;
let ben: Someone;
const log: string[] = [];
const secrets: string[] = [];

beforeAll(async () => {
  house = await openHouse({ log: (line) => log.push(line) });
  ada = await openPractice(house, { name: THERAPIST, practice: PRACTICE });
  const family = valueOf(await ada.client.actions.createFamily({ name: FAMILY }));
  const safeContact = { channel: "email", address: ADDRESS, note: NOTE } as const;
  const joined = await inviteAndJoin(house, ada, family, { name: PERSON, safeContact });
  ben = joined;
  const { code } = valueOf(await ben.client.actions.makeSheet());
  valueOf(await ben.client.actions.proveSheet(code));
  const room = valueOf(await ada.client.actions.openRoom({ family, people: [joined.person], title: ROOM }));
  valueOf(await ada.client.actions.send({ room, text: TEXT }));
  await new Promise<void>((resolve) => {
    ben.client.watchRoom(room, (view) => {
      if (view?.lastText === TEXT) resolve();
    });
  });
  await ben.client.actions.saveDraft({ room, text: DRAFT });
  ben.device.cut();
  valueOf(await ben.client.actions.send({ room, text: DRAFT }));
  await ben.client.actions.saveDraft({ room, text: DRAFT });
  secrets.push(ada.way.words, ben.way.words, code, code.replaceAll("-", ""));
}, 120_000);

afterAll(() => house?.close());

test("whoever steals the database finds no name, no word and no way in", async () => {
  expect(await findInDatabase(house.database.adminUrl, [...CANARIES, ...secrets])).toEqual([]);
  // The sign-in name does stand there: it was made by Sotto, and says nothing of the person.
  expect(await findInDatabase(house.database.adminUrl, [ben.way.name])).not.toEqual([]);
});

test("the server's log has lines, and none of what was planted", () => {
  expect(log.length).toBeGreaterThan(10);
  expect([...CANARIES, ...secrets].filter((canary) => isIn(log.join("\n"), canary))).toEqual([]);
});

test("a locked device holds nothing readable: no message, no draft, nothing that waits to be sent, no way in", () => {
  for (const { device } of [ada, ben]) {
    const { values } = device.store;
    expect(values.size).toBeGreaterThan(5);
    const all = [...values]
      .map(([key, value]) => `${key}\n${Buffer.from(value).toString("latin1")}`)
      .join("\n");
    expect([...CANARIES, ...secrets].filter((canary) => isIn(all, canary))).toEqual([]);
    expect(isIn(`${all}${TEXT}`, TEXT)).toBe(true);
  }
  const names = [...ben.device.store.values.keys()];
  expect(names.some((name) => name.includes("/outbox/"))).toBe(true);
  expect(names.some((name) => name.includes("/draft/"))).toBe(true);
});
