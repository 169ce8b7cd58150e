import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { holdDataFolder, readServer } from "./hold-data-folder.ts";
import { operatorPlaces } from "./places.ts";

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "sotto-hold-"));
});

afterEach(() => rm(folder, { recursive: true }));

test("a folder is held by one at a time, and free again when it is given back", async () => {
  expect(await readServer(folder)).toBeNull();
  const leave = await holdDataFolder(folder);
  expect(await readServer(folder)).toBe(process.pid);
  await expect(holdDataFolder(folder)).rejects.toMatchObject({ code: "running" });
  await leave();
  expect(await readServer(folder)).toBeNull();
  await (
    await holdDataFolder(folder)
  )();
});

test("the claim of a process that is dead is taken over", async () => {
  const { lock } = operatorPlaces(folder);
  const child = spawn(process.execPath, ["-e", "0"]);
  await new Promise((resolve) => child.once("exit", resolve));
  await writeFile(lock, JSON.stringify({ pid: child.pid, began: "" }));
  const leave = await holdDataFolder(folder);
  expect(JSON.parse(await readFile(lock, "utf8"))).toMatchObject({ pid: process.pid });
  await leave();
});

test("a number that is used again by another process holds nothing", async () => {
  await writeFile(operatorPlaces(folder).lock, JSON.stringify({ pid: process.pid, began: "before/1" }));
  expect(await readServer(folder)).toBeNull();
  await (
    await holdDataFolder(folder)
  )();
});

test.each(["", "{", "null", "[]", '{"pid":1}'])(
  "a claim that a power cut left as %j is taken over",
  async (torn) => {
    await writeFile(operatorPlaces(folder).lock, torn);
    const leave = await holdDataFolder(folder);
    expect(await readServer(folder)).toBe(process.pid);
    await leave();
  },
);

test("of two that come at once, one gets it", async () => {
  await writeFile(operatorPlaces(folder).lock, "torn");
  const tries = await Promise.allSettled([holdDataFolder(folder), holdDataFolder(folder)]);
  expect(tries.filter((one) => one.status === "fulfilled")).toHaveLength(1);
});
