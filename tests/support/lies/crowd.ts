/** People whom a server lies to: they come in by passkeys, which cost nothing, and have more than one browser. */
import type { Client, Passkeys } from "@sotto/client";
import type { AccountId, FamilyId, PersonId, RoomId } from "@sotto/domain";
import {
  identityHash,
  parseIdentityRecord,
  parseRoomEvent,
  toHex,
  type Bytes,
  type IdentityOf,
  type IdentitySecret,
  type RoomState,
} from "@sotto/vault";
import {
  invite,
  now,
  openHouse,
  record,
  roomWhere,
  seen,
  textsOf,
  until,
  untilSaid,
  valueOf,
  type House,
  type Recorded,
} from "../clients.ts";
import { lookInto } from "../database.ts";
import type { Device } from "../node-ports.ts";
import { makePhone } from "../software-passkey.ts";
import { openBySheet, vaultNow } from "../vaults.ts";
import { tell, type Lie } from "./lie.ts";

const PAGE = "http://localhost";

/** Somebody with a phone that holds their passkey, and a client that is unlocked. */
export interface Soul {
  readonly name: string;
  readonly phone: Passkeys;
  readonly device: Device;
  readonly client: Client;
}

export interface FamilySoul extends Soul {
  readonly person: PersonId;
}

/** A therapist, Ben and Cleo of one family with their rooms, and a house in which more can come. */
export interface Crowd {
  readonly house: House;
  readonly ada: Soul;
  readonly ben: FamilySoul;
  readonly cleo: FamilySoul;
  readonly family: FamilyId;
  /** The room of the whole family. */
  readonly room: RoomId;
}

export async function openCrowd(): Promise<Crowd> {
  const house = await openHouse();
  const ada = await setUp(house, "Ada");
  const family = valueOf(await ada.client.actions.createFamily({ name: "Rivera" }));
  const ben = await comeIn(house, ada, family, { name: "Ben" });
  const cleo = await comeIn(house, ada, family, { name: "Cleo" });
  const { room } = await roomWhere(
    ben.client,
    ({ kind, readers }) => kind === "family" && readers.length === 3,
  );
  await roomWhere(cleo.client, (line) => line.room === room);
  return { house, ada, ben, cleo, family, room };
}

/** A therapist with a practice of their own. */
export async function setUp(house: House, name: string): Promise<Soul> {
  const phone = makePhone(PAGE);
  const device = house.newDevice({ passkeys: phone });
  const client = await house.open(device);
  const code = await house.setupCode();
  valueOf(
    await client.actions.setUp({
      code,
      practiceName: "Elm Street",
      myName: name,
      factor: { kind: "passkey" },
    }),
  );
  return { name, phone, device, client };
}

/** Somebody is recorded, invited, and comes in on a device of their own. */
export async function comeIn(house: House, ada: Soul, family: FamilyId, wish: Recorded): Promise<FamilySoul> {
  const person = await record(ada, family, wish);
  const fragment = await invite(ada, family, person);
  const phone = makePhone(PAGE);
  const device = house.newDevice({ passkeys: phone });
  const client = await house.open(device);
  valueOf(await client.actions.join({ fragment, factor: { kind: "passkey" } }));
  await roomWhere(client, (line) => line.kind === "private");
  return { name: wish.name, phone, device, client, person };
}

/** Another browser of somebody, which is told a lie, if one is given, from before it signs in. */
export async function elsewhere<Who extends Soul>(house: House, who: Who, lie?: Lie): Promise<Who> {
  const device = house.newDevice({ passkeys: who.phone });
  if (lie !== undefined) tell(device, lie);
  const client = await house.open(device);
  valueOf(await client.actions.signIn({ kind: "passkey" }));
  return { ...who, device, client };
}

