/** A hundred times somebody loses something, each drawn from a list of seeds. Every time all that was said is still theirs, and whoever runs the server read none of it. */
import type { Client, FactorView } from "@sotto/client";
import { PASSPHRASE_WORDS } from "@sotto/content/passphrase-words";
import type { FamilyId, PersonId, RoomId } from "@sotto/domain";
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { findInDatabase, isIn } from "../secrecy/find-canary.ts";
import {
  invite,
  noticesOf,
  now,
  openHouse,
  openPractice,
  record,
  refusalOf,
  roomWhere,
  seen,
  textsOf,
  until,
  untilSaid,
  valueOf,
  type House,
  type Someone,
} from "../support/clients.ts";
import type { Device } from "../support/node-ports.ts";
import { makePhone } from "../support/software-passkey.ts";

const SEEDS = Array.from({ length: 100 }, (_, seed) => seed);
/** Where the server takes passkeys to be used. */
const PAGE = "http://localhost";
const NAMES = ["Ana Quintero", "Ben Okafor", "Cleo Lindqvist", "Dan Mazur", "Eva Tanaka"];

/** Somebody with a browser, a phone that holds their passkey, and a sheet. */
interface Life {
  readonly name: string;
  readonly person: PersonId;
  device: Device;
  client: Client;
  phone: ReturnType<typeof makePhone>;
  sheet: string;
  room: RoomId;
  readonly said: string[];
}

let house: House;
let therapist: Someone;
let family: FamilyId;
const log: string[] = [];
const canaries: string[] = [];
const lives: Life[] = [];

const planted = (text: string): string => {
  const canary = `${text} ${randomUUID()}`;
  canaries.push(canary);
  return canary;
};

beforeAll(async () => {
  house = await openHouse({ wayKind: "passphrase", log: (line) => log.push(line) });
  therapist = await openPractice(house);
  family = valueOf(await therapist.client.actions.createFamily({ name: planted("Quintero") }));
  for (const name of NAMES) {
    const person = await record(therapist, family, {
      name: planted(name),
      role: "collateral",
      inTreatment: false,
    });
    const life: Life = { ...(await comeIn(person)), name, person, said: [] };
    lives.push(life);
    for (const day of ["first", "second"]) await speak(life, `the ${day} day of ${name}`);
  }
}, 120_000);

afterAll(() => house.close());

/** Joins by a fresh code, with a new phone in a new browser, and puts a sheet aside. */
async function comeIn(person: PersonId): Promise<Omit<Life, "name" | "person" | "said">> {
  const phone = makePhone(PAGE);
  const device = house.newDevice({ passkeys: phone });
  const client = await house.open(device);
  const fragment = await invite(therapist, family, person);
  valueOf(await client.actions.join({ fragment, factor: { kind: "passkey" } }));
  const sheet = await keepSheet(client);
  const { room } = await roomWhere(client, (line) => line.kind === "private");
  return { phone, device, client, sheet, room };
}

async function keepSheet(client: Client): Promise<string> {
  const { code } = valueOf(await client.actions.makeSheet());
  valueOf(await client.actions.proveSheet(code));
  canaries.push(code);
  return code;
}

async function speak(life: Life, text: string): Promise<void> {
  const canary = planted(text);
  life.said.push(canary);
  valueOf(await life.client.actions.send({ room: life.room, text: canary }));
  await untilSaid(life.client, life.room, canary);
}

/** A browser that knows nothing of its person. */
async function freshBrowser(life: Life): Promise<void> {
  await life.client.close();
  life.device = house.newDevice({ passkeys: life.phone });
  life.client = await house.open(life.device);
}

const factorsOf = (client: Client, kind: FactorView["kind"]) =>
  seen(client, "factors", (factors) => factors.some((factor) => factor.kind === kind)).then((factors) =>
    factors.filter((factor) => factor.kind === kind),
  );

