import type { Client, Done, Passkeys, RoomLineView, RoomView, Views } from "@sotto/client";
import { PASSPHRASE_WORDS } from "@sotto/content/passphrase-words";
import type { FamilyId, Person, PersonId, RoomId } from "@sotto/domain";
import type { ServerOptions } from "@sotto/server/wiring";
import { randomUUID } from "node:crypto";
import type { TestDatabase } from "./database.ts";
import { makeDevice, type Device, type MemoryStore } from "./node-ports.ts";
import { openRealServer } from "./real-server.ts";
import { makePhone } from "./software-passkey.ts";

/** The words in which scenarios of headless clients are told: a house with a server, people with devices, what they see. */

/**
 * How people of a house come in when nobody says otherwise: by a passkey of their phone, or, where the story is about them, by six words, whose stretching
 * costs a second of a processor each time.
 */
export type WayKind = Way["kind"];

/** A real server on a real database, and everybody who came to it. */
export interface House {
  readonly origin: string;
  readonly wayKind: WayKind;
  readonly database: TestDatabase;
  /** Where the server keeps the sealed bytes of files; empty where that is not known. */
  readonly filesFolder: string;
  readonly setupCode: () => Promise<string>;
  /** Sends the reminders that are due now. */
  readonly remind: () => Promise<void>;
  /** A device with a phone beside it, where people here come in by passkeys. */
  readonly newDevice: (wish?: {
    readonly idleLockAfterMs?: number;
    readonly passkeys?: Passkeys | null;
    readonly store?: MemoryStore;
  }) => Device;
  /** Opens a client there, and closes it with the house. */
  readonly open: (device: Device) => Promise<Client>;
  readonly close: () => Promise<void>;
}

export async function openHouse({
  wayKind = "passkey",
  ...options
}: Pick<ServerOptions, "now" | "log" | "reminders" | "limits"> & {
  readonly wayKind?: WayKind;
} = {}): Promise<House> {
  const { database, filesFolder, removeFiles, server } = await openRealServer(options);
  return houseAt({
    wayKind,
    port: server.port,
    database,
    filesFolder,
    setupCode: server.makeSetupCode,
    remind: server.remind,
    close: async () => {
      await server.close();
      await removeFiles();
    },
  });
}

/** Where servers that are started here take passkeys to be used. */
const PAGE = "http://localhost";

/** A house around a server that runs already. Where passkeys are used, its origin is `http://localhost`. */
export function houseAt(server: {
  readonly port: number;
  readonly database: TestDatabase;
  readonly filesFolder?: string;
  readonly setupCode: () => Promise<string>;
  readonly remind?: () => Promise<void>;
  readonly wayKind?: WayKind;
  readonly close: () => Promise<void>;
}): House {
  const { database, filesFolder = "", remind, setupCode, wayKind = "passphrase" } = server;
  const origin = `http://127.0.0.1:${String(server.port)}`;
  const clients: Client[] = [];
  return {
    origin,
    wayKind,
    database,
    filesFolder,
    setupCode,
    remind: remind ?? (() => Promise.reject(new Error("this server reminds by itself"))),
    newDevice: ({ passkeys = wayKind === "passkey" ? makePhone(PAGE) : null, ...wish } = {}) =>
      makeDevice({ origin, passkeys, ...wish }),
    open: async (device) => {
      const client = await device.open();
      clients.push(client);
      return client;
    },
    close: async () => {
      for (const client of clients) await client.close();
      await server.close();
      await database.close();
    },
  };
}

/** Six words with their sign-in name. */
export interface Passphrase {
  readonly kind: "passphrase";
  readonly name: string;
  readonly words: string;
}

/** How somebody comes in: by a passkey of the phone beside their device, or by six words. */
export type Way = Passphrase | { readonly kind: "passkey" };

/** Somebody with a device, a client on it that is unlocked, and a way in. */
export interface Someone {
  readonly name: string;
  readonly device: Device;
  readonly client: Client;
  readonly way: Way;
}

export interface FamilyMember extends Someone {
  readonly person: PersonId;
}

/** Six words that nobody has yet. */
export function makeWords(client: Client): Passphrase {
  return { kind: "passphrase", ...client.actions.makePassphrase(PASSPHRASE_WORDS) };
}

