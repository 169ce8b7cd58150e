/** T23: what the server itself lets a custodian do, and lets nobody do in its name. */
import {
  custodianIdentity,
  fromBase64Url,
  identityHash,
  makeIdentity,
  makeOpeningEvent,
  signCustody,
  toBase64Url,
  toHex,
  type IdentitySecret,
  type MadeRoomEvent,
  type RoomState,
  type WholeIdentity,
} from "@sotto/vault";
import { verifyDatabase } from "@sotto/server/copy";
import { Client } from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { call, enrol, identityOf, knowIdentity, random, refusal, type Person } from "../support/people.ts";
import { openRealServer, type RealServer } from "../support/real-server.ts";
import { appendBytes, appendNext, makeFrame, makeNext, place } from "../support/rooms.ts";

let real: RealServer;
let origin: string;
let keeper: Person;
let teen: Person;
let custodian: Person & { readonly me: WholeIdentity };

const bring = (who: Person, me: IdentitySecret) =>
  call(origin, "bringCustodian", { token: who.token, body: { identity: toBase64Url(me.record) } });

/** A session by the key, as the command opens one. */
async function enter(me: IdentitySecret): Promise<string> {
  const { attempt, challenge } = await call(origin, "startCustody", { body: {} });
  const signature = toBase64Url(await signCustody(me, fromBase64Url(challenge)));
  const identity = toBase64Url(identityHash(me.record));
  const { token } = await call(origin, "openCustody", { body: { attempt, identity, signature } });
  return token;
}

beforeAll(async () => {
  real = await openRealServer();
  ({ origin } = real);
  keeper = await enrol(origin, { code: await real.server.makeSetupCode() });
  teen = await enrol(origin, { host: keeper });
  const me = await custodianIdentity(random(32));
  knowIdentity(me.record);
  await bring(keeper, me);
  const identity = identityHash(me.record);
  custodian = { account: me.account, me, identity, token: await enter(me) };
}, 60_000);

afterAll(() => real.close());

const NOT_HERE = { status: 404, body: '{"refusal":"not-here"}' };
const NOT_ALLOWED = { status: 403, body: '{"refusal":"not-allowed"}' };
const NOT_SIGNED_IN = { status: 401, body: '{"refusal":"not-signed-in"}' };
const FAILED = { status: 401, body: '{"refusal":"sign-in-failed"}' };
const EVENT_REFUSED = { status: 409, body: '{"refusal":"event-refused"}' };

const read = (token: string, room: string) =>
  call(origin, "readRoom", { token, params: { room }, query: { after: "0" } });

async function openRoomOfThree(): Promise<{ readonly room: string; readonly created: MadeRoomEvent }> {
  const room: string = crypto.randomUUID();
  const members = [place(keeper, "keeper"), place(teen, "member"), place(custodian, "reader")];
  const created = await appendNext(origin, keeper, { previous: null, room, action: "create", members });
  await appendBytes(origin, "appendFrame", teen, room, await makeFrame(teen, created));
  return { room, created };
}

const makeOpening = (me: IdentitySecret, previous: RoomState) =>
  makeOpeningEvent({ me, previous, opening: { reason: "law", allowedBy: null }, identityOf, random });

test("a custodian is brought in by staff alone, the same one again, and nothing that is no first identity", async () => {
  const me = await custodianIdentity(random(32));
  expect(await refusal(() => bring(teen, me))).toEqual(NOT_ALLOWED);
  await bring(keeper, me);
  await bring(keeper, me);
  const posing = await makeIdentity({ account: keeper.account, random });
  expect((await refusal(() => bring(keeper, posing.secret))).status).toBe(400);
  const damaged = { ...me, record: me.record.with(100, (me.record[100] ?? 0) ^ 1) };
  expect((await refusal(() => bring(keeper, damaged))).status).toBe(400);
  const found = await call(origin, "readIdentities", {
    token: keeper.token,
    body: { hashes: [toBase64Url(identityHash(me.record))] },
  });
  expect(found.records).toHaveLength(1);
});