/** What was lost opens nothing any more: its ways in go, and there are new ones. */
async function replacePhone(life: Life): Promise<void> {
  const lost = await factorsOf(life.client, "passkey");
  valueOf(await life.client.actions.addFactor({ kind: "passkey" }));
  for (const { factor } of lost) valueOf(await life.client.actions.removeFactor(factor));
}

async function comeInBySheet(life: Life): Promise<void> {
  const spent = life.sheet;
  valueOf(await life.client.actions.signIn({ kind: "recovery", code: spent }));
  life.sheet = await keepSheet(life.client);
  await replacePhone(life);
}

const LOSSES: Readonly<Record<string, (life: Life) => Promise<void>>> = {
  "forgotten words": async (life) => {
    const words = life.client.actions.makePassphrase(PASSPHRASE_WORDS);
    canaries.push(words.words);
    valueOf(await life.client.actions.showWay({ kind: "passkey" }));
    valueOf(await life.client.actions.addFactor({ kind: "passphrase", ...words }));
    await life.client.actions.lock();
    valueOf(await life.client.actions.signIn({ kind: "passkey" }));
    for (const { factor } of await factorsOf(life.client, "passphrase")) {
      valueOf(await life.client.actions.removeFactor(factor));
    }
  },
  "lost phone": async (life) => {
    await life.client.close();
    life.phone = makePhone(PAGE);
    // The same browser, as it was left: only the phone is another.
    life.device = house.newDevice({ passkeys: life.phone });
    life.client = await house.open(life.device);
    await comeInBySheet(life);
  },
  "wiped browser": async (life) => {
    await freshBrowser(life);
    valueOf(await life.client.actions.signIn({ kind: "passkey" }));
  },
  "phone and browser": async (life) => {
    life.phone = makePhone(PAGE);
    await freshBrowser(life);
    await comeInBySheet(life);
  },
  "every way in": async (life) => {
    await life.client.close();
    valueOf(await therapist.client.actions.readmit({ family, person: life.person }));
    Object.assign(life, await comeIn(life.person));
  },
  "stolen sheet": async (life) => {
    const stolen = life.sheet;
    const { actions } = life.client;
    const { code } = valueOf(await actions.beginSecuring());
    valueOf(await actions.proveWay({ kind: "passkey" }));
    valueOf(await actions.finishSecuring(code));
    canaries.push(code);
    life.sheet = code;
    await seen(life.client, "session", (session) => session.online);
    const thief = await house.open(house.newDevice());
    expect(refusalOf(await thief.actions.signIn({ kind: "recovery", code: stolen }))).toBe("sign-in-failed");
    await thief.close();
  },
};

test("a hundred losses end with all that was said, in order and without a gap", async () => {
  const kinds = Object.entries(LOSSES);
  for (const seed of SEEDS) {
    const life = lives[Math.floor(seed / kinds.length) % lives.length];
    const [kind, lose] = kinds[seed % kinds.length] ?? [];
    if (life === undefined || lose === undefined) throw new Error("a life and a loss");
    await lose(life);
    const view = await until(
      life.client,
      life.room,
      (seenNow) => textsOf(seenNow).length >= life.said.length,
    );
    expect([seed, kind, textsOf(view), noticesOf(view)]).toEqual([seed, kind, life.said, []]);
    expect([seed, kind, now(life.client, "alarms")]).toEqual([seed, kind, []]);
    await speak(life, `after loss ${seed}`);
  }
  expect(now(therapist.client, "alarms")).toEqual([]);
}, 600_000);

test("whoever runs the server has read none of it, in the database or in the log", async () => {
  expect(canaries.length).toBeGreaterThan(150);
  expect(await findInDatabase(house.database.adminUrl, canaries)).toEqual([]);
  const lines = log.join("\n");
  expect(log.length).toBeGreaterThan(500);
  expect(canaries.filter((canary) => isIn(lines, canary))).toEqual([]);
}, 120_000);
