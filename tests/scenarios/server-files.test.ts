import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { LIMITS } from "@sotto/contract";
import { FILE_BYTES_MAX, STORED_CHUNK_BYTES_MAX, STORED_FILE_BYTES_MAX, storedFileBytes } from "@sotto/vault";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { call, enrol, random, Refused, type Person } from "../support/people.ts";
import { openRealServer, type RealServer } from "../support/real-server.ts";
import { appendNext, place } from "../support/rooms.ts";

let real: RealServer;
let keeper: Person;
let guest: Person;
let stranger: Person;

beforeAll(async () => {
  real = await openRealServer();
  keeper = await enrol(real.origin, { code: await real.server.makeSetupCode() });
  guest = await enrol(real.origin, { host: keeper });
  stranger = await enrol(real.origin, { host: keeper });
});

afterAll(() => real.close());

const newRoom = async (readers: readonly Person[] = []) => {
  const room: string = crypto.randomUUID();
  const members = [
    place(keeper, "keeper"),
    place(guest, "member"),
    ...readers.map((person) => place(person, "reader")),
  ];
  const made = await appendNext(real.origin, keeper, { previous: null, room, action: "create", members });
  return { room, made, members };
};

type Place = { readonly room: string; readonly file: string };
const as = ({ token }: Person) => ({ token });
const begin = (who: Person, params: Place, bytes: number) =>
  call(real.origin, "beginFile", { ...as(who), params, body: { bytes } });
const put = (who: Person, place: Place, chunk: number | string, body: Uint8Array<ArrayBuffer>) =>
  call(real.origin, "putChunk", { ...as(who), params: { ...place, chunk: String(chunk) }, body });
const finish = (who: Person, params: Place) =>
  call(real.origin, "finishFile", { ...as(who), params, body: {} });
const read = (who: Person, place: Place, chunk: number) =>
  call(real.origin, "readChunk", { ...as(who), params: { ...place, chunk: String(chunk) } });
const remove = (who: Person, params: Place) => call(real.origin, "removeFile", { ...as(who), params });
const newFile = (room: string): Place => ({ room, file: crypto.randomUUID() });
/** What a refused request answered, whole. */
const no = async (asking: Promise<unknown>): Promise<string> => {
  try {
    await asking;
  } catch (error) {
    if (error instanceof Refused) return `${String(error.status)} ${error.body}`;
    throw error;
  }
  return "done";
};
const NOT_HERE = '404 {"refusal":"not-here"}';

const TWO_CHUNKS = storedFileBytes(STORED_CHUNK_BYTES_MAX);
const firstChunk = random(STORED_CHUNK_BYTES_MAX);
const lastChunk = random(TWO_CHUNKS - STORED_CHUNK_BYTES_MAX);

const send = async (who: Person, file: Place): Promise<void> => {
  await begin(who, file, TWO_CHUNKS);
  await put(who, file, 1, lastChunk);
  await put(who, file, 0, firstChunk);
  await finish(who, file);
};

test("the limits of the contract are those of the format", () => {
  expect(LIMITS.storedFileBytesMax).toBe(STORED_FILE_BYTES_MAX);
  expect(LIMITS.storedFileBytesMax).toBe(storedFileBytes(FILE_BYTES_MAX));
  expect(LIMITS.storedChunkBytesMax).toBe(STORED_CHUNK_BYTES_MAX);
  expect(LIMITS.chunksPerFileMax).toBe(Math.ceil(STORED_FILE_BYTES_MAX / STORED_CHUNK_BYTES_MAX));
});

test("a file goes up in any order, tells what is there, and is read by everybody in the room", async () => {
  const { room } = await newRoom([stranger]);
  const file = newFile(room);
  expect(await begin(guest, file, TWO_CHUNKS)).toEqual({ state: "begun", chunks: [] });
  await put(guest, file, 1, lastChunk);
  expect(await begin(guest, file, TWO_CHUNKS)).toEqual({ state: "begun", chunks: [1] });
  expect(await no(finish(guest, file))).toContain("chunks-missing");
  expect(await no(read(guest, file, 1))).toBe(NOT_HERE);
  await put(guest, file, 0, random(STORED_CHUNK_BYTES_MAX));
  await put(guest, file, 0, firstChunk);
  await finish(guest, file);
  await finish(guest, file);
  for (const who of [guest, keeper, stranger]) {
    expect(await read(who, file, 0)).toEqual(firstChunk);
    expect(await read(who, file, 1)).toEqual(lastChunk);
  }
  // What others may have read stays as it is.
  await put(guest, file, 1, random(lastChunk.length));
  expect(await read(keeper, file, 1)).toEqual(lastChunk);
  expect(await begin(guest, file, TWO_CHUNKS)).toEqual({ state: "whole", chunks: [0, 1] });
});

