import { execFileSync } from "node:child_process";
import { mkdir, mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { isEmptyPlace, operatorPlaces, requireDataFolder } from "./places.ts";
import { isRoot, sayNotRun } from "../../testing/scratch.ts";

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "sotto-places-"));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

test("a data folder is made closed to others, and left without a trace of the look at it", async () => {
  const place = join(folder, "data");
  await requireDataFolder(place);
  expect((await stat(place)).mode & 0o066).toBe(0);
  expect(await isEmptyPlace(place)).toBe(true);
});

test("where no folder can be, it says so", async () => {
  await writeFile(join(folder, "file"), "");
  await expect(requireDataFolder(join(folder, "file"))).rejects.toMatchObject({ code: "no-access" });
  await expect(requireDataFolder(join(folder, "file", "data"))).rejects.toMatchObject({ code: "no-access" });
});

test("a restore that was cut off is not a data folder", async () => {
  await mkdir(operatorPlaces(folder).restoring);
  await expect(requireDataFolder(folder)).rejects.toMatchObject({ code: "half-restored" });
});

test("only what is not there or has nothing in it is empty", async () => {
  expect(await isEmptyPlace(join(folder, "nothing"))).toBe(true);
  expect(await isEmptyPlace(folder)).toBe(true);
  await writeFile(join(folder, ".hidden"), "");
  expect(await isEmptyPlace(folder)).toBe(false);
  expect(await isEmptyPlace(join(folder, ".hidden"))).toBe(false);
});

const mayMount = isRoot && canMount();
if (!mayMount) sayNotRun("a full disk", "root, and leave to mount");

function canMount(): boolean {
  try {
    execFileSync("unshare", ["--mount", "mount", "-t", "tmpfs", "none", "/mnt"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

test.runIf(mayMount)("a disk with less than 50 MB is too full to start on, and a full one too", async () => {
  execFileSync("mount", ["-t", "tmpfs", "-o", "size=10m", "none", folder]);
  try {
    await expect(requireDataFolder(join(folder, "data"))).rejects.toMatchObject({ code: "disk" });
    await writeFile(join(folder, "much"), new Uint8Array(20 * 1024 * 1024)).catch(() => undefined);
    await expect(requireDataFolder(join(folder, "data"))).rejects.toMatchObject({ code: "disk" });
  } finally {
    execFileSync("umount", [folder]);
  }
});
