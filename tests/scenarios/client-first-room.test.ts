import { createClient, type Client, type Done, type RoomView } from "@sotto/client";
import { PASSPHRASE_WORDS } from "@sotto/content/passphrase-words";
import type { FamilyId, PersonId, RoomId } from "@sotto/domain";
import { startServer, type RunningServer } from "@sotto/server/wiring";
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestDatabase, type TestDatabase } from "../support/database.ts";
import { nodePorts } from "../support/node-ports.ts";

let database: TestDatabase;
let server: RunningServer;
const clients: Client[] = [];

beforeAll(async () => {
  database = await openTestDatabase();
  server = await startServer({
    databaseUrl: database.appUrl,
    ownerUrl: database.ownerUrl,
    host: "127.0.0.1",
    port: 0,
    origin: "http://localhost",
    webFolder: null,
  });
}, 60_000);

afterAll(async () => {
  for (const client of clients) await client.close();
  await server?.close();
  await database?.close();
});

test("a therapist makes a family, a person joins, and both read the same room", async () => {
  const therapist = await newClient();
  const code = await server.makeSetupCode();
  const factor = { kind: "passphrase", ...therapist.actions.makePassphrase(PASSPHRASE_WORDS) } as const;
  valueOf(await therapist.actions.setUp({ code, practiceName: "Elm Street", myName: "Ada", factor }));
  const family = valueOf(await therapist.actions.createFamily({ name: "Rivera" }));
  const link = await inviteAdult(therapist, family, "Ben");

  const ben = await newClient();
  const fragment = new URL(link).hash;
  expect(valueOf(await ben.actions.seeInvitation(fragment))).toMatchObject({
    inviterName: "Ada",
    inviteeName: "Ben",
  });
  const bensWay = { kind: "passphrase", ...ben.actions.makePassphrase(PASSPHRASE_WORDS) } as const;
  valueOf(await ben.actions.join({ fragment, factor: bensWay }));

  const room = await familyRoomOf(ben);
  valueOf(await ben.actions.send({ room, text: "hello from Ben" }));
  await until(therapist, room, (view) => textsOf(view).includes("hello from Ben"));
  valueOf(await therapist.actions.send({ room, text: "hello from Ada" }));
  const seen = await until(ben, room, (view) => textsOf(view).includes("hello from Ada") && allSent(view));
  expect(textsOf(seen)).toEqual(["hello from Ben", "hello from Ada"]);
  expect(seen.readers.map((reader) => reader.name).toSorted()).toEqual(["Ada", "Ben"]);

  await ben.actions.lock();
  valueOf(await ben.actions.signIn(bensWay));
  const again = await until(ben, room, (view) => textsOf(view).length === 2);
  expect(again.entries.filter((entry) => entry.kind === "notice")).toEqual([]);
}, 60_000);

async function newClient(): Promise<Client> {
  const client = createClient(nodePorts({ origin: `http://127.0.0.1:${String(server.port)}` }));
  clients.push(client);
  await client.start();
  return client;
}

async function inviteAdult(therapist: Client, family: FamilyId, name: string): Promise<string> {
  // A fresh UUID is a person's id; the brand is a compiler-only mark.
  const person = randomUUID() as string as PersonId;
  const wish = { person, name, role: "adult", inTreatment: true, relations: [], safeContact: null } as const;
  valueOf(await therapist.actions.savePerson({ family, person: wish }));
  return valueOf(await therapist.actions.invite({ family, person, days: 7 })).link;
}

function familyRoomOf(client: Client): Promise<RoomId> {
  return new Promise((resolve) => {
    client.watch("rooms", (rooms) => {
      const found = rooms.find((room) => room.kind === "family");
      if (found !== undefined) resolve(found.room);
    });
  });
}

function until(client: Client, room: RoomId, holds: (view: RoomView) => boolean): Promise<RoomView> {
  return new Promise((resolve) => {
    client.watchRoom(room, (view) => {
      if (view !== null && holds(view)) resolve(view);
    });
  });
}

function textsOf(view: RoomView): readonly string[] {
  return view.entries.flatMap((entry) => (entry.kind === "message" ? [entry.text] : []));
}

function allSent(view: RoomView): boolean {
  return view.entries.every((entry) => entry.kind !== "message" || entry.state.kind === "sent");
}

function valueOf<Value>(outcome: Done<Value>): Value {
  if (outcome.kind === "refused") throw new Error(`refused: ${outcome.refusal}`);
  return outcome.value;
}