/** The six words of somebody who came in by them. */
export function wordsOf({ name, way }: Pick<Someone, "name" | "way">): Passphrase {
  if (way.kind !== "passphrase") throw new Error(`${name} came in by a passkey`);
  return way;
}

/** How a newcomer to this house comes in. */
export function newWay({ wayKind }: Pick<House, "wayKind">, client: Client): Way {
  return wayKind === "passphrase" ? makeWords(client) : { kind: wayKind };
}

/** A therapist sets up a practice in this house. */
export async function openPractice(
  house: House,
  {
    name = "Ada",
    practiceName = "Elm Street",
    device = house.newDevice(),
  }: { readonly name?: string; readonly practiceName?: string; readonly device?: Device } = {},
): Promise<Someone> {
  const client = await house.open(device);
  const way = newWay(house, client);
  const code = await house.setupCode();
  valueOf(await client.actions.setUp({ code, practiceName, myName: name, factor: way }));
  return { name, device, client, way };
}

/** How somebody is recorded; what is left out is as usual. */
export type Recorded = Pick<Person, "name"> & Partial<Person>;

/** The therapist writes somebody into the family's record. */
export async function record(
  therapist: Pick<Someone, "client">,
  family: FamilyId,
  wish: Recorded,
): Promise<PersonId> {
  const person: Person = {
    // A fresh UUID is a person's id; the brand is a compiler-only mark.
    person: randomUUID() as string as PersonId,
    role: "adult",
    inTreatment: true,
    relations: [],
    safeContact: null,
    ...wish,
  };
  valueOf(await therapist.client.actions.savePerson({ family, person }));
  return person.person;
}

/** The fragment of a fresh link for somebody who is recorded. */
export async function invite(
  therapist: Pick<Someone, "client">,
  family: FamilyId,
  person: PersonId,
): Promise<string> {
  const { link } = valueOf(await therapist.client.actions.invite({ family, person, days: 7 }));
  return new URL(link).hash;
}

/** Somebody who is recorded is invited and comes in by the link, on a device of their own. */
export async function bringIn(
  house: House,
  therapist: Someone,
  who: {
    readonly family: FamilyId;
    readonly person: PersonId;
    readonly name: string;
    readonly device?: Device;
  },
): Promise<FamilyMember> {
  const { device = house.newDevice(), family, name, person } = who;
  const fragment = await invite(therapist, family, person);
  const client = await house.open(device);
  const way = newWay(house, client);
  valueOf(await client.actions.join({ fragment, factor: way }));
  return { name, device, client, way, person };
}

/** Records somebody, invites them and lets them join. */
export async function inviteAndJoin(
  house: House,
  therapist: Someone,
  family: FamilyId,
  wish: Recorded & { readonly device?: Device },
): Promise<FamilyMember> {
  const { device = house.newDevice(), ...recorded } = wish;
  const person = await record(therapist, family, recorded);
  return bringIn(house, therapist, { family, person, name: wish.name, device });
}

/** A therapist with a family of one who has joined, and the room that both are in: where most stories start. */
export async function openFirstRoom(
  house: House,
  devices: { readonly therapist?: Device; readonly member?: Device } = {},
): Promise<{
  readonly therapist: Someone;
  readonly ben: FamilyMember;
  readonly family: FamilyId;
  readonly room: RoomId;
}> {
  const { member = house.newDevice(), therapist: first = house.newDevice() } = devices;
  const therapist = await openPractice(house, { device: first });
  const family = valueOf(await therapist.client.actions.createFamily({ name: "Rivera" }));
  const ben = await inviteAndJoin(house, therapist, family, { name: "Ben", device: member });
  const { room } = await roomWhere(ben.client, (line) => line.kind === "family");
  return { therapist, ben, family, room };
}

/** Another device of the same person, beside the same phone. */
export function anotherDevice(
  house: Pick<House, "newDevice">,
  { device }: Pick<Someone, "device">,
  wish: { readonly idleLockAfterMs?: number; readonly store?: MemoryStore } = {},
): Device {
  return house.newDevice({ ...wish, passkeys: device.ports.passkeys });
}

