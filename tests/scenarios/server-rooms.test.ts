import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  makeRoomEvent,
  parseRoomEvent,
  toBase64Url,
  type MadeRoomEvent,
  type RoomMember,
} from "@sotto/vault";
import type { RunningServer } from "@sotto/server/wiring";
import pg from "pg";
import type { TestDatabase } from "../support/database.ts";
import { openLive } from "../support/live.ts";
import { openRealServer, type RealServer } from "../support/real-server.ts";
import { call, enrol, identityOf, random, refusal, Refused, type Person } from "../support/people.ts";
import { appendBytes, appendNext, makeFrame, makeNext, place } from "../support/rooms.ts";

let real: RealServer;
let database: TestDatabase;
let server: RunningServer;
let origin: string;
let keeper: Person;
let teen: Person;
let parent: Person;

beforeAll(async () => {
  real = await openRealServer();
  ({ server, database, origin } = real);
  keeper = await enrol(origin, { code: await server.makeSetupCode() });
  teen = await enrol(origin, { host: keeper });
  parent = await enrol(origin, { host: keeper });
});

afterAll(async () => {
  await real.close();
});

const event = (
  previous: MadeRoomEvent | null,
  room: string,
  action: "create" | "add" | "remove",
  members: readonly RoomMember[],
) => appendNext(origin, keeper, { previous, room, action, members });

const items = async (person: Person, room: string) =>
  (await call(origin, "readRoom", { token: person.token, params: { room }, query: { after: "0" } })).items;

/** A frame of somebody else with this person's name on it. */
function inTheNameOf(person: Person, of: Person, frame: string): string {
  const bytes = Buffer.from(frame, "base64url");
  const name = (account: string) => Buffer.from(account.replaceAll("-", ""), "hex");
  const at = bytes.indexOf(name(of.me.account));
  name(person.me.account).copy(bytes, at);
  return bytes.toString("base64url");
}