test("only those who may write in a room send a file there, and only its author goes on with it", async () => {
  const { room } = await newRoom([stranger]);
  const file = newFile(room);
  expect(await no(begin(stranger, file, TWO_CHUNKS))).toBe('403 {"refusal":"not-allowed"}');
  await begin(guest, file, TWO_CHUNKS);
  for (const other of [keeper, stranger]) {
    expect(await no(put(other, file, 0, firstChunk))).toBe(NOT_HERE);
    expect(await no(finish(other, file))).toBe(NOT_HERE);
    expect(await no(remove(other, file))).toBe(NOT_HERE);
  }
  expect(await no(begin(keeper, file, TWO_CHUNKS))).toBe(NOT_HERE);
  expect(await no(begin(guest, file, storedFileBytes(1)))).toBe(NOT_HERE);
  expect(await no(begin(guest, { ...file, room: crypto.randomUUID() }, TWO_CHUNKS))).toBe(NOT_HERE);
  const { room: other } = await newRoom();
  expect(await no(put(guest, { ...file, room: other }, 0, firstChunk))).toBe(NOT_HERE);
});

test("not there, not yours and from before you came in are one answer, byte for byte", async () => {
  const { made, members, room } = await newRoom();
  const file = newFile(room);
  await send(guest, file);
  const answers = [
    await no(read(stranger, file, 0)),
    await no(read(stranger, newFile(room), 0)),
    await no(read(guest, newFile(room), 0)),
    await no(read(guest, { ...file, room: crypto.randomUUID() }, 0)),
    await no(read(guest, file, 2)),
    await no(remove(stranger, file)),
  ];
  await appendNext(real.origin, keeper, {
    previous: made,
    room,
    action: "add",
    members: [...members, place(stranger, "member")],
  });
  answers.push(await no(read(stranger, file, 0)));
  expect(new Set(answers)).toEqual(new Set([NOT_HERE]));
  // What is sent from then on is theirs too, and so is what its author decides to send anew.
  const next = newFile(room);
  await send(guest, next);
  expect(await read(stranger, next, 0)).toEqual(firstChunk);
  await finish(guest, file);
  expect(await read(stranger, file, 0)).toEqual(firstChunk);
});

test("who has left a room reads no file of it and takes none away", async () => {
  const { made, members, room } = await newRoom();
  const [file, unfinished] = [newFile(room), newFile(room)];
  await send(guest, file);
  await begin(guest, unfinished, TWO_CHUNKS);
  await appendNext(real.origin, keeper, {
    previous: made,
    room,
    action: "remove",
    members: members.filter(({ account }) => account !== guest.account),
  });
  expect(await no(read(guest, file, 0))).toBe(NOT_HERE);
  expect(await no(remove(guest, file))).toBe(NOT_HERE);
  expect(await no(put(guest, unfinished, 0, firstChunk))).toBe(NOT_HERE);
  expect(await no(remove(guest, unfinished))).toBe("done");
  expect(await read(keeper, file, 0)).toEqual(firstChunk);
});

test("in a closed room an author takes away what was whole before it closed and perhaps never said; nobody else does", async () => {
  const { made, members, room } = await newRoom([stranger]);
  const [file, kept, fresh] = [newFile(room), newFile(room), newFile(room)];
  await send(guest, file);
  await send(guest, kept);
  await appendNext(real.origin, keeper, { previous: made, room, action: "close", members });
  expect(await no(begin(guest, fresh, TWO_CHUNKS))).toContain("room-closed");
  for (const other of [keeper, stranger]) expect(await no(remove(other, file))).toBe(NOT_HERE);
  expect(await read(keeper, file, 0)).toEqual(firstChunk);
  expect(await no(remove(guest, file))).toBe("done");
  expect(await no(read(keeper, file, 0))).toBe(NOT_HERE);
  const disk = await filesOnDisk();
  expect([disk.includes(file.file), disk.includes(kept.file)]).toEqual([false, true]);
});

