import { randomUUID } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Client, RoomLineEntry, RoomView } from "@sotto/client";
import type { PersonId, RoomId } from "@sotto/domain";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  bringIn,
  invite,
  openHouse,
  openPractice,
  record,
  roomWhere,
  seen,
  until,
  untilSaid,
  valueOf,
  type FamilyMember,
  type House,
  type Someone,
  wordsOf,
} from "../support/clients.ts";
import type { Device, MemoryStore } from "../support/node-ports.ts";
import { findInDatabase, isIn } from "./find-canary.ts";

// What people say and are called; with what is made for them, nothing of it may lie anywhere in a form that could be read.
const WORDS = {
  therapist: "Thelonia Canarykeeper",
  practice: "Canary Lane Family Practice",
  colleague: "Cornelia Canarybird",
  family: "The Canaryfields",
  member: "Philippa Canarywood",
  contact: "philippa.canarywood@example.org",
  note: "never canary voicemail",
  title: "the canary cage",
  sent: "the canary sang about the debt",
  waiting: "the canary waits to be sent",
  draft: "the canary hesitates",
  fileName: "canary birthday picture.txt",
  fileText: "the canary laid an egg",
  filePreview: "a canary seen from afar",
  // What a device says of where it is (tests/support/node-ports.ts).
  zone: "Europe/Berlin",
} as const;

let house: House;
let therapist: Someone;
let member: FamilyMember;
const log: string[] = [];
const secrets = new Map<string, string | Buffer>(Object.entries(WORDS));

beforeAll(async () => {
  house = await openHouse({ wayKind: "passphrase", log: (line) => log.push(line) });
  const devices = [
    house.newDevice({ idleLockAfterMs: 3_600_000 }),
    house.newDevice({ idleLockAfterMs: 3_600_000 }),
  ];
  const [first, second] = devices;
  if (first === undefined || second === undefined) throw new Error("two devices");
  for (const [index, device] of devices.entries()) noteToken(device, `token ${index}`);
  therapist = await openPractice(house, {
    name: WORDS.therapist,
    practiceName: WORDS.practice,
    device: first,
  });
  // A fresh UUID is a person's id; the brand is a compiler-only mark.
  const staff = { person: randomUUID() as string as PersonId, name: WORDS.colleague, role: "staff" } as const;
  valueOf(await therapist.client.actions.inviteStaff({ staff, days: 7 }));
  member = await bringMember(second);
  for (const who of [therapist, member]) {
    secrets.set(`passphrase of ${who.name}`, wordsOf(who).words);
    await noteSheet(who);
  }
  await talk();
});

afterAll(() => house.close());

/** The session's token passes by here; the server keeps its hash alone, the device keeps it sealed. */
function noteToken(device: Device, name: string): void {
  device.meddle(/\/enrolments$/, async (ask) => {
    const answer = await ask();
    // The contract's shape, as the real server has just answered it.
    const { token } = (await answer.clone().json()) as { token: string };
    secrets.set(name, token);
    return answer;
  });
}

async function noteSheet({
  client,
  name,
}: {
  readonly client: Client;
  readonly name: string;
}): Promise<void> {
  const { code } = valueOf(await client.actions.makeSheet());
  valueOf(await client.actions.proveSheet(code));
  secrets.set(`sheet of ${name}`, code);
  secrets.set(`sheet of ${name}, as it is used`, code.replaceAll("-", ""));
}

async function bringMember(device: Device): Promise<FamilyMember> {
  const family = valueOf(await therapist.client.actions.createFamily({ name: WORDS.family }));
  const safeContact = { channel: "email", address: WORDS.contact, note: WORDS.note } as const;
  const person = await record(therapist, family, { name: WORDS.member, safeContact });
  const spare = await record(therapist, family, { name: "Spare" });
  const fragment = Buffer.from((await invite(therapist, family, spare)).slice(1), "base64url");
  // Version, id, then the secret (docs/formats/invitation.md).
  secrets.set("secret of a link", fragment.subarray(17, 49));
  const joined = await bringIn(house, therapist, { family, person, name: WORDS.member, device });
  await seen(therapist.client, "rooms", (lines) => lines.some((line) => line.kind === "private"));
  valueOf(await therapist.client.actions.openRoom({ family, people: [person], title: WORDS.title }));
  return joined;
}