test("only the holder of the key comes in by it, with each challenge once; no person does", async () => {
  const { attempt, challenge } = await call(origin, "startCustody", { body: {} });
  const identity = toBase64Url(custodian.identity);
  const by = async (me: IdentitySecret) => ({
    attempt,
    identity,
    signature: toBase64Url(
      await signCustody({ ...me, account: custodian.account }, fromBase64Url(challenge)),
    ),
  });
  const stranger = await by(keeper.me);
  expect(await refusal(() => call(origin, "openCustody", { body: stranger }))).toEqual(FAILED);
  const late = await by(custodian.me);
  const spent = await refusal(() => call(origin, "openCustody", { body: late }));
  expect(spent.body).toBe('{"refusal":"attempt-expired"}');
  // The keys of a person open no such session.
  const own = await call(origin, "startCustody", { body: {} });
  const signature = toBase64Url(await signCustody(keeper.me, fromBase64Url(own.challenge)));
  const asPerson = { attempt: own.attempt, identity: toBase64Url(keeper.identity), signature };
  expect(await refusal(() => call(origin, "openCustody", { body: asPerson }))).toEqual(FAILED);
});

test("it sees its rooms from outside, reads nothing of one before it has said so there, and then that one alone", async () => {
  const [mine, other] = [await openRoomOfThree(), await openRoomOfThree()];
  const { token } = custodian;
  const { rooms } = await call(origin, "listCustodyRooms", { token });
  const outside = rooms.find(({ room }) => room === mine.room);
  expect(outside).toMatchObject({ epoch: 0, closed: false, head: toBase64Url(mine.created.state.head) });
  expect(outside?.members.map(({ role }) => role).toSorted()).toEqual(["keeper", "member", "reader"]);
  expect(await refusal(() => read(token, mine.room))).toEqual(NOT_ALLOWED);
  const opened = await makeOpening(custodian.me, mine.created.state);
  await appendBytes(origin, "appendEvent", custodian, mine.room, toBase64Url(opened.bytes));
  const { items } = await read(token, mine.room);
  expect(items.map(({ kind }) => kind)).toEqual(["event", "frame", "event"]);
  expect(items.at(-1)?.bytes).toBe(toBase64Url(opened.bytes));
  expect(await refusal(() => read(token, other.room))).toEqual(NOT_ALLOWED);
  // Everybody in the room has it.
  expect((await read(teen.token, mine.room)).items.at(-1)?.bytes).toBe(toBase64Url(opened.bytes));
  // In a session of its own it says so anew; the old event, sent again, opens nothing.
  const again = { ...custodian, token: await enter(custodian.me) };
  await appendBytes(origin, "appendEvent", again, mine.room, toBase64Url(opened.bytes));
  expect(await refusal(() => read(again.token, mine.room))).toEqual(NOT_ALLOWED);
});

test("a session of it does nothing else: no frame, no membership, no account, no live connection", async () => {
  const { created, room } = await openRoomOfThree();
  const { token } = custodian;
  const body = { bytes: await makeFrame(teen, created) };
  expect(await refusal(() => call(origin, "appendFrame", { token, params: { room }, body }))).toEqual(
    NOT_ALLOWED,
  );
  for (const name of ["listRooms", "listSessions", "listFactors", "readReminders"] as const) {
    expect(await refusal(() => call(origin, name, { token }))).toEqual(NOT_ALLOWED);
  }
  expect(await refusal(() => bring(custodian, custodian.me))).toEqual(NOT_ALLOWED);
  const rekey = await makeNext(keeper, {
    previous: created,
    room,
    action: "close",
    members: created.state.members,
  });
  const posing = await refusal(() =>
    appendBytes(origin, "appendEvent", custodian, room, toBase64Url(rekey.bytes)),
  );
  expect(posing.status).toBe(400);
  const socket = new WebSocket(`${origin.replace("http", "ws")}/v1/live`);
  const said = await new Promise<string>((resolve) => {
    socket.addEventListener("open", () => socket.send(JSON.stringify({ kind: "hello", token })));
    socket.addEventListener("message", ({ data }) => resolve(String(data)));
  });
  socket.close();
  expect(JSON.parse(said)).toEqual({ kind: "bye", refusal: "not-signed-in" });
});

