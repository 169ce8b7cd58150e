/** A keeper ends a closed room: what the server keeps of it, what it answers, and to whom. */
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { verifyDatabase } from "@sotto/server/copy";
import {
  checkEnding,
  custodianIdentity,
  fromBase64Url,
  huskOf,
  identityHash,
  isEndingEvent,
  makeEndingEvent,
  makeOpeningEvent,
  parseHusk,
  parseRoomEvent,
  signCustody,
  storedFileBytes,
  toBase64Url,
  toHex,
  type MadeRoomEvent,
} from "@sotto/vault";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { findingsAfter } from "../support/damage.ts";
import { lookInto } from "../support/database.ts";
import { openLive } from "../support/live.ts";
import { call, enrol, identityOf, knowIdentity, random, refusal, type Person } from "../support/people.ts";
import { openRealServer, type RealServer } from "../support/real-server.ts";
import { appendBytes, appendEnd, appendNext, makeFrame, makeNext, place } from "../support/rooms.ts";

let real: RealServer;
let origin: string;
let ada: Person;
let ana: Person;
let ben: Person;
let stranger: Person;
let custodian: Person;

beforeAll(async () => {
  real = await openRealServer();
  ({ origin } = real);
  ada = await enrol(origin, { code: await real.server.makeSetupCode() });
  ana = await enrol(origin, { host: ada });
  ben = await enrol(origin, { host: ada });
  stranger = await enrol(origin, { host: ada });
  const me = await custodianIdentity(random(32));
  knowIdentity(me.record);
  await call(origin, "bringCustodian", { token: ada.token, body: { identity: toBase64Url(me.record) } });
  const identity = identityHash(me.record);
  const { attempt, challenge } = await call(origin, "startCustody", { body: {} });
  const signature = toBase64Url(await signCustody(me, fromBase64Url(challenge)));
  const body = { attempt, identity: toBase64Url(identity), signature };
  const { token } = await call(origin, "openCustody", { body });
  custodian = { account: me.account, me, identity, token };
}, 60_000);

afterAll(() => real.close());

const ENDED = { status: 409, body: '{"refusal":"room-ended"}' };
const NOT_HERE = { status: 404, body: '{"refusal":"not-here"}' };

const FILE_BYTES = storedFileBytes(1000);

interface Lived {
  readonly room: string;
  readonly file: string;
  /** Its events, oldest first; the last closed it. */
  readonly events: readonly MadeRoomEvent[];
  readonly frame: string;
}

/** A room with everything that a room can have: people who came and were let read, words, a file, an opening, and an end to its writing. */
async function live(): Promise<Lived> {
  const [room, file] = [crypto.randomUUID(), crypto.randomUUID()] as const;
  const first = [place(ada, "keeper"), place(ana, "member"), place(custodian, "reader")];
  const created = await appendNext(origin, ada, { previous: null, room, action: "create", members: first });
  const frame = await makeFrame(ana, created);
  await appendBytes(origin, "appendFrame", ana, room, frame);
  const params = { room, file };
  await call(origin, "beginFile", { token: ana.token, params, body: { bytes: FILE_BYTES } });
  const chunk = { token: ana.token, params: { ...params, chunk: "0" }, body: random(FILE_BYTES) };
  await call(origin, "putChunk", chunk);
  await call(origin, "finishFile", { token: ana.token, params, body: {} });
  const members = [...first, place(ben, "member")];
  const added = await appendNext(origin, ada, { previous: created, room, action: "add", members });
  await appendBytes(origin, "appendFrame", ana, room, await makeFrame(ana, added));
  const said = await makeOpeningEvent({
    me: custodian.me,
    previous: added.state,
    opening: { reason: "law", allowedBy: null },
    identityOf,
    random,
  });
  await appendBytes(origin, "appendEvent", custodian, room, toBase64Url(said.bytes));
  const closed = await appendNext(origin, ada, { previous: said, room, action: "close", members });
  return { room, file, events: [created, added, said, closed], frame };
}

const lastOf = ({ events }: Lived): MadeRoomEvent => {
  const last = events.at(-1);
  if (last === undefined) throw new Error("a room with events");
  return last;
};

const endingOf = (who: Person, room: string, after = 0) =>
  call(origin, "readEnding", { token: who.token, params: { room }, query: { after: String(after) } });

