import { parseId } from "@sotto/domain";
import type { AccountId, FileEntry, FileId, RoomId } from "@sotto/domain";
import { concatBytes, equalBytes, fileChunkCount, storedChunkBytes, storedFileBytes } from "@sotto/vault";
import type { Bytes } from "@sotto/vault";
import { expect, test } from "vitest";
import { LocalRecords } from "../local/records.ts";
import { memoryPorts, memoryStore } from "../memory-ports.ts";
import { KeptFiles } from "./kept-files.ts";

const MIB = 1024 * 1024;
const newId = <Id extends string>(): Id => {
  const id = parseId<Id>(crypto.randomUUID());
  if (id === null) throw new Error("a UUID is an id");
  return id;
};
const random = (count: number): Bytes => crypto.getRandomValues(new Uint8Array(count));

const newDevice = (freeBytes: number | null) => {
  const values = new Map<string, Bytes>();
  let free = freeBytes;
  const ports = {
    ...memoryPorts("http://localhost"),
    store: memoryStore(values),
    freeBytes: () => Promise.resolve(free),
  };
  const account = newId<AccountId>();
  const key = random(32);
  return {
    values,
    fill: (next: number) => {
      free = next;
    },
    open: async (over: readonly RoomId[] = []) => {
      const local = new LocalRecords(ports, account, key.slice());
      const kept = new KeptFiles(ports, local, (room) => over.includes(room));
      await kept.load();
      return kept;
    },
  };
};

const fileOf = (size: number): FileEntry => ({
  kind: "file",
  file: newId<FileId>(),
  key: random(32),
  hash: random(32),
  size,
  name: "",
  type: "",
  picture: null,
  durationMs: null,
  preview: null,
});
/** Chunks as long as the file's: what is in them is none of this place's business. */
const chunksOf = ({ size }: FileEntry): readonly Bytes[] =>
  Array.from({ length: fileChunkCount(size) }, (_, index) =>
    new Uint8Array(storedChunkBytes(storedFileBytes(size), index) ?? 0).fill(index + 1),
  );

test("what still arrives from a room that has ended is not kept", async () => {
  const device = newDevice(null);
  const [over, on] = [newId<RoomId>(), newId<RoomId>()];
  const kept = await device.open([over]);
  const file = fileOf(5_000);
  await kept.keep(over, file, chunksOf(file));
  expect(await kept.read(over, file)).toBeNull();
  await kept.keep(on, file, chunksOf(file));
  expect(await kept.read(on, file)).not.toBeNull();
});

test("what is being kept while its room ends is let go of, also by a client that reads it then", async () => {
  const device = newDevice(null);
  const over: RoomId[] = [];
  const room = newId<RoomId>();
  const kept = await device.open(over);
  const [late, read] = [fileOf(5_000), fileOf(6_000)];
  await kept.keep(room, read, chunksOf(read));
  const [keeping, reading] = [kept.keep(room, late, chunksOf(late)), kept.read(room, read)];
  over.push(room);
  await kept.forget({ room });
  await Promise.all([keeping, reading]);
  const again = await device.open();
  for (const file of [late, read]) expect(await again.read(room, file)).toBeNull();
  expect([...device.values.keys()].filter((key) => key.includes("/file/"))).toEqual([]);
});

test("a small file is kept chunk by chunk, also for the next client; a large one is not", async () => {
  const device = newDevice(null);
  const [room, small, large] = [newId<RoomId>(), fileOf(2.5 * MIB), fileOf(6 * MIB)];
  const kept = await device.open();
  await kept.keep(room, small, chunksOf(small));
  await kept.keep(room, large, chunksOf(large));
  const next = await device.open();
  const read = (await next.read(room, small)) ?? [];
  expect(read.map((chunk) => chunk.length)).toEqual(chunksOf(small).map((chunk) => chunk.length));
  expect(equalBytes(concatBytes(...read), concatBytes(...chunksOf(small)))).toBe(true);
  expect(await next.read(room, large)).toBeNull();
});

test("the one that was looked at longest ago goes first when the device has little room left", async () => {
  const device = newDevice(40 * MIB);
  const room = newId<RoomId>();
  const files = Array.from({ length: 4 }, () => fileOf(2 * MIB));
  const kept = await device.open();
  for (const file of files) await kept.keep(room, file, chunksOf(file));
  const [first, second, third, fourth] = files;
  if (first === undefined || second === undefined || third === undefined || fourth === undefined)
    throw new Error("four files");
  expect(await kept.read(room, first)).not.toBeNull();
  // A quarter of what is held and free: room for three.
  device.fill(18 * MIB);
  const fifth = fileOf(2 * MIB);
  await kept.keep(room, fifth, chunksOf(fifth));
  expect(await kept.read(room, second)).toBeNull();
  expect(await kept.read(room, third)).toBeNull();
  expect(await kept.read(room, first)).not.toBeNull();
  expect(await kept.read(room, fifth)).not.toBeNull();
});

test("a device lets go of a room's files and of one file, and of bytes that nobody knows of", async () => {
  const device = newDevice(null);
  const [here, there] = [newId<RoomId>(), newId<RoomId>()];
  const [one, two, other] = [fileOf(100), fileOf(200), fileOf(300)];
  const kept = await device.open();
  for (const file of [one, two]) await kept.keep(here, file, chunksOf(file));
  await kept.keep(there, other, chunksOf(other));
  await kept.forget({ file: one.file });
  expect(await kept.read(here, one)).toBeNull();
  await kept.forget({ room: here });
  expect(await kept.read(here, two)).toBeNull();
  expect(await kept.read(there, other)).not.toBeNull();
  const [key = ""] = [...device.values.keys()].filter((name) => name.includes("/file/"));
  device.values.set(key.replace(other.file, crypto.randomUUID()), random(10));
  await device.open();
  expect([...device.values.keys()].filter((name) => name.includes("/file/"))).toEqual([key]);
});

test("what is damaged on the device is as good as not there", async () => {
  const device = newDevice(null);
  const [room, file] = [newId<RoomId>(), fileOf(100)];
  const kept = await device.open();
  await kept.keep(room, file, chunksOf(file));
  for (const [key, value] of device.values)
    if (key.includes("/file/")) device.values.set(key, value.slice(1));
  expect(await kept.read(room, file)).toBeNull();
});
