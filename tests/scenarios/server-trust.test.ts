/** What the server itself lets happen: reading the past, shutting an account, beginning anew. */
import { verifyDatabase } from "@sotto/server/copy";
import {
  makeRoomEvent,
  openRoomEvent,
  parseIdentityRecord,
  rotateIdentity,
  toBase64Url,
  type Bytes,
  type MadeRoomEvent,
} from "@sotto/vault";
import { afterAll, beforeAll, expect, test } from "vitest";
import { call, enrol, identityOf, makeSheet, random, refusal, type Person } from "../support/people.ts";
import { openRealServer, type RealServer } from "../support/real-server.ts";
import { appendBytes, appendNext, makeFrame, place } from "../support/rooms.ts";

let real: RealServer;
let origin: string;
let keeper: Person;
let teen: Person;
let parent: Person;
let other: Person;

beforeAll(async () => {
  real = await openRealServer();
  ({ origin } = real);
  keeper = await enrol(origin, { code: await real.server.makeSetupCode() });
  teen = await enrol(origin, { host: keeper });
  parent = await enrol(origin, { host: keeper });
  other = await enrol(origin, { host: keeper });
}, 60_000);

afterAll(() => real.close());

const NOT_HERE = { status: 404, body: '{"refusal":"not-here"}' };
const NOT_ALLOWED = { status: 403, body: '{"refusal":"not-allowed"}' };

const history = (person: Person, room: string) =>
  call(origin, "readHistory", { token: person.token, params: { room }, query: { after: "0" } });

/** A room of the keeper and the teen with one message, which the parent comes into after that. */
async function openRoomOfThree() {
  const room: string = crypto.randomUUID();
  const two = [place(keeper, "keeper"), place(teen, "member")];
  const created = await appendNext(origin, keeper, { previous: null, room, action: "create", members: two });
  await appendBytes(origin, "appendFrame", teen, room, await makeFrame(teen, created));
  const members = [...two, place(parent, "member")];
  const added = await appendNext(origin, keeper, { previous: created, room, action: "add", members });
  return { room, created, added };
}

async function seedOf(event: MadeRoomEvent, previous: MadeRoomEvent | null): Promise<Bytes> {
  const opened = await openRoomEvent({
    mine: [keeper.me],
    event: event.bytes,
    previous: previous?.state ?? null,
    previousCard: new Uint8Array(64),
    identityOf,
  });
  if (opened.kind !== "opened") throw new Error("a keeper opens every event");
  return opened.seed;
}

async function grantTo(
  account: string,
  { added, created, room }: Awaited<ReturnType<typeof openRoomOfThree>>,
  head: Bytes = created.state.head,
): Promise<string> {
  const seeds = [await seedOf(created, null), await seedOf(added, created)];
  const made = await makeRoomEvent({
    me: keeper.me,
    previous: added.state,
    room,
    action: "grant-history",
    members: added.state.members,
    card: new Uint8Array(64),
    identityOf,
    random,
    past: { account, epoch: 0, head, seeds },
  });
  return toBase64Url(made.bytes);
}

test("T12: the past is nothing to who was given nothing, and not there for who is not in the room", async () => {
  const three = await openRoomOfThree();
  for (const person of [teen, parent]) {
    expect(await history(person, three.room)).toEqual({ items: [], more: false });
  }
  for (const room of [three.room, crypto.randomUUID()]) {
    expect(await refusal(() => history(other, room))).toEqual(NOT_HERE);
  }
});

test("a grant opens the past to its person alone, from its event up to before they came in, and leaves their own count", async () => {
  const three = await openRoomOfThree();
  const { room } = three;
  const bytes = await grantTo(parent.account, three);
  expect(await appendBytes(origin, "appendEvent", keeper, room, bytes)).toMatchObject({ seq: 4 });
  expect(await appendBytes(origin, "appendEvent", keeper, room, bytes)).toMatchObject({ seq: 4 });
  const { items } = await history(parent, room);
  expect(items.map(({ kind, seq }) => [seq, kind])).toEqual([
    [1, "event"],
    [2, "frame"],
  ]);
  expect((await history(teen, room)).items).toEqual([]);
  const read = await call(origin, "readRoom", {
    token: parent.token,
    params: { room },
    query: { after: "0" },
  });
  expect(read.items.map(({ kind, seq }) => [seq, kind])).toEqual([
    [1, "event"],
    [2, "event"],
  ]);
});