const rowsOf = (room: string, table: string) =>
  lookInto<{ readonly row: string }>(
    real.database,
    `select ${table}::text as row from ${table} where room_id = $1`,
    [room],
  );

test("what was in the room is gone from the database and the disk, and what stays opens nothing", async () => {
  const lived = await live();
  const { events, file, room } = lived;
  const [folder] = await readdir(real.filesFolder).then((names) =>
    names.filter((name) => name.includes("-")),
  );
  const before = await rowsOf(room, "room_item");
  // What the server notes for somebody who wants to be reminded, and for whom a keeper let read the past.
  for (const statement of [
    `insert into reminder (practice_id, account_id, visit, look_at)
     select practice_id, account_id, gen_random_uuid(), 1 from room_member where room_id = $1 and role = 'member'`,
    `insert into reminder_seen (practice_id, account_id, room_id, seq)
     select practice_id, account_id, room_id, 1 from room_member where room_id = $1 and role = 'member'`,
    "update room_member set history_seq = 1 where room_id = $1 and role = 'member'",
  ])
    await lookInto(real.database, statement, [room]);
  expect(await rowsOf(room, "custodian_opening")).toHaveLength(1);
  expect(before).toHaveLength(6);
  expect(await readdir(join(real.filesFolder, String(folder)))).toContain(file);
  const { bytes, seq } = await appendEnd(origin, ada, lastOf(lived));
  expect(seq).toBe(7);
  const items = await lookInto<{ readonly kind: string; readonly bytes: Buffer; readonly seq: string }>(
    real.database,
    "select kind, bytes, seq from room_item where room_id = $1 order by seq",
    [room],
  );
  expect(items.map(({ kind, seq: at }) => `${at} ${kind}`)).toEqual([
    "1 husk",
    "3 husk",
    "5 husk",
    "6 husk",
    "7 event",
  ]);
  expect(items.at(-1)?.bytes.equals(bytes)).toBe(true);
  // Nothing that was sealed is anywhere in the rows of the room, not sixteen bytes of it.
  const kept = toHex(new Uint8Array(Buffer.concat(items.map((item) => item.bytes))));
  for (const made of events) {
    const { sealedCard, sealedSeeds } = parseRoomEvent(made.bytes);
    for (const sealed of [...sealedSeeds, ...(sealedCard === null ? [] : [sealedCard])])
      for (let start = 0; start + 16 <= sealed.length; start += 16)
        expect(kept.includes(toHex(sealed.slice(start, start + 16)))).toBe(false);
  }
  for (const table of ["file", "custodian_opening", "reminder_seen"])
    expect(await rowsOf(room, table)).toEqual([]);
  expect(await readdir(join(real.filesFolder, String(folder)))).not.toContain(file);
  expect(await verifyDatabase(real.database.appUrl)).toMatchObject({ findings: [] });
  await lookInto(real.database, "delete from reminder", []);
});

test("each member reads how it came to its end from their own place on, page by page, and may believe it", async () => {
  const lived = await live();
  const { room } = lived;
  expect(await refusal(() => endingOf(ana, room))).toEqual(NOT_HERE);
  await appendEnd(origin, ada, lastOf(lived));
  const lengths = new Map([
    [ana, 4],
    [ben, 3],
  ]);
  for (const [who, husks] of lengths) {
    const { items, more } = await endingOf(who, room);
    expect([items.length, more, items[0]?.seq]).toEqual([husks + 1, false, 1]);
    const end = items.at(-1);
    if (end?.kind !== "event") throw new Error("an end");
    const followed = await checkEnding({
      account: who.account,
      from: "first",
      husks: items.slice(0, -1).map(({ bytes }) => parseHusk(fromBase64Url(bytes))),
      end: parseRoomEvent(fromBase64Url(end.bytes)),
      identityOf,
    });
    expect(followed.kind === "ended" && followed.states.at(-2)).toEqual(lastOf(lived).state);
    const rest = await endingOf(who, room, items[1]?.seq ?? 0);
    expect(rest.items).toEqual(items.slice(2));
  }
  for (const who of [stranger, custodian])
    expect((await refusal(() => endingOf(who, room))).status).not.toBe(200);
  expect(await refusal(() => endingOf(stranger, room))).toEqual(NOT_HERE);
});