test("nobody else says that it was opened, and its own event is not taken from another's hands", async () => {
  const { created, room } = await openRoomOfThree();
  const real = toBase64Url((await makeOpening(custodian.me, created.state)).bytes);
  const carried = await refusal(() => appendBytes(origin, "appendEvent", keeper, room, real));
  expect(carried.status).toBe(400);
  // A reader who is a person cannot say it either: to the server there is one who may.
  const other: string = crypto.randomUUID();
  const members = [place(keeper, "keeper"), place(teen, "reader")];
  const second = await appendNext(origin, keeper, { previous: null, room: other, action: "create", members });
  const said = toBase64Url((await makeOpening(teen.me, second.state)).bytes);
  expect(await refusal(() => appendBytes(origin, "appendEvent", teen, other, said))).toEqual(NOT_ALLOWED);
  // Signed with other keys than the room names for it.
  const stranger = await custodianIdentity(random(32));
  const forged = await forgedBy(stranger, created.state);
  const refused = await refusal(() => appendBytes(origin, "appendEvent", custodian, room, forged));
  expect(refused).toEqual(EVENT_REFUSED);
});

/** The custodian's event with a signature of somebody else's. */
async function forgedBy(stranger: IdentitySecret, previous: RoomState): Promise<string> {
  const right = (await makeOpening(custodian.me, previous)).bytes;
  const wrong = new Uint8Array(right);
  wrong.set(stranger.signSeed, wrong.length - 64);
  return toBase64Url(wrong);
}

test("whoever took it out of a room leaves it nothing: it neither says so there nor reads, also what it had opened", async () => {
  const { created, room } = await openRoomOfThree();
  const me = { ...custodian, token: await enter(custodian.me) };
  const opened = await makeOpening(custodian.me, created.state);
  await appendBytes(origin, "appendEvent", me, room, toBase64Url(opened.bytes));
  await read(me.token, room);
  const members = opened.state.members.filter(({ account }) => account !== custodian.account);
  const gone = await appendNext(origin, keeper, { previous: opened, room, action: "remove", members });
  expect(await refusal(() => read(me.token, room))).toEqual(NOT_HERE);
  const late = await makeOpening(custodian.me, { ...gone.state, members: opened.state.members });
  expect(await refusal(() => appendBytes(origin, "appendEvent", me, room, toBase64Url(late.bytes)))).toEqual(
    NOT_HERE,
  );
  const { rooms } = await call(origin, "listCustodyRooms", { token: me.token });
  expect(rooms.map((line) => line.room)).not.toContain(room);
});

test("when its session is signed out, what it had opened is closed with it", async () => {
  const { created, room } = await openRoomOfThree();
  const me = { ...custodian, token: await enter(custodian.me) };
  const opened = await makeOpening(custodian.me, created.state);
  await appendBytes(origin, "appendEvent", me, room, toBase64Url(opened.bytes));
  await call(origin, "signOut", { token: me.token, body: {} });
  expect(await refusal(() => read(me.token, room))).toEqual(NOT_SIGNED_IN);
});

test("a check without keys finds all of it as it must be: the account without a vault, and the openings", async () => {
  const { findings, rooms } = await verifyDatabase(real.database.appUrl);
  expect(findings).toEqual([]);
  expect(rooms).toBeGreaterThan(4);
});

test("the server holds no secret of it", async () => {
  const owner = new Client({ connectionString: real.database.adminUrl });
  await owner.connect();
  const tables = await owner.query<{ name: string }>(
    "select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'public' and c.relkind = 'r'",
  );
  expect(tables.rows.length).toBeGreaterThan(10);
  const secrets = [custodian.me.signSeed, custodian.me.kemPrivate].flatMap((secret) => [
    toHex(secret),
    toBase64Url(secret),
    Buffer.from(secret).toString("base64"),
  ]);
  for (const { name } of tables.rows) {
    const { rows } = await owner.query<{ line: string }>(
      `select row_to_json(t)::text as line from ${name} t`,
    );
    for (const secret of secrets) expect(rows.some(({ line }) => line.includes(secret))).toBe(false);
  }
  await owner.end();
});