test("a grant that names an event which is not the room's is refused, and one that somebody else sends is malformed", async () => {
  const three = await openRoomOfThree();
  const elsewhere = await openRoomOfThree();
  const wrong = await grantTo(parent.account, three, elsewhere.created.state.head);
  const refused = await refusal(() => appendBytes(origin, "appendEvent", keeper, three.room, wrong));
  expect(refused).toEqual({ status: 409, body: '{"refusal":"event-refused"}' });
  const right = await grantTo(parent.account, three);
  const replayed = await refusal(() => appendBytes(origin, "appendEvent", parent, three.room, right));
  expect(replayed.status).toBe(400);
  expect(await history(parent, three.room)).toEqual({ items: [], more: false });
});

test("what was given ends with the membership", async () => {
  const three = await openRoomOfThree();
  const { added, room } = three;
  await appendBytes(origin, "appendEvent", keeper, room, await grantTo(parent.account, three));
  const given = await call(origin, "readRoom", {
    token: keeper.token,
    params: { room },
    query: { after: "3" },
  });
  expect(given.items).toHaveLength(1);
  const two = added.state.members.filter(({ account }) => account !== parent.account);
  const state = { ...added.state, epoch: 2, head: await headAfter(room) };
  const common = { me: keeper.me, room, card: new Uint8Array(64), identityOf, random };
  const removed = await makeRoomEvent({ ...common, previous: state, action: "remove", members: two });
  await appendBytes(origin, "appendEvent", keeper, room, toBase64Url(removed.bytes));
  expect(await refusal(() => history(parent, room))).toEqual(NOT_HERE);
  const members = [...two, place(parent, "member")];
  const again = await makeRoomEvent({ ...common, previous: removed.state, action: "add", members });
  await appendBytes(origin, "appendEvent", keeper, room, toBase64Url(again.bytes));
  expect(await history(parent, room)).toEqual({ items: [], more: false });
});

/** The head of a room, as its newest item says: that is an event here. */
async function headAfter(room: string): Promise<Bytes> {
  const { items } = await call(origin, "readRoom", {
    token: keeper.token,
    params: { room },
    query: { after: "0" },
  });
  const last = items.at(-1);
  if (last === undefined) throw new Error("a room with items");
  return new Uint8Array(await crypto.subtle.digest("SHA-256", Buffer.from(last.bytes, "base64url")));
}

test("an account is shut by a keeper of a room that it is in, and by nobody else", async () => {
  const person = await enrol(origin, { host: keeper });
  const close = (who: Person, account: string) =>
    call(origin, "closeAccount", { token: who.token, params: { account }, body: {} });
  expect(await refusal(() => close(keeper, person.account))).toEqual(NOT_HERE);
  expect(await refusal(() => close(keeper, crypto.randomUUID()))).toEqual(NOT_HERE);
  const room: string = crypto.randomUUID();
  const members = [place(keeper, "keeper"), place(person, "member"), place(teen, "member")];
  await appendNext(origin, keeper, { previous: null, room, action: "create", members });
  expect(await refusal(() => close(teen, person.account))).toEqual(NOT_ALLOWED);
  expect(await refusal(() => close(keeper, keeper.account))).toEqual(NOT_HERE);
  await close(keeper, person.account);
  await close(keeper, person.account);
  const listed = await refusal(() => call(origin, "listFactors", { token: person.token }));
  expect(listed.status).toBe(401);
});

test("beginning anew needs the next keys signed by the last, and the newest vault; then every session is another", async () => {
  const person = await enrol(origin, { host: keeper });
  const sheet = await makeSheet(person.account);
  const rotate = (me: Person["me"]) => rotateIdentity({ secret: me, reason: "device-lost", random });
  const secure = (identity: Bytes, version: number) =>
    call(origin, "secureAccount", {
      token: person.token,
      body: {
        vault: { version, bytes: toBase64Url(random(64)) },
        identity: toBase64Url(identity),
        wraps: [],
        sheet,
      },
    });
  const stranger = await rotate(teen.me);
  expect((await refusal(() => secure(stranger.record, 2))).status).toBe(400);
  expect((await refusal(() => secure(person.me.record, 2))).status).toBe(400);
  const next = await rotate(person.me);
  expect(await refusal(() => secure(next.record, 5))).toEqual({
    status: 409,
    body: '{"refusal":"stale-version"}',
  });
  const { factors } = await call(origin, "listFactors", { token: person.token });
  expect(factors).toHaveLength(1);
  const signedIn = await secure(next.record, 2);
  expect(signedIn).toMatchObject({ account: person.account, keyGeneration: 1, factorKind: "recovery" });
  expect((await refusal(() => call(origin, "listFactors", { token: person.token }))).status).toBe(401);
  const left = await call(origin, "listFactors", { token: signedIn.token });
  expect(left.factors.map(({ factor }) => factor)).toEqual([sheet.factor]);
  expect(parseIdentityRecord(next.record).generation).toBe(1);
});

test("a check of the database finds nothing wrong in all this", async () => {
  expect((await verifyDatabase(real.database.appUrl)).findings).toEqual([]);
});
