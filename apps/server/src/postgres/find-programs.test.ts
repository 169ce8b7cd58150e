import { cp, lstat, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { commandAs, runToEnd } from "./choose-identity.ts";
import { findEmbeddedPrograms, findPrograms, linkLibraries } from "./find-programs.ts";

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "sotto-native-"));
});

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

test("the programs run although install scripts are off: we make the links ourselves, once or again", async () => {
  const installed = join(dirname((await findEmbeddedPrograms()).postgres), "..");
  const native = join(folder, "native");
  // As the registry delivers it: every file, and none of the links.
  await cp(installed, native, {
    recursive: true,
    filter: async (source) => !(await lstat(source)).isSymbolicLink(),
  });
  const postgres = join(native, "bin", "postgres");
  const version = (): ReturnType<typeof runToEnd> =>
    runToEnd(commandAs({ kind: "self" }, postgres, ["--version"]));
  const before = (await readdir(join(native, "lib"))).length;
  expect(await version()).toMatchObject({
    status: 127,
    stderr: expect.stringContaining("cannot open shared object file"),
  });
  await linkLibraries(native);
  await linkLibraries(native);
  expect((await readdir(join(native, "lib"))).length).toBeGreaterThan(before);
  expect(await version()).toMatchObject({ status: 0, stdout: expect.stringContaining("(PostgreSQL) 18") });
});

test("a folder without the programs is a fault", async () => {
  await expect(findPrograms(join(folder, "nothing"))).rejects.toMatchObject({ code: "no-programs" });
});

test("no environment of the operator's reaches the server", () => {
  process.env["PGOPTIONS"] = "-c fsync=off";
  const { options } = commandAs({ kind: "self" }, "postgres", []);
  delete process.env["PGOPTIONS"];
  expect(Object.keys(options.env)).toEqual(["PATH", "LC_ALL", "TZ"]);
});
