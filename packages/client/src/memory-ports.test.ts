import { expect, test } from "vitest";
import { memoryStore } from "./memory-ports.ts";

const bytes = (...numbers: readonly number[]) => new Uint8Array(numbers);

test("everything under a prefix is read in order, as copies", async () => {
  const store = memoryStore();
  const entries = ["b/2", "a/1", "b/10", "b/1", "c"].map((key, index) => ({ key, value: bytes(index) }));
  await store.write(entries);
  const read = await store.readAll("b/");
  expect(read.map(({ key }) => key)).toEqual(["b/1", "b/10", "b/2"]);
  expect(read[0]?.value).toEqual(bytes(3));
  read[0]?.value.fill(9);
  expect(await store.read("b/1")).toEqual(bytes(3));
  expect(await store.readAll("d/")).toEqual([]);
});

test("of each folder below a prefix, the last is found; what stands in none is left out", async () => {
  const store = memoryStore();
  const keys = ["room/x/1", "room/x/2", "room/y/7", "room/alone", "rooms/z/1"];
  await store.write(keys.map((key, index) => ({ key, value: bytes(index) })));
  expect(await store.lastOfEach("room/")).toEqual([
    { key: "room/x/2", value: bytes(1) },
    { key: "room/y/7", value: bytes(2) },
  ]);
});
