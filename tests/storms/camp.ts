/**
 * What every storm begins with: a practice whose people have come in, each with two browsers, in the rooms of one family. It is made once; a storm gets
 * copies of the devices and the database as it was, so that each seed meets the same world whatever came before it.
 */
import type { Client, Passkeys } from "@sotto/client";
import type { FamilyId, PersonId, RoomId } from "@sotto/domain";
import { startServer } from "@sotto/server/wiring";
import { randomUUID } from "node:crypto";
import { houseAt, now, roomWhere, seen, untilSaid, valueOf, type House } from "../support/clients.ts";
import { openTestDatabase, type TestDatabase } from "../support/database.ts";
import { makeDevice, makeKeeper, makeMemoryStore, type MemoryStore } from "../support/node-ports.ts";
import { makePhone } from "../support/software-passkey.ts";
import { openTestFolder } from "../support/test-folder.ts";
import { openBySheet, type Opened } from "../support/vaults.ts";
import { openGround, type Ground } from "./ground.ts";

/** Where the server takes passkeys to be used. */
const PAGE = "http://localhost";
const BROWSERS = 2;

/** A device as it was left: what is stored there, and the key that it keeps people in with. */
export interface LeftDevice {
  readonly values: ReadonlyMap<string, Uint8Array<ArrayBuffer>>;
  readonly key: Promise<CryptoKey>;
}

export interface CampPerson {
  readonly name: string;
  readonly standing: "practice" | "family";
  readonly person: PersonId | null;
  readonly account: string;
  readonly phone: Passkeys;
  readonly devices: readonly LeftDevice[];
  /** What opens their vault, to try what they could read. */
  readonly opened: Opened;
}

export interface Camp extends Ground {
  readonly family: FamilyId;
  readonly people: readonly CampPerson[];
  /** The room of the whole family, and one of two of them. */
  readonly rooms: readonly RoomId[];
}

interface Comer {
  readonly name: string;
  readonly standing: "practice" | "family";
  readonly person: PersonId | null;
  readonly phone: Passkeys;
  readonly client: Client;
  readonly devices: { readonly store: MemoryStore; readonly key: Promise<CryptoKey> }[];
}

const makeKey = () =>
  crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);

/** A browser of a new device whose person is kept in. */
function newBrowser(house: House, phone: Passkeys) {
  const [store, key] = [makeMemoryStore(), makeKey()];
  const device = makeDevice({ origin: house.origin, store, passkeys: phone, keeper: makeKeeper(key) });
  return { device, kept: { store, key } };
}

const passkey = { kind: "passkey" } as const;

// A fresh UUID is a person's id; the brand is a compiler-only mark.
const newPerson = () => randomUUID() as string as PersonId;

async function comeIn(
  house: House,
  who: Pick<Comer, "name" | "standing" | "person">,
  enter: (client: Client) => Promise<void>,
): Promise<Comer> {
  const phone = makePhone(PAGE);
  const { device, kept } = newBrowser(house, phone);
  const client = await house.open(device);
  await enter(client);
  return { ...who, phone, client, devices: [kept] };
}

const fragmentOf = (link: string): string => new URL(link).hash;

/** Pitches a camp on a database of its own. */
export async function openCamp(): Promise<Camp> {
  const [camp] = await openCamps(1);
  if (camp === undefined) throw new Error("the camp that was asked for");
  return camp;
}

/** The same camp on so many databases, for storms at once. The first is to be closed last. */
export async function openCamps(count: number): Promise<readonly Camp[]> {
  const database = await openTestDatabase();
  const files = await openTestFolder();
  const server = await startServer({
    databaseUrl: database.appUrl,
    ownerUrl: database.ownerUrl,
    filesFolder: files.path,
    host: "127.0.0.1",
    port: 0,
    origin: PAGE,
    webFolder: null,
  });
  const house = houseAt({
    port: server.port,
    database: { ...database, close: () => Promise.resolve() },
    setupCode: server.makeSetupCode,
    close: () => server.close(),
  });
  const { comers, family, rooms } = await gather(house);
  const people: Omit<CampPerson, "devices">[] = [];
  for (const comer of comers) people.push(await settle(house, comer));
  await house.close();
  await files.remove();
  const camp = {
    family,
    people: people.map((person, index) => ({ ...person, devices: leftBy(comers[index]) })),
    rooms,
  };
  const databases: TestDatabase[] = [database];
  while (databases.length < count) databases.push(await database.copy());
  return Promise.all(databases.map(async (one) => ({ ...camp, ...(await openGround(one)) })));
}

