import { afterAll, beforeAll, expect, test } from "vitest";
import { fromBase64Url, parseFrameStub, sha256, type MadeRoomEvent } from "@sotto/vault";
import { openRealServer, type RealServer } from "../support/real-server.ts";
import { call, enrol, refusal, type Person } from "../support/people.ts";
import { appendBytes, appendNext, makeFrame, place } from "../support/rooms.ts";

let real: RealServer;
let origin: string;
let keeper: Person;
let teen: Person;
let stranger: Person;
let made: MadeRoomEvent;
const room: string = crypto.randomUUID();

beforeAll(async () => {
  real = await openRealServer();
  ({ origin } = real);
  keeper = await enrol(origin, { code: await real.server.makeSetupCode() });
  teen = await enrol(origin, { host: keeper });
  stranger = await enrol(origin, { host: keeper });
  made = await appendNext(origin, keeper, {
    previous: null,
    room,
    action: "create",
    members: [place(keeper, "keeper"), place(teen, "member")],
  });
});

afterAll(() => real.close());

const log = async () =>
  (await call(origin, "readRoom", { token: keeper.token, params: { room }, query: { after: "0" } })).items;

const erase = (person: Person, frames: string[], at = room) =>
  call(origin, "eraseFrames", { token: person.token, params: { room: at }, body: { frames } });

/** Appends a frame; answers its id and bytes. */
async function write(person: Person) {
  const id: string = crypto.randomUUID();
  const bytes = await makeFrame(person, made, id);
  await appendBytes(origin, "appendFrame", person, room, bytes);
  return { id, bytes };
}

test("an author erases their own frame: a stub with its place and hash stays, and everything else as it was", async () => {
  const [first, second] = [await write(teen), await write(teen)];
  const before = await log();
  await erase(teen, [first.id]);
  const after = await log();
  expect(after.map(({ seq, at }) => [seq, at])).toEqual(before.map(({ seq, at }) => [seq, at]));
  const erased = after.filter((item) => item.kind === "erased");
  expect(erased).toHaveLength(1);
  expect(parseFrameStub(fromBase64Url(erased[0]?.bytes ?? ""))).toEqual({
    room,
    epoch: 0,
    id: first.id,
    author: teen.account,
    hash: sha256(fromBase64Url(first.bytes)),
  });
  expect(after.some((item) => item.bytes === second.bytes)).toBe(true);
});

test("erasing again, an id that is not there, and a frame of somebody else change nothing, and all answer the same", async () => {
  const theirs = await write(keeper);
  const mine = await write(teen);
  await erase(teen, [mine.id]);
  const before = await log();
  const answers = [
    await erase(teen, [mine.id]),
    await erase(teen, [theirs.id]),
    await erase(teen, [crypto.randomUUID()]),
  ];
  expect(answers).toEqual([{}, {}, {}]);
  expect(await log()).toEqual(before);
});

test("an event is never erased", async () => {
  const before = await log();
  await erase(keeper, [room, keeper.account]);
  expect(await log()).toEqual(before);
});

test("whoever is not in the room gets the answer for a room that is not there", async () => {
  const { id } = await write(teen);
  for (const at of [room, crypto.randomUUID() as string]) {
    expect(await refusal(() => erase(stranger, [id], at))).toEqual({
      status: 404,
      body: '{"refusal":"not-here"}',
    });
  }
});

test("an erased frame's id stays taken: sending it again answers its place and brings nothing back", async () => {
  const { id, bytes } = await write(teen);
  await erase(teen, [id]);
  const before = await log();
  await appendBytes(origin, "appendFrame", teen, room, bytes);
  expect(await log()).toEqual(before);
});

test("too many at once are refused", async () => {
  const many = Array.from({ length: 101 }, () => crypto.randomUUID() as string);
  expect(await refusal(() => erase(teen, many))).toMatchObject({ status: 400 });
});