test("everything else that a member asks of it is answered with its end, and a stranger hears nothing of it", async () => {
  const lived = await live();
  const { events, file, frame, room } = lived;
  const { bytes, seq } = await appendEnd(origin, ada, lastOf(lived));
  const { members } = lastOf(lived).state;
  const reopening = await makeNext(ada, { previous: lastOf(lived), room, action: "reopen", members });
  const params = { room, file };
  const query = { after: "0" };
  const asks = (who: Person): readonly (() => Promise<unknown>)[] => {
    const { token } = who;
    return [
      () => call(origin, "readRoom", { token, params: { room }, query }),
      () => call(origin, "readHistory", { token, params: { room }, query }),
      () => call(origin, "appendFrame", { token, params: { room }, body: { bytes: frame } }),
      () => call(origin, "eraseFrames", { token, params: { room }, body: { frames: [crypto.randomUUID()] } }),
      () => call(origin, "beginFile", { token, params, body: { bytes: FILE_BYTES } }),
      () =>
        call(origin, "beginFile", {
          token,
          params: { room, file: crypto.randomUUID() },
          body: { bytes: FILE_BYTES },
        }),
      () => call(origin, "putChunk", { token, params: { ...params, chunk: "0" }, body: random(FILE_BYTES) }),
      () => call(origin, "finishFile", { token, params, body: {} }),
      () => call(origin, "readChunk", { token, params: { ...params, chunk: "0" } }),
      () => call(origin, "removeFile", { token, params }),
    ];
  };
  for (const [index, ask] of asks(ana).entries()) expect([index, await refusal(ask)]).toEqual([index, ENDED]);
  // A frame in somebody else's name is no frame, whatever the room.
  for (const [index, ask] of asks(stranger).entries())
    expect([index, (await refusal(ask)).body]).toEqual([
      index,
      index === 2 ? '{"refusal":"malformed"}' : NOT_HERE.body,
    ]);
  const again = (who: Person, made: { readonly bytes: Uint8Array }) => () =>
    appendBytes(origin, "appendEvent", who, room, toBase64Url(new Uint8Array(made.bytes)));
  expect(await refusal(again(ada, reopening))).toEqual(ENDED);
  for (const made of events.slice(0, 2)) expect(await refusal(again(ada, made))).toEqual(ENDED);
  // The end itself, sent again by who did not hear the answer, has its place.
  expect((await again(ada, { bytes })()).seq).toBe(seq);
  const over = await makeEndingEvent({
    me: ada.me,
    previous: { ...parseStateOf(bytes), ended: false },
    identityOf,
  });
  expect(await refusal(again(ada, over))).toEqual(ENDED);
  const said = (who: Person) => call(origin, "listRooms", { token: who.token });
  expect((await said(ana)).rooms.find((line) => line.room === room)).toMatchObject({ epoch: 4, ended: true });
  expect((await said(stranger)).rooms).toEqual([]);
});

const parseStateOf = (bytes: Uint8Array<ArrayBuffer>) => {
  const { closed, epoch, hash, members, room } = parseRoomEvent(bytes);
  return { room, epoch, head: hash, members, closed };
};

test("nobody but a keeper ends a room, and none that goes on", async () => {
  const lived = await live();
  const { room } = lived;
  const last = lastOf(lived);
  const { members } = last.state;
  const raised = members.map((member) => ({ ...member, role: "keeper" as const }));
  // Signed well by somebody who makes themselves a keeper of a room that they only remember so.
  const posing = await makeEndingEvent({
    me: ana.me,
    previous: { ...last.state, members: raised },
    identityOf,
  });
  const tried = () => appendBytes(origin, "appendEvent", ana, room, toBase64Url(posing.bytes));
  expect(await refusal(tried)).toEqual({ status: 409, body: '{"refusal":"event-refused"}' });
  const again = await appendNext(origin, ada, { previous: last, room, action: "reopen", members });
  const early = await makeEndingEvent({
    me: ada.me,
    previous: { ...again.state, closed: true },
    identityOf,
  });
  const open = () => appendBytes(origin, "appendEvent", ada, room, toBase64Url(early.bytes));
  expect(await refusal(open)).toEqual({ status: 409, body: '{"refusal":"event-refused"}' });
  expect(await rowsOf(room, "room_item")).toHaveLength(7);
});

