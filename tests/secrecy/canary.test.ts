import { afterAll, beforeAll, expect, test } from "vitest";
import { encodeRoomCard, makeRoomEvent, sealFrame, toBase64Url } from "@sotto/vault";
import type { RunningServer } from "@sotto/server/wiring";
import pg from "pg";
import type { TestDatabase } from "../support/database.ts";
import { openRealServer, type RealServer } from "../support/real-server.ts";
import { call, enrol, identityOf, random, type Person } from "../support/people.ts";
import { findInDatabase, isIn } from "./find-canary.ts";

// Names and words that must never reach the server in any form that it could read.
const PERSON = "Philippa Canarywood";
const PRACTICE = "Canary Lane Family Practice";
const FAMILY = "The Canaryfields";
const TEXT = "the canary sang about the debt";
const CANARIES = [PERSON, PRACTICE, FAMILY, TEXT];

let real: RealServer;
let database: TestDatabase;
let server: RunningServer;
let origin: string;
const log: string[] = [];

beforeAll(async () => {
  real = await openRealServer({ log: (line) => log.push(line) });
  ({ server, database, origin } = real);
  const names = { person: PERSON, practice: PRACTICE };
  const keeper = await enrol(origin, { code: await server.makeSetupCode() }, names);
  const guest = await enrol(origin, { host: keeper }, names);
  await talk(origin, keeper, guest);
});

afterAll(async () => {
  await real.close();
});

async function talk(origin: string, keeper: Person, guest: Person): Promise<void> {
  const room: string = crypto.randomUUID();
  const card = encodeRoomCard({
    kind: "family",
    title: FAMILY,
    family: crypto.randomUUID(),
    familyName: FAMILY,
    practiceName: PRACTICE,
    people: [{ account: guest.account, name: PERSON, role: "adult", face: 1 }],
  });
  const made = await makeRoomEvent({
    me: keeper.me,
    previous: null,
    room,
    action: "create",
    members: [
      { account: keeper.account, role: "keeper", identity: keeper.identity },
      { account: guest.account, role: "member", identity: guest.identity },
    ],
    card,
    identityOf,
    random,
  });
  await call(origin, "appendEvent", {
    token: keeper.token,
    params: { room },
    body: { bytes: toBase64Url(made.bytes) },
  });
  const sealed = await sealFrame({
    me: guest.me,
    keys: made.keys,
    state: made.state,
    id: crypto.randomUUID(),
    stream: "0011223344556677",
    sequence: 0,
    previous: null,
    seen: [],
    kind: 1,
    sentAt: 1,
    gossip: null,
    body: new Uint8Array(new TextEncoder().encode(TEXT)),
    random,
  });
  await call(origin, "appendFrame", {
    token: guest.token,
    params: { room },
    body: { bytes: toBase64Url(sealed.bytes) },
  });
}

test("a dump of the whole database holds none of the planted names and words; planted in clear, each is found", async () => {
  expect(await findInDatabase(database.adminUrl, CANARIES)).toEqual([]);
  const client = new pg.Client({ connectionString: database.adminUrl });
  await client.connect();
  await client.query("create table planted (word text, bytes bytea, coded text)");
  await client.query(
    "insert into planted values ($1, null, null), (null, $2, null), (null, null, $3), (null, null, $4)",
    [
      PERSON,
      Buffer.from(`....${PRACTICE}..`),
      Buffer.from(`.${FAMILY}.`).toString("base64"),
      Buffer.from(`..${TEXT}...`).toString("base64url"),
    ],
  );
  await client.end();
  expect(await findInDatabase(database.adminUrl, CANARIES)).toEqual(
    CANARIES.map((canary) => `public.planted: ${canary}`),
  );
});

test("the server's log has lines, and none of the planted names and words", () => {
  const text = log.join("\n");
  expect(log).toHaveLength(5);
  expect(CANARIES.filter((canary) => isIn(text, canary))).toEqual([]);
  expect(isIn(`${text}\n${Buffer.from(TEXT).toString("hex")}`, TEXT)).toBe(true);
});
