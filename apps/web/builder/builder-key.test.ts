import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { signHandOver, signPublicOf } from "@sotto/vault";
import { afterAll, beforeAll, expect, test } from "vitest";
import { KeyFault, makeKey, readKey, writeKey } from "./builder-key.ts";
import { placeOfKey } from "./place-of-key.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "sotto-builder-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test("a builder's key is made once, for its account alone, and reads back with what it remembers", async () => {
  const place = join(folder, "deep", "builder-key");
  expect(await readKey(place)).toBe(null);
  const made = await makeKey(place);
  expect((await stat(place)).mode & 0o077).toBe(0);
  expect(await readKey(place)).toEqual(made);
  await expect(makeKey(place)).rejects.toThrow(KeyFault);
  const to = await signPublicOf((await makeKey(join(folder, "next"))).signSeed);
  const handOvers = [await signHandOver({ signSeed: made.signSeed, to })];
  const last = { number: 7, code: "ab".repeat(32), release: "0.1.0" };
  await writeKey(place, { ...made, handOvers, last });
  expect(await readKey(place)).toEqual({ ...made, handOvers, last });
});

test("what is no builder's key is refused, and left as it is", async () => {
  const place = join(folder, "other");
  const good = await readFile(join(folder, "next"), "utf8");
  for (const text of ["", "something else\n", good.replace("key ", "kee "), `${good}last 1 2 3\n`]) {
    await writeFile(place, text);
    await expect(readKey(place)).rejects.toThrow(KeyFault);
    expect(await readFile(place, "utf8")).toBe(text);
  }
});

test("the key lies where the account keeps its settings, unless another place is named", () => {
  expect(placeOfKey({ SOTTO_BUILDER_KEY: "/k" }, "linux")).toBe("/k");
  expect(placeOfKey({ XDG_CONFIG_HOME: "/c" }, "linux")).toBe(join("/c", "sotto", "builder-key"));
  expect(placeOfKey({ APPDATA: "/a" }, "win32")).toBe(join("/a", "sotto", "builder-key"));
});
