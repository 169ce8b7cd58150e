/** What the server itself does about renewed keys: the next identity with its vault, and nobody let in under an older one. */
import { verifyDatabase } from "@sotto/server/copy";
import {
  fromBase64Url,
  memberEntry,
  rotateIdentity,
  toBase64Url,
  type IdentitySecret,
  type RoomMember,
} from "@sotto/vault";
import { afterAll, beforeAll, expect, test } from "vitest";
import { call, enrol, knowIdentity, random, refusal, type Person } from "../support/people.ts";
import { openRealServer, type RealServer } from "../support/real-server.ts";
import { appendBytes, appendNext, makeNext, place } from "../support/rooms.ts";

let real: RealServer;
let origin: string;
let keeper: Person;

beforeAll(async () => {
  real = await openRealServer();
  ({ origin } = real);
  keeper = await enrol(origin, { code: await real.server.makeSetupCode() });
}, 60_000);

afterAll(() => real.close());

const STALE = { status: 409, body: '{"refusal":"stale-identity"}' };

async function nextOf(me: IdentitySecret): Promise<IdentitySecret> {
  const { record, secret } = await rotateIdentity({ secret: me, reason: "rotation", random });
  knowIdentity(record);
  return secret;
}

const vaultOf = (who: Person) => call(origin, "readVault", { token: who.token, params: { name: "main" } });

/** Sends this identity with a vault of this version. What is in the vault is nothing to the server. */
const renew = (who: Person, { record }: IdentitySecret, version: number) =>
  call(origin, "renewIdentity", {
    token: who.token,
    body: { identity: toBase64Url(record), vault: { version, bytes: toBase64Url(random(64)) } },
  });

const newestOf = async (account: string) =>
  call(origin, "readNewestIdentities", { token: keeper.token, body: { accounts: [account] } });

test("the next identity and its vault are published together, and a second of that version changes neither", async () => {
  const ben = await enrol(origin, { host: keeper });
  const next = await nextOf(ben.me);
  await renew(ben, next, 2);
  const written = await vaultOf(ben);
  expect(written.version).toBe(2);
  const { records } = await newestOf(ben.account);
  expect(records.map(({ account, bytes }) => [account, bytes])).toEqual([
    [ben.account, toBase64Url(next.record)],
  ]);
  const stale = { status: 409, body: '{"refusal":"stale-version"}' };
  expect(await refusal(async () => renew(ben, await nextOf(next), 2))).toEqual(stale);
  expect(await vaultOf(ben)).toEqual(written);
  expect((await newestOf(ben.account)).records).toEqual(records);
});

test("an identity that does not follow on the newest is refused, and the vault that came with it is not written", async () => {
  const [ben, eve] = [await enrol(origin, { host: keeper }), await enrol(origin, { host: keeper })];
  const next = await nextOf(ben.me);
  const before = await vaultOf(ben);
  for (const wrong of [ben.me, await nextOf(next), eve.me, await nextOf(eve.me)]) {
    expect(await refusal(() => renew(ben, wrong, 2))).toMatchObject({ status: 400 });
  }
  expect(await refusal(() => renew(ben, next, 1))).toMatchObject({ status: 400 });
  expect(await vaultOf(ben)).toEqual(before);
  expect((await newestOf(ben.account)).records[0]?.hash).toBe(toBase64Url(ben.identity));
});

test("the newest identities are told to staff, and to nobody else", async () => {
  const ben = await enrol(origin, { host: keeper });
  const asked = () =>
    call(origin, "readNewestIdentities", { token: ben.token, body: { accounts: [keeper.account] } });
  expect(await refusal(asked)).toEqual({ status: 403, body: '{"refusal":"not-allowed"}' });
  expect((await newestOf(crypto.randomUUID())).records).toEqual([]);
});

test("nobody is let in, or given keys, under an identity that is not their newest", async () => {
  const [ana, ben] = [await enrol(origin, { host: keeper }), await enrol(origin, { host: keeper })];
  const second = await nextOf(ben.me);
  const members = [place(keeper, "keeper"), place(ana, "member")];
  const older = place(ben, "member");
  const newer = memberEntry(second, "member");
  const room: string = crypto.randomUUID();
  const step = (all: readonly RoomMember[]) => ({
    previous: null,
    room,
    action: "create" as const,
    members: all,
  });
  await renew(ben, second, 2);
  expect(await refusal(() => appendNext(origin, keeper, step([...members, older])))).toEqual(STALE);
  const created = await appendNext(origin, keeper, step(members));
  const adding = (member: RoomMember) => ({
    previous: created,
    room,
    action: "add" as const,
    members: [...members, member],
  });
  expect(await refusal(() => appendNext(origin, keeper, adding(older)))).toEqual(STALE);
  const added = await makeNext(keeper, adding(newer));
  const bytes = toBase64Url(added.bytes);
  const taken = await appendBytes(origin, "appendEvent", keeper, room, bytes);
  // The same event again is the same answer, whatever was published since.
  const last = await nextOf(second);
  await renew(ben, last, 3);
  expect(await appendBytes(origin, "appendEvent", keeper, room, bytes)).toEqual(taken);
  // Who stands in a room stays as they are until they are given other keys: then it is the newest.
  const removed = await appendNext(origin, keeper, {
    previous: added,
    room,
    action: "remove",
    members: [place(keeper, "keeper"), newer],
  });
  expect(removed.state.members).toHaveLength(2);
});

test("whoever has renewed their keys is told of every room that names the older ones: none comes after that", async () => {
  for (let round = 0; round < 6; round++) {
    const ben = await enrol(origin, { host: keeper });
    const next = await nextOf(ben.me);
    const room: string = crypto.randomUUID();
    const members = [place(keeper, "keeper"), place(ben, "member")];
    const create = { previous: null, room, action: "create" as const, members };
    const creating = appendNext(origin, keeper, create).then(
      () => true,
      () => false,
    );
    await renew(ben, next, 2);
    const { rooms } = await call(origin, "listRooms", { token: ben.token });
    expect(rooms.map((line) => line.room)).toEqual((await creating) ? [room] : []);
  }
});

test("an identity that was published is what the key log and the book of identities hold", async () => {
  const ben = await enrol(origin, { host: keeper });
  const next = await nextOf(ben.me);
  await renew(ben, next, 2);
  const [record] = (await newestOf(ben.account)).records;
  const { records } = await call(origin, "readIdentities", {
    token: ben.token,
    body: { hashes: [record?.hash ?? ""] },
  });
  expect(fromBase64Url(records[0]?.bytes ?? "")).toEqual(next.record);
});

test("a check of the database finds nothing wrong in all this", async () => {
  expect((await verifyDatabase(real.database.appUrl)).findings).toEqual([]);
});