/** A room of these people of the family, in which nothing was said yet. */
export async function openRoomFor(
  { ada, family }: Pick<Crowd, "ada" | "family">,
  title: string,
  people: readonly FamilySoul[],
): Promise<RoomId> {
  const room = valueOf(
    await ada.client.actions.openRoom({ family, people: people.map(({ person }) => person), title }),
  );
  for (const { client } of people) await roomWhere(client, (line) => line.room === room);
  return room;
}

/**
 * A browser of somebody that they have not used before is told the lie from its first moment on, and the truth afterwards: then all that was said
 * in the room is there, in its order, and nothing else.
 */
export async function lieToFresh(
  { house, ...who }: Soul & { readonly house: House },
  truth: { readonly room: RoomId; readonly said: readonly string[] },
  lie: Lie,
  see: (browser: Soul) => Promise<void>,
): Promise<void> {
  const device = house.newDevice({ passkeys: who.phone });
  const end = tell(device, lie);
  const client = await house.open(device);
  valueOf(await client.actions.signIn({ kind: "passkey" }));
  const browser = { ...who, device, client };
  await see(browser);
  end();
  await isWholeAfter(browser, truth);
  await client.close();
}

/** The server tells the truth again: within one exchange everything true is there. */
export async function isWholeAfter(
  browser: Pick<Soul, "client" | "device">,
  { room, said }: { readonly room: RoomId; readonly said: readonly string[] },
): Promise<void> {
  await exchange(browser);
  await until(browser.client, room, (view) => textsOf(view).join("\n") === said.join("\n"));
}

/** Who somebody is to the server. */
export function accountOf({ client }: Pick<Soul, "client">): AccountId {
  const { account } = now(client, "session");
  if (account === null) throw new Error("somebody who is in");
  return account;
}

/** Somebody says something, and everybody of these has read it. */
export async function say(
  who: Soul,
  room: RoomId,
  text: string,
  readers: readonly Pick<Soul, "client">[] = [],
): Promise<void> {
  valueOf(await who.client.actions.send({ room, text }));
  for (const { client } of [who, ...readers]) await untilSaid(client, room, text);
}

/** The device leaves the network and comes back: one exchange with the server. */
export async function exchange({ client, device }: Pick<Soul, "client" | "device">): Promise<void> {
  device.cut();
  await seen(client, "session", ({ online }) => !online);
  device.mend();
  await seen(client, "session", ({ online, inStep }) => online && inStep);
}

/** The keys of somebody who helps the server: all generations, as their vault holds them. */
export async function secretsOf(house: House, who: Soul): Promise<readonly IdentitySecret[]> {
  return (await vaultNow(house, await openBySheet(house, { ...who, way: { kind: "passkey" } }))).identities;
}

/** What whoever has the server's database knows of a room: how it stands now, and its events. */
export async function roomInStore(
  house: House,
  room: RoomId,
): Promise<{ readonly state: RoomState; readonly events: readonly Bytes[] }> {
  const rows = await lookInto<{ bytes: Buffer }>(
    house.database,
    "select bytes from room_item where room_id = $1 and kind = 'event' order by seq",
    [room],
  );
  const events = rows.map(({ bytes }) => new Uint8Array(bytes));
  const last = events.at(-1);
  if (last === undefined) throw new Error("a room that is there");
  const { closed, epoch, hash: head, members } = parseRoomEvent(last);
  return { state: { room, epoch, head, members, closed, ended: false }, events };
}

/** Everybody's identity, as whoever has the server's database finds it; `more` are some that stand in no database. */
export async function everybody(house: House, more: readonly Bytes[] = []): Promise<IdentityOf> {
  const rows = await lookInto<{ record: Buffer }>(house.database, "select record from identity", []);
  const known = new Map(
    [...rows.map(({ record: bytes }) => new Uint8Array(bytes)), ...more].map((bytes) => [
      toHex(identityHash(bytes)),
      parseIdentityRecord(bytes),
    ]),
  );
  return (hash) => known.get(toHex(hash)) ?? null;
}