describe("rooms on the server", () => {
  test("whoever is not in a room, and knows its head, is refused while its members write, and nobody is told a word of theirs", async () => {
    const room: string = crypto.randomUUID();
    const made = await event(null, room, "create", [place(keeper, "keeper"), place(teen, "member")]);
    const append = (author: Person, bytes: string) => appendBytes(origin, "appendFrame", author, room, bytes);
    await append(teen, await makeFrame(teen, made));
    const live = await openLive(origin, keeper.token);
    const pairs = Array.from({ length: 25 }, async () => {
      const [own, other] = [await makeFrame(teen, made), await makeFrame(teen, made)];
      return { own, forged: inTheNameOf(parent, teen, other) };
    });
    const frames = await Promise.all(pairs);
    const asked = frames.flatMap(({ forged, own }) => [
      refusal(() => append(parent, forged)).then(({ status }) => status),
      append(teen, own).then(() => 200),
    ]);
    expect(new Set(await Promise.all(asked))).toEqual(new Set([404, 200]));
    const there = await items(keeper, room);
    expect(there).toHaveLength(2 + frames.length);
    await live.hear((message) => message.kind === "item" && message.seq === there.length);
    live.close();
    const told = live.heard.flatMap((message) => (message.kind === "item" ? [message.bytes] : []));
    const own = new Set(frames.map((frame) => frame.own));
    expect(told.filter((bytes) => !own.has(bytes))).toEqual([]);
  });

  test("a room that one is not in answers exactly like one that does not exist, for every verb", async () => {
    const room: string = crypto.randomUUID();
    const made = await event(null, room, "create", [place(keeper, "keeper"), place(teen, "member")]);
    const bytes = await makeFrame(parent, made).catch(() => null);
    expect(bytes).toBeNull();
    const others = await makeFrame(teen, made);
    for (const asked of [room, crypto.randomUUID()] as const) {
      expect(await refusal(() => items(parent, asked))).toEqual({
        status: 404,
        body: '{"refusal":"not-here"}',
      });
    }
    expect(
      await refusal(() =>
        call(origin, "appendFrame", { token: parent.token, params: { room }, body: { bytes: others } }),
      ),
    ).toMatchObject({ status: 400 });
    expect((await call(origin, "listRooms", { token: parent.token })).rooms).toEqual([]);
  });

  test("who is added sees their joining event as the first, and nothing before", async () => {
    const room: string = crypto.randomUUID();
    const made = await event(null, room, "create", [place(keeper, "keeper")]);
    await call(origin, "appendFrame", {
      token: keeper.token,
      params: { room },
      body: { bytes: await makeFrame(keeper, made) },
    });
    const added = await event(made, room, "add", [place(keeper, "keeper"), place(teen, "member")]);
    const seen = await items(teen, room);
    expect(seen.map((item) => [item.seq, item.kind])).toEqual([[1, "event"]]);
    expect(seen[0]?.bytes).toBe(toBase64Url(added.bytes));
    expect((await items(keeper, room)).map((item) => item.seq)).toEqual([1, 2, 3]);
  });

  test("who is removed finds nothing any more, and cannot write", async () => {
    const room: string = crypto.randomUUID();
    const made = await event(null, room, "create", [place(keeper, "keeper"), place(teen, "member")]);
    const late = await makeFrame(teen, made);
    await event(made, room, "remove", [place(keeper, "keeper")]);
    const nothing = { status: 404, body: '{"refusal":"not-here"}' };
    expect(await refusal(() => items(teen, room))).toEqual(nothing);
    expect(
      await refusal(() =>
        call(origin, "appendFrame", { token: teen.token, params: { room }, body: { bytes: late } }),
      ),
    ).toEqual(nothing);
    expect(
      (await call(origin, "listRooms", { token: teen.token })).rooms.map((line) => line.room),
    ).not.toContain(room);
  });

  test("a frame sent again, even sealed anew, has one place", async () => {
    const room: string = crypto.randomUUID();
    const made = await event(null, room, "create", [place(keeper, "keeper"), place(teen, "member")]);
    const id = crypto.randomUUID();
    const send = async () =>
      call(origin, "appendFrame", {
        token: teen.token,
        params: { room },
        body: { bytes: await makeFrame(teen, made, id) },
      });
    const [first, again] = [await send(), await send()];
    expect(again).toEqual(first);
    expect(await items(teen, room)).toHaveLength(2);
  });

  test("a frame or an event of an older epoch is refused as stale", async () => {
    const room: string = crypto.randomUUID();
    const made = await event(null, room, "create", [place(keeper, "keeper"), place(teen, "member")]);
    const late = await makeFrame(teen, made);
    await event(made, room, "add", [place(keeper, "keeper"), place(teen, "member"), place(parent, "member")]);
    expect(
      await refusal(() =>
        call(origin, "appendFrame", { token: teen.token, params: { room }, body: { bytes: late } }),
      ),
    ).toEqual({ status: 409, body: '{"refusal":"stale-epoch"}' });
    expect(await refusal(() => event(made, room, "remove", [place(keeper, "keeper")]))).toMatchObject({
      body: '{"refusal":"stale-epoch"}',
    });
  });

  test("one create sent twice at once is one room; of two creates of one room, one is refused", async () => {
    for (let round = 0; round < 10; round += 1) {
      const room: string = crypto.randomUUID();
      const next = { previous: null, room, action: "create" as const, members: [place(keeper, "keeper")] };
      const bytes = toBase64Url((await makeNext(keeper, next)).bytes);
      const twice = await Promise.all(
        [1, 2].map(() => appendBytes(origin, "appendEvent", keeper, room, bytes)),
      );
      expect(twice[0]).toEqual(twice[1]);
      expect(await items(keeper, room)).toHaveLength(1);

      const contested: string = crypto.randomUUID();
      const attempts = await Promise.all([1, 2].map(() => makeNext(keeper, { ...next, room: contested })));
      const outcomes = await Promise.allSettled(
        attempts.map((made) =>
          appendBytes(origin, "appendEvent", keeper, contested, toBase64Url(made.bytes)),
        ),
      );
      const refused = outcomes.filter((outcome) => outcome.status === "rejected");
      expect(refused.map((outcome) => (outcome.reason as Refused).body)).toEqual([
        '{"refusal":"stale-epoch"}',
      ]);
      expect(await items(keeper, contested)).toHaveLength(1);
    }
  });

  test("of many frames sent at once, each has its own answer: one may be known, one stale, one not there", async () => {
    const rooms = await Promise.all(
      Array.from({ length: 12 }, async () => {
        const room: string = crypto.randomUUID();
        const made = await event(null, room, "create", [place(keeper, "keeper"), place(teen, "member")]);
        return { room, made, bytes: await makeFrame(teen, made) };
      }),
    );
    const [known, stale, lost, ...good] = rooms;
    if (known === undefined || stale === undefined || lost === undefined) throw new Error("too few rooms");
    await appendBytes(origin, "appendFrame", teen, known.room, known.bytes);
    await event(stale.made, stale.room, "add", [...stale.made.state.members, place(parent, "member")]);
    await event(lost.made, lost.room, "remove", [place(keeper, "keeper")]);
    const send = ({ room, bytes }: { readonly room: string; readonly bytes: string }) =>
      appendBytes(origin, "appendFrame", teen, room, bytes);
    const nonsense = refusal(() => send({ room: known.room, bytes: lost.bytes }));
    const [again, late, gone, ...others] = await Promise.allSettled(
      [known, stale, lost, ...good, ...good].map(send),
    );
    expect(again).toMatchObject({ value: { seq: 2 } });
    expect(late).toMatchObject({ reason: { body: '{"refusal":"stale-epoch"}' } });
    expect(gone).toMatchObject({ reason: { body: '{"refusal":"not-here"}' } });
    expect(others.map((outcome) => outcome.status === "fulfilled" && outcome.value.seq)).toEqual(
      others.map(() => 2),
    );
    expect(await nonsense).toMatchObject({ status: 400 });
    for (const { room } of [known, ...good]) expect(await items(keeper, room)).toHaveLength(2);
  });

  test("a frame sent again by somebody who left and came back is known, and counts before their time", async () => {
    const room: string = crypto.randomUUID();
    const both = [place(keeper, "keeper"), place(teen, "member")];
    const made = await event(null, room, "create", both);
    const bytes = await makeFrame(teen, made);
    await appendBytes(origin, "appendFrame", teen, room, bytes);
    const alone = await event(made, room, "remove", [place(keeper, "keeper")]);
    await event(alone, room, "add", both);
    expect(await appendBytes(origin, "appendFrame", teen, room, bytes)).toMatchObject({ seq: 0 });
    expect(await items(keeper, room)).toHaveLength(4);
  });

  test("only staff may create rooms", async () => {
    const room: string = crypto.randomUUID();
    const made = await makeRoomEvent({
      me: teen.me,
      previous: null,
      room,
      action: "create",
      members: [place(teen, "keeper")],
      card: new Uint8Array(64),
      identityOf,
      random,
    });
    expect(parseRoomEvent(made.bytes).epoch).toBe(0);
    expect(
      await refusal(() =>
        call(origin, "appendEvent", {
          token: teen.token,
          params: { room },
          body: { bytes: toBase64Url(made.bytes) },
        }),
      ),
    ).toMatchObject({ status: 403 });
  });

  test("without a session there is one answer, and the last factor stays", async () => {
    expect(await refusal(() => call(origin, "listRooms", { token: "x".repeat(43) }))).toEqual({
      status: 401,
      body: '{"refusal":"not-signed-in"}',
    });
    const nonsense = await fetch(`${origin}/v1/rooms/${crypto.randomUUID()}/frames`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: "{",
    });
    expect([nonsense.status, await nonsense.text()]).toEqual([401, '{"refusal":"not-signed-in"}']);
    const { factors } = await call(origin, "listFactors", { token: teen.token });
    expect(factors.map((factor) => factor.kind)).toEqual(["recovery"]);
    expect(
      await refusal(() =>
        call(origin, "removeFactor", { token: teen.token, params: { factor: factors[0]?.factor ?? "" } }),
      ),
    ).toMatchObject({ body: '{"refusal":"last-factor"}' });
  });

  test("row security hides every tenant table from the role of requests when no practice is set", async () => {
    const client = new pg.Client({ connectionString: database.appUrl });
    await client.connect();
    for (const table of [
      "account",
      "identity",
      "factor",
      "session",
      "vault_blob",
      "log_leaf",
      "log_node",
      "room",
      "room_member",
      "room_item",
      "invitation",
      "practice",
    ]) {
      expect({ table, rows: (await client.query(`select 1 from ${table}`)).rowCount }).toEqual({
        table,
        rows: 0,
      });
    }
    // Items may be deleted, of rooms that have ended: without a practice there are none.
    expect((await client.query("delete from room_item")).rowCount).toBe(0);
    await expect(client.query("delete from identity")).rejects.toThrow("permission denied");
    await client.end();
  });

  test("family accounts make no invitations, and a code that was never given opens nothing", async () => {
    await expect(enrol(origin, { host: teen })).rejects.toMatchObject({ status: 403 });
    await expect(enrol(origin, { code: "00000-00000-00000-00000" })).rejects.toMatchObject({
      body: '{"refusal":"setup-code-invalid"}',
    });
  });
});
