/** The administrator with root: the memory of the running server, and what changing its database brings. */
import { createHash, randomUUID } from "node:crypto";
import {
  fromBase64Url,
  makeRecoveryCode,
  makeVaultKey,
  openBlob,
  openWrap,
  recoveryKeys,
  sha256,
  toBase64Url,
  wrapVaultKey,
} from "@sotto/vault";
import type { RoomId } from "@sotto/domain";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  houseAt,
  inviteAndJoin,
  now,
  openPractice,
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
import { lookInto, openTestDatabase } from "../support/database.ts";
import { call, enrol, random } from "../support/people.ts";
import { findInMemory } from "../support/process-memory.ts";
import { startServerProcess, type ServerProcess } from "../support/server-process.ts";
import { openBySheet, type Opened } from "../support/vaults.ts";

const WORDS = {
  therapist: "Thelonia Rootproof",
  practice: "Rootproof Lane Practice",
  family: "The Rootfields",
  member: "Philippa Rootwood",
  sent: "the root did not hear about the debt",
} as const;

let server: ServerProcess;
let house: House;
let therapist: Someone;
let member: FamilyMember;
let room: RoomId;
let opened: Opened;

beforeAll(async () => {
  const database = await openTestDatabase();
  server = await startServerProcess(database, 0);
  house = houseAt({
    port: server.port,
    database,
    setupCode: () => Promise.resolve(server.code),
    close: server.kill,
  });
  therapist = await openPractice(house, { name: WORDS.therapist, practiceName: WORDS.practice });
  const family = valueOf(await therapist.client.actions.createFamily({ name: WORDS.family }));
  member = await inviteAndJoin(house, therapist, family, { name: WORDS.member });
  ({ room } = await roomWhere(member.client, (line) => line.kind === "family"));
  valueOf(await member.client.actions.send({ room, text: WORDS.sent }));
  await untilSaid(therapist.client, room, WORDS.sent);
  opened = await openBySheet(house, member);
});

afterAll(() => house.close());

test("the memory of the running server holds no name, no word, no passphrase and no key of anybody; ids, it does hold", async () => {
  const wanted = new Map<string, string | Uint8Array>([
    ...Object.entries(WORDS),
    ["the member's passphrase", wordsOf(member).words],
    ["the therapist's passphrase", wordsOf(therapist).words],
    ["the member's vault key", opened.vaultKey],
    ["an account that is connected", opened.account],
  ]);
  // Elsewhere than on Linux a process's memory is no file: this is looked at where the checks run.
  const found = await findInMemory(server.pid, wanted);
  expect([...found]).toEqual(process.platform === "linux" ? ["an account that is connected"] : []);
});

test("a way in that is put into the database lets its maker in and opens nothing, and the person sees somebody come in", async () => {
  const { account } = opened;
  const known = await lookInto<{ practice: string; generation: number }>(
    house.database,
    "select practice_id as practice, key_generation as generation from account where account_id = $1",
    [account],
  );
  const { generation = 0, practice = "" } = known[0] ?? {};
  const [factor, own, keys] = [
    randomUUID(),
    makeVaultKey(random),
    await recoveryKeys(makeRecoveryCode(random)),
  ];
  const place = { account, kind: "recovery" as const, factor, generation };
  const wrap = await wrapVaultKey({ kek: keys.kek, vaultKey: own, place, random });
  const value = toBase64Url(keys.lookup);
  const lookup = createHash("sha256").update(`recovery\0${value}`).digest();
  await lookInto(
    house.database,
    `insert into factor (practice_id, account_id, factor_id, kind, secret, counter, wrap, lookup, created_at)
     values ($1, $2, $3, 'recovery', $4, 0, $5, $6, $7)`,
    [practice, account, factor, toBase64Url(sha256(keys.proof)), Buffer.from(wrap), lookup, Date.now()],
  );
  await lookInto(
    house.database,
    "insert into door (lookup, kind, practice_id, account_id, ref) values ($1, 'recovery', $2, $3, $4)",
    [lookup, practice, account, factor],
  );
  const body = { lookup: value, proof: toBase64Url(keys.proof) };
  const inside = await call(house.origin, "signInRecovery", { body });
  expect(inside.account).toBe(account);
  // They are in, as far as the server goes: what they are given is what its disk holds.
  const vaultKey = await openWrap({ kek: keys.kek, wrap: fromBase64Url(inside.wrap), place });
  const vault = await call(house.origin, "readVault", { token: inside.token, params: { name: "main" } });
  const at = { account, name: "main", version: vault.version };
  const blob = fromBase64Url(vault.bytes);
  await expect(openBlob({ vaultKey, place: at, blob })).rejects.toThrow("unopenable");
  // The same bytes do open by the key that only the person's own ways in give.
  await openBlob({ vaultKey: opened.vaultKey, place: at, blob });
  await seen(member.client, "devices", (devices) => devices.some(({ isNew }) => isNew));
  const listed = await call(house.origin, "listFactors", { token: inside.token });
  expect(listed.factors.map((line) => line.factor)).toContain(factor);
});

test("nobody is let into a room by a row in the database: who writes there seals for whom the signed chain names", async () => {
  const stranger = randomUUID();
  const [line] = await lookInto<{ practice: string; identity: Buffer }>(
    house.database,
    "select practice_id as practice, hash as identity from identity where account_id = $1",
    [opened.account],
  );
  if (line === undefined) throw new Error("an identity");
  await lookInto(
    house.database,
    "insert into account (practice_id, account_id, standing, created_at) values ($1, $2, 'practice', 1)",
    [line.practice, stranger],
  );
  await lookInto(
    house.database,
    "insert into room_member (practice_id, room_id, account_id, role, identity, from_seq) values ($1, $2, $3, 'keeper', $4, 1)",
    [line.practice, room, stranger, line.identity],
  );
  valueOf(await member.client.actions.send({ room, text: "who reads this?" }));
  const view = await until(therapist.client, room, ({ entries }) =>
    entries.some((entry) => entry.kind === "message" && entry.text === "who reads this?"),
  );
  expect(view.readers.map(({ account }) => String(account))).not.toContain(stranger);
  // The seeds that members seal to are sealed to whom the signed chain names: the row has changed nobody's roster.
  const roster = now(member.client, "rooms").find((known) => known.room === room)?.readers ?? [];
  expect(roster.map(({ name }) => name).toSorted()).toEqual([WORDS.member, WORDS.therapist].toSorted());
});

test("whoever can make set-up codes makes practices of their own, and is nobody in this one", async () => {
  const code = await freshCode();
  const root = await enrol(house.origin, { code });
  const { token } = root;
  expect((await call(house.origin, "listRooms", { token })).rooms).toEqual([]);
  const { records } = await call(house.origin, "readNewestIdentities", {
    token,
    body: { accounts: [opened.account] },
  });
  expect(records).toEqual([]);
  const asked = { token, params: { room }, query: { after: "0" } };
  await expect(call(house.origin, "readRoom", asked)).rejects.toThrow("not-here");
});

/** A set-up code as the command makes one: stored hashed, without dashes. */
async function freshCode(): Promise<string> {
  const code = Buffer.from(random(10)).toString("hex").toUpperCase();
  await lookInto(house.database, "insert into setup_code (hash, expires_at) values ($1, $2)", [
    createHash("sha256").update(code).digest(),
    Date.now() + 3_600_000,
  ]);
  return code;
}