test("sizes and chunks that no file has are refused, and so is too much at once", async () => {
  const { room } = await newRoom();
  const file = newFile(room);
  for (const bytes of [0, 1, 65_536, TWO_CHUNKS + 1, STORED_FILE_BYTES_MAX + 1]) {
    expect(await no(begin(guest, file, bytes))).toContain("malformed");
  }
  await begin(guest, file, TWO_CHUNKS);
  expect(await no(put(guest, file, 0, firstChunk.slice(1)))).toContain("malformed");
  expect(await no(put(guest, file, 1, firstChunk))).toContain("malformed");
  expect(await no(put(guest, file, 2, lastChunk))).toContain("malformed");
  expect(await no(put(guest, file, "01", firstChunk))).toContain("malformed");
  expect(await no(put(guest, file, 0, random(STORED_CHUNK_BYTES_MAX + 1)))).toContain("too-large");
  const big = Array.from({ length: 4 }, () => newFile(room));
  for (const each of big) await begin(guest, each, STORED_FILE_BYTES_MAX);
  expect(await no(begin(guest, newFile(room), STORED_FILE_BYTES_MAX))).toBe('429 {"refusal":"too-many"}');
  for (const each of [...big, file]) await remove(guest, each);
  const small = Array.from({ length: LIMITS.unfinishedFilesPerAccountMax }, () => newFile(room));
  for (const each of small) await begin(guest, each, TWO_CHUNKS).catch((error: unknown) => error);
  expect(await no(begin(guest, newFile(room), TWO_CHUNKS))).toBe('429 {"refusal":"too-many"}');
  for (const each of small) await no(remove(guest, each));
});

test("a file that is taken away is gone for everybody, from the folder too", async () => {
  const { room } = await newRoom();
  const file = newFile(room);
  await send(guest, file);
  expect(await filesOnDisk()).toContain(file.file);
  await remove(guest, file);
  expect(await no(read(keeper, file, 0))).toBe(NOT_HERE);
  expect(await filesOnDisk()).not.toContain(file.file);
  expect(await no(remove(guest, file))).toBe(NOT_HERE);
  // Its id can be used again by its author alone, as if it had never been.
  expect(await begin(guest, file, TWO_CHUNKS)).toEqual({ state: "begun", chunks: [] });
});

test("what was begun and left for a day is swept away; what is gone on with is not", async () => {
  const { room } = await newRoom();
  const [left, kept, whole] = [newFile(room), newFile(room), newFile(room)];
  await send(guest, whole);
  for (const file of [left, kept]) {
    await begin(guest, file, TWO_CHUNKS);
    await put(guest, file, 0, firstChunk);
  }
  for (const file of [left, kept, whole]) await makeOlder(file, LIMITS.unfinishedFileAgeMs);
  await begin(guest, kept, TWO_CHUNKS);
  await real.server.sweep();
  const disk = await filesOnDisk();
  expect(disk).not.toContain(left.file);
  expect(disk).toContain(kept.file);
  expect(disk).toContain(whole.file);
  expect(await begin(guest, left, TWO_CHUNKS)).toEqual({ state: "begun", chunks: [] });
  expect(await begin(guest, kept, TWO_CHUNKS)).toEqual({ state: "begun", chunks: [0] });
});

/** As if nobody had gone on with it for so long. */
const makeOlder = async ({ file }: Place, milliseconds: number): Promise<void> => {
  const client = new pg.Client({ connectionString: real.database.adminUrl });
  await client.connect();
  await client.query("update file set touched_at = touched_at - $2 where file_id = $1", [file, milliseconds]);
  await client.end();
};

const filesOnDisk = async (): Promise<readonly string[]> => {
  const names = await readdir(real.filesFolder);
  const practices = names.filter((name) => name !== "unfinished");
  return (await Promise.all(practices.map((name) => readdir(join(real.filesFolder, name))))).flat();
};
