import { afterAll, beforeAll, expect, test } from "vitest";
import { fromBase64Url, parseFrameStub, sha256, type MadeRoomEvent } from "@sotto/vault";
import { lookInto } from "../support/database.ts";
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

const sendErasing = (person: Person, bytes: string, erases: string[]) =>
  call(real.origin, "appendFrame", { token: person.token, params: { room }, body: { bytes, erases } });

/** Appends a frame under this id that erases others. */
const writeErasing = async (person: Person, id: string, erases: string[]) =>
  sendErasing(person, await makeFrame(person, made, id), erases);

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

test("a frame that erases others stands together with their stubs", async () => {
  const [first, second] = [await write(teen), await write(teen)];
  const id: string = crypto.randomUUID();
  const before = await log();
  const { seq } = await writeErasing(teen, id, [first.id, second.id]);
  const after = await log();
  expect(after.slice(-3).map(({ kind }) => kind)).toEqual(["erased", "erased", "frame"]);
  expect(after.at(-1)?.seq).toBe(seq);
  expect(after.slice(0, -3)).toEqual(before.slice(0, -2));
});

test("sent again it erases nothing more: what was stored first may not name it", async () => {
  const [first, second] = [await write(teen), await write(teen)];
  const id: string = crypto.randomUUID();
  const { seq } = await writeErasing(teen, id, [first.id]);
  const before = await log();
  expect((await writeErasing(teen, id, [first.id, second.id])).seq).toBe(seq);
  expect(await log()).toEqual(before);
});

test("a frame erases its author's own frames alone, and not itself", async () => {
  const theirs = await write(keeper);
  const before = await log();
  await writeErasing(teen, crypto.randomUUID(), [theirs.id, room, crypto.randomUUID()]);
  expect((await log()).slice(0, -1)).toEqual(before);
  const id: string = crypto.randomUUID();
  expect(await refusal(() => writeErasing(teen, id, [id]))).toMatchObject({ status: 400 });
  expect(await log()).toHaveLength(before.length + 1);
});

test("too many at once are refused", async () => {
  const many = Array.from({ length: 401 }, () => crypto.randomUUID() as string);
  expect(await refusal(() => erase(teen, many))).toMatchObject({ status: 400 });
  expect(await refusal(() => writeErasing(teen, crypto.randomUUID(), many))).toMatchObject({ status: 400 });
});

test("as many as a deletion can name go together with it", async () => {
  const mine: string[] = [];
  for (let count = 0; count < 400; count++) mine.push((await write(teen)).id);
  await writeErasing(teen, crypto.randomUUID(), mine);
  const rows = await lookInto<{ kind: string }>(
    real.database,
    "select kind from room_item where room_id = $1 and author_id = $2 order by seq desc limit 402",
    [room, teen.account],
  );
  expect(rows.slice(0, 401).map(({ kind }) => kind)).toEqual(["frame", ...mine.map(() => "erased")]);
});

test("where the frame is not stored, nothing is erased", async () => {
  const { id } = await write(teen);
  const members = [...made.state.members, place(stranger, "member")];
  await appendNext(origin, keeper, { previous: made, room, action: "add", members });
  const before = await log();
  expect(await refusal(() => writeErasing(teen, crypto.randomUUID(), [id]))).toMatchObject({ status: 409 });
  expect(await log()).toEqual(before);
});