/** Something is said, something waits without a network, and something is still being typed: on both devices. */
async function talk(): Promise<void> {
  for (const { client } of [therapist, member]) {
    await seen(client, "devices", (devices) => devices.some(({ place }) => place === "Berlin"));
  }
  const { room } = await roomWhere(member.client, (line) => line.title === WORDS.title);
  valueOf(await member.client.actions.send({ room, text: WORDS.sent }));
  await untilSaid(therapist.client, room, WORDS.sent);
  await sendFile(room);
  await until(therapist.client, room, (view) => hasFile(view, "sent"));
  const [line] = (await until(member.client, room, (view) => hasFile(view, "sent"))).entries.filter(isFile);
  if (line === undefined) throw new Error("a file that was just seen");
  valueOf(await therapist.client.actions.openFile({ room, entry: line.entry }));
  for (const { client, device } of [therapist, member]) {
    device.cut();
    valueOf(await client.actions.send({ room, text: WORDS.waiting }));
    await sendFile(room, client);
    await client.actions.saveDraft({ room, text: WORDS.draft });
    await until(client, room, (view) => view.draft === WORDS.draft);
  }
}

const isFile = (line: RoomLineEntry) => line.kind === "file";
const hasFile = (view: RoomView, state: string): boolean =>
  view.entries.some((line) => line.kind === "file" && line.state.kind === state);

async function sendFile(room: RoomId, client = member.client): Promise<void> {
  const source = new Blob([WORDS.fileText]);
  const preview = new Uint8Array(Buffer.from(WORDS.filePreview));
  const facts = { room, source, preview, name: WORDS.fileName, type: "text/plain" } as const;
  valueOf(await client.actions.sendFile({ ...facts, picture: null, durationMs: null }));
}

/** Everything a thief of a device could read: the names, the bytes as text, and the bytes in hexadecimal. */
function readStore(store: MemoryStore): string {
  return [...store.values]
    .flatMap(([key, value]) => {
      const bytes = Buffer.from(value);
      return [key, bytes.toString("latin1"), bytes.toString("hex")];
    })
    .join("\n");
}

const foundIn = (text: string): readonly string[] =>
  [...secrets].filter(([, secret]) => isIn(text, secret)).map(([name]) => name);

test("a dump of the database holds nothing of what real clients said, are called, or come in by", async () => {
  expect(secrets.size).toBe(Object.keys(WORDS).length + 9);
  expect(await findInDatabase(house.database.adminUrl, [...secrets.values()])).toEqual([]);
});

test("the folder of files holds chunks under opaque ids, and nothing of what is in them", async () => {
  const names = await readdir(house.filesFolder, { recursive: true, withFileTypes: true });
  const files = names.filter((each) => each.isFile());
  expect(files.length).toBeGreaterThan(0);
  for (const { name, parentPath } of files) {
    const bytes = await readFile(join(parentPath, name));
    expect(`${parentPath.slice(house.filesFolder.length)}/${name}`).toMatch(/^(\/[0-9a-f-]{36}){2}\/[0-9]+$/);
    expect(foundIn(`${bytes.toString("latin1")}\n${bytes.toString("hex")}`)).toEqual([]);
  }
});

test("the server's log has a line for each request, and none of it", () => {
  expect(log.length).toBeGreaterThan(50);
  expect(foundIn(log.join("\n"))).toEqual([]);
});

test("what lies on a device of somebody who is in, with drafts and unsent words, holds none of it", () => {
  for (const { device } of [therapist, member]) {
    const names = [...device.store.values.keys()].map(
      (key) => key.replace(/^of\/[0-9a-f-]{36}\//, "").split("/")[0],
    );
    for (const name of [
      "boot",
      "kept",
      "vault",
      "identity",
      "room",
      "outbox",
      "draft",
      "upload",
      "upload-chunk",
    ])
      expect(names).toContain(name);
    expect(foundIn(readStore(device.store))).toEqual([]);
  }
});

test("planted in clear, in hexadecimal, or in base64, each of them would be found on a device", async () => {
  const { store } = house.newDevice();
  for (const [name, secret] of secrets) {
    const bytes = new Uint8Array(Buffer.from(secret));
    const forms = [bytes, Buffer.from(bytes).toString("hex"), Buffer.from(bytes).toString("base64url")];
    for (const form of forms) {
      await store.write([
        { key: "planted", value: new Uint8Array(Buffer.concat([Buffer.from("."), Buffer.from(form)])) },
      ]);
      expect(foundIn(readStore(store))).toContain(name);
    }
  }
});

test("after a lock the device holds no key to what lies on it", async () => {
  const { client, device } = member;
  await client.actions.lock();
  expect(device.store.values.has("kept")).toBe(false);
  expect(foundIn(readStore(device.store))).toEqual([]);
});