test("whoever is connected hears of it, and a custodian's session reads nothing of it any more", async () => {
  const lived = await live();
  const { room } = lived;
  const hearing = await openLive(origin, ben.token);
  const { bytes } = await appendEnd(origin, ada, lastOf(lived));
  const heard = await hearing.hear((message) => message.kind === "item" && message.room === room);
  expect(heard).toMatchObject({ item: "event", bytes: toBase64Url(bytes) });
  hearing.close();
  expect(isEndingEvent(bytes)).toBe(true);
  const { token } = custodian;
  const read = () => call(origin, "readRoom", { token, params: { room }, query: { after: "0" } });
  expect(await refusal(read)).toEqual(ENDED);
  const { rooms } = await call(origin, "listCustodyRooms", { token });
  expect(rooms.some((line) => line.room === room)).toBe(false);
  const late = await makeOpeningEvent({
    me: custodian.me,
    previous: lastOf(lived).state,
    opening: { reason: "law", allowedBy: null },
    identityOf,
    random,
  });
  const opening = () => appendBytes(origin, "appendEvent", custodian, room, toBase64Url(late.bytes));
  expect(await refusal(opening)).toEqual(ENDED);
});

test("the role of requests deletes nothing of a room that goes on, and no event of any", async () => {
  const [open, over] = [await live(), await live()];
  await appendEnd(origin, ada, lastOf(over));
  const client = new pg.Client({ connectionString: real.database.appUrl });
  await client.connect();
  try {
    const [row] = await lookInto<{ readonly practice_id: string }>(
      real.database,
      "select practice_id from practice",
      [],
    );
    await client.query("select set_config('app.practice_id', $1, false)", [row?.practice_id]);
    for (const { room } of [open, over]) {
      const { rowCount } = await client.query("delete from room_item where room_id = $1", [room]);
      expect(rowCount).toBe(0);
    }
  } finally {
    await client.end();
  }
  expect(await rowsOf(open.room, "room_item")).toHaveLength(6);
  expect(await rowsOf(over.room, "room_item")).toHaveLength(5);
});

const INTO_ENDED = "where room_id = (select min(room_id::text)::uuid from room where ended_at is not null)";
const LAST_FRAME = `(select bytes from room_item where kind = 'frame' limit 1)`;

test.each<readonly [string, string, string]>([
  [
    "a frame that stayed",
    `insert into room_item (practice_id, room_id, seq, kind, item_id, author_id, bytes, at)
     select practice_id, room_id, 2, 'frame', '\\x01', author_id, ${LAST_FRAME}, at from room_item ${INTO_ENDED} and seq = 1`,
    "room-not-empty",
  ],
  [
    "an event that is whole",
    `update room_item set kind = 'event', bytes = (select bytes from room_item where kind = 'event' and seq = 1 limit 1) ${INTO_ENDED} and seq = 1`,
    "room-event-wrong",
  ],
  [
    "a husk that somebody changed",
    `update room_item set bytes = set_byte(bytes, 40, get_byte(bytes, 40) # 1) ${INTO_ENDED} and seq = 3`,
    "room-event-wrong",
  ],
  ["a step that is missing", `delete from room_item ${INTO_ENDED} and seq = 3`, "room-event-wrong"],
  ["an end that is missing", `delete from room_item ${INTO_ENDED} and kind = 'event'`, "room-ended-wrong"],
  [
    "a file that stayed",
    `insert into file (practice_id, file_id, room_id, author_id, bytes, state, touched_at)
     select practice_id, gen_random_uuid(), room_id, author_id, 1, 'whole', 1 from room_item ${INTO_ENDED} and seq = 1`,
    "room-not-empty",
  ],
  ["a room that stands as going on", `update room set ended_at = null ${INTO_ENDED}`, "room-item-unknown"],
  [
    "a room that is said to have ended",
    "update room set ended_at = 1 where ended_at is null",
    "room-event-wrong",
  ],
  [
    "somebody who may read a past that is gone",
    `update room_member set history_seq = 0 ${INTO_ENDED}`,
    "room-past-wrong",
  ],
])("a check without keys finds %s", async (_, change, kind) => {
  const found = await findingsAfter(real.database, change);
  expect(found.map((finding) => finding.kind)).toContain(kind);
});

test("husks are those of the events that were there", async () => {
  const lived = await live();
  await appendEnd(origin, ada, lastOf(lived));
  const { items } = await endingOf(ada, lived.room);
  expect(items.slice(0, -1).map(({ bytes }) => parseHusk(fromBase64Url(bytes)))).toEqual(
    lived.events.map(({ bytes }) => huskOf(parseRoomEvent(bytes))),
  );
});