/** Another browser of the same person: a new device that signs in the way they came in. */
export async function signInElsewhere(house: House, someone: Someone): Promise<Someone> {
  const device = anotherDevice(house, someone);
  const client = await house.open(device);
  valueOf(await client.actions.signIn(someone.way));
  return { ...someone, device, client };
}

/** Answers the view as soon as it holds. */
export function seen<Name extends keyof Views>(
  client: Client,
  name: Name,
  holds: (view: Views[Name]) => boolean,
): Promise<Views[Name]> {
  return firstThat((callback) => client.watch(name, callback), holds);
}

export async function roomWhere(
  client: Client,
  holds: (line: RoomLineView) => boolean,
): Promise<RoomLineView> {
  const rooms = await seen(client, "rooms", (lines) => lines.some(holds));
  const found = rooms.find(holds);
  if (found === undefined) throw new Error("a room that was just seen");
  return found;
}

export async function until(
  client: Client,
  room: RoomId,
  holds: (view: RoomView) => boolean,
): Promise<RoomView> {
  const view = await firstThat<RoomView | null>(
    (callback) => client.watchRoom(room, callback),
    (seenNow) => seenNow !== null && holds(seenNow),
  );
  if (view === null) throw new Error("a view that was just seen");
  return view;
}

/** The room holds this text, and everything in it has been sent. */
export function untilSaid(client: Client, room: RoomId, text: string): Promise<RoomView> {
  return until(client, room, (view) => textsOf(view).includes(text) && isAllSent(view));
}

export function untilGone(client: Client, room: RoomId): Promise<unknown> {
  return seen(client, "rooms", (lines) => lines.every((line) => line.room !== room));
}

/** What a view is at this moment. */
export function now<Name extends keyof Views>(client: Client, name: Name): Views[Name] {
  const views: Views[Name][] = [];
  client.watch(name, (view) => views.push(view))();
  const [view] = views;
  if (view === undefined) throw new Error("watching shows at once");
  return view;
}

export function roomNow(client: Client, room: RoomId): RoomView | null {
  const views: (RoomView | null)[] = [];
  client.watchRoom(room, (view) => views.push(view))();
  return views[0] ?? null;
}

/** Whoever waits longer than this waits in vain, and says for what before the story is ended. */
export const IN_VAIN_MS = 90_000;

/** Answers the first view that holds. */
export function firstThat<View>(
  watch: (callback: (view: View) => void) => () => void,
  holds: (view: View) => boolean,
): Promise<View> {
  const { stack = "" } = new Error("asked here");
  return new Promise((resolve, reject) => {
    let last: View | null = null;
    let isFound = false;
    let stop: (() => void) | null = null;
    const inVain = setTimeout(() => {
      stop?.();
      reject(new Error(`in vain: ${JSON.stringify(last)}\n${holds.toString()}\n${stack}`));
    }, IN_VAIN_MS);
    stop = watch((view) => {
      last = view;
      if (isFound || !holds(view)) return;
      isFound = true;
      clearTimeout(inVain);
      stop?.();
      resolve(view);
    });
    if (isFound) stop();
  });
}

export function textsOf(view: RoomView | null): readonly string[] {
  return (view?.entries ?? []).flatMap((entry) => (entry.kind === "message" ? [entry.text] : []));
}

export function statesOf(view: RoomView | null): readonly string[] {
  return (view?.entries ?? []).flatMap((entry) => (entry.kind === "message" ? [entry.state.kind] : []));
}

export function noticesOf(view: RoomView | null): readonly string[] {
  return (view?.entries ?? []).flatMap((entry) => (entry.kind === "notice" ? [entry.notice] : []));
}

export function isAllSent(view: RoomView): boolean {
  return statesOf(view).every((state) => state === "sent");
}

export function namesIn(line: RoomLineView): readonly string[] {
  return line.readers.map((reader) => reader.name).toSorted();
}

/** What an action answered; throws when it was refused. */
export function valueOf<Value>(outcome: Done<Value>): Value {
  if (outcome.kind === "refused") throw new Error(`refused: ${outcome.refusal}`);
  return outcome.value;
}

/** Why an action was refused; null when it was done. */
export function refusalOf(outcome: Done<unknown>): string | null {
  return outcome.kind === "refused" ? outcome.refusal : null;
}

/** A moment that a test decides. */
export function makeGate(): { readonly opened: Promise<void>; readonly open: () => void } {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}