const leftBy = (comer: Comer | undefined): readonly LeftDevice[] =>
  (comer?.devices ?? []).map(({ key, store }) => ({ key, values: new Map(store.values) }));

/** Two therapists and three of a family, all in the family's room, two of the family in a room of their own. */
async function gather(house: House) {
  const ada = await comeIn(house, { name: "Ada", standing: "practice", person: null }, async (client) => {
    const code = await house.setupCode();
    valueOf(await client.actions.setUp({ code, practiceName: "Elm Street", myName: "Ada", factor: passkey }));
  });
  const { actions } = ada.client;
  const family = valueOf(await actions.createFamily({ name: "Rivera" }));
  const noor = newPerson();
  const staff = { person: noor, name: "Noor", role: "therapist" as const };
  const invited = valueOf(await actions.inviteStaff({ staff, days: 7 }));
  const colleague = await comeIn(
    house,
    { name: "Noor", standing: "practice", person: noor },
    async (client) => {
      valueOf(await client.actions.join({ fragment: fragmentOf(invited.link), factor: passkey }));
      await seen(client, "practice", (view) => view?.people.some((one) => one.isMe) === true);
    },
  );
  const comers = [ada, colleague];
  for (const name of ["Ben", "Cleo", "Dan"]) {
    const person = newPerson();
    const recorded = {
      person,
      name,
      role: "adult",
      inTreatment: true,
      relations: [],
      safeContact: null,
    } as const;
    valueOf(await actions.savePerson({ family, person: recorded }));
    const { link } = valueOf(await actions.invite({ family, person, days: 7 }));
    const comer = await comeIn(house, { name, standing: "family", person }, async (client) => {
      valueOf(await client.actions.join({ fragment: fragmentOf(link), factor: passkey }));
      await roomWhere(client, (line) => line.kind === "private");
    });
    comers.push(comer);
    // Whoever comes later has a past to be given.
    const { room } = await roomWhere(ada.client, (line) => line.kind === "family");
    valueOf(await actions.send({ room, text: `welcome, ${name}` }));
    for (const { client, standing: of } of comers)
      if (of === "family") await untilSaid(client, room, `welcome, ${name}`);
  }
  const [, , ben, cleo] = comers;
  if (ben?.person == null || cleo?.person == null) throw new Error("people who have just come in");
  const two = valueOf(await actions.openRoom({ family, people: [ben.person, cleo.person], title: "two" }));
  valueOf(await actions.addColleague({ family, colleague: noor, rooms: [two] }));
  const { room: whole } = await roomWhere(ada.client, (line) => line.kind === "family");
  await roomWhere(colleague.client, ({ room }) => room === two);
  for (const { client } of [ben, cleo]) await roomWhere(client, ({ room }) => room === two);
  return { comers, family, rooms: [whole, two] };
}

/** Gives somebody their other browsers, and closes all of them when nothing is under way any more. */
async function settle(house: House, comer: Comer): Promise<Omit<CampPerson, "devices">> {
  const { client, name, person, phone, standing } = comer;
  const { account } = now(client, "session");
  if (account === null) throw new Error("somebody who is in");
  const opened = await openBySheet(house, { client, way: passkey });
  const rooms = now(client, "rooms").length;
  for (let browser = 1; browser < BROWSERS; browser++) {
    const { device, kept } = newBrowser(house, phone);
    const other = await house.open(device);
    valueOf(await other.actions.signIn(passkey));
    await seen(other, "session", ({ inStep }) => inStep);
    await seen(other, "rooms", (lines) => lines.length >= rooms);
    comer.devices.push(kept);
  }
  return { name, standing, person, account, phone, opened };
}
