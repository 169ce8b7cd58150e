import { randomUUID } from "node:crypto";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openFolderBlobs } from "./folder-blobs.ts";

let root: string;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "sotto-blobs-"));
});

afterAll(() => rm(root, { recursive: true, force: true }));

const newPlace = (practice: string = randomUUID()) => ({ practice, file: randomUUID() });

test("a chunk is read back, replaced whole, and told of in order", async () => {
  const blobs = await openFolderBlobs(root);
  const place = newPlace();
  for (const chunk of [10, 2, 0]) await blobs.put(place, chunk, new Uint8Array([chunk]));
  await blobs.put(place, 2, new Uint8Array([7, 7]));
  expect(await blobs.chunksOf(place)).toEqual([0, 2, 10]);
  expect([...((await blobs.get(place, 2)) ?? [])]).toEqual([7, 7]);
  expect(await blobs.get(place, 3)).toBeNull();
  expect(await blobs.filesOf(place.practice)).toEqual([place.file]);
});

test("a file that is taken away is gone, and the others of its practice are not", async () => {
  const blobs = await openFolderBlobs(root);
  const place = newPlace();
  const other = newPlace(place.practice);
  for (const each of [place, other]) await blobs.put(each, 0, new Uint8Array([1]));
  await blobs.remove(place);
  await blobs.remove(place);
  expect(await blobs.get(place, 0)).toBeNull();
  expect(await blobs.chunksOf(place)).toEqual([]);
  expect(await blobs.filesOf(place.practice)).toEqual([other.file]);
  expect(await blobs.filesOf(randomUUID())).toEqual([]);
});

test("what an earlier life left half written is gone when it is opened again, and the rest is there", async () => {
  const place = newPlace();
  await (await openFolderBlobs(root)).put(place, 0, new Uint8Array([1, 2]));
  await writeFile(join(root, "unfinished", "half"), "x");
  const blobs = await openFolderBlobs(root);
  expect(await readdir(join(root, "unfinished"))).toEqual([]);
  expect([...((await blobs.get(place, 0)) ?? [])]).toEqual([1, 2]);
});

test("a place that is no pair of ids is never made into a path", async () => {
  const blobs = await openFolderBlobs(root);
  for (const bad of ["..", "../..", "a/b", ""]) {
    await expect(blobs.put({ practice: bad, file: randomUUID() }, 0, new Uint8Array(1))).rejects.toThrow(
      "no id",
    );
    await expect(blobs.get({ practice: randomUUID(), file: bad }, 0)).rejects.toThrow("no id");
  }
});
