/**
 * Builds the page once more, from a copy of the sources in another folder, laid down in another order and at another time, and compares every file with
 * the page that was built here. Whoever builds the same source must get the same bytes: that is what makes a code worth comparing.
 */
import { spawn } from "node:child_process";
import { cp, mkdir, mkdtemp, readdir, rm, symlink, utimes } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { toHex, type BuildFile } from "@sotto/vault";
import { sayCode } from "../src/platform/say-code.ts";
import { codeOf, listFiles } from "./list-files.ts";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const OWN = "@sotto";
const LEFT_OUT = new Set(["node_modules", "dist"]);
const LONG_AGO = new Date("2001-02-03T04:05:06Z");

/** Copies a folder, the last name first, with times of long ago. */
async function copyBackwards(from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true });
  const entries = await readdir(from, { withFileTypes: true });
  for (const entry of entries.toSorted((a, b) => (a.name < b.name ? 1 : -1))) {
    if (LEFT_OUT.has(entry.name)) continue;
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) await copyBackwards(source, target);
    else {
      await cp(source, target);
      await utimes(target, LONG_AGO, LONG_AGO);
    }
  }
}

/** The packages of the registry stay where they are; our own are the copies. */
async function linkPackages(folder: string): Promise<void> {
  const modules = join(folder, "node_modules");
  await mkdir(join(modules, OWN), { recursive: true });
  for (const name of await readdir(join(ROOT, "node_modules")))
    if (name !== OWN) await symlink(join(ROOT, "node_modules", name), join(modules, name));
  for (const name of await readdir(join(folder, "packages")))
    await symlink(join(folder, "packages", name), join(modules, OWN, name));
}

/** Builds the copy; false when it could not be built. */
function build(folder: string): Promise<boolean> {
  const vite = join(ROOT, "node_modules", "vite", "bin", "vite.js");
  const child = spawn(process.execPath, [vite, "build", "--logLevel", "error"], {
    cwd: join(folder, "apps", "web"),
    env: { ...process.env, SOTTO_PAGE_FORMS: "one", TZ: "Pacific/Auckland" },
    stdio: "inherit",
  });
  return new Promise((done) => {
    child.on("error", () => done(false));
    child.on("exit", (status) => done(status === 0));
  });
}

/** Lines that only one of both has. */
function differences(here: readonly BuildFile[], there: readonly BuildFile[]): readonly string[] {
  const lines = (files: readonly BuildFile[]) => files.map(({ hash, path }) => `${path} ${toHex(hash)}`);
  const [first, second] = [lines(here), lines(there)];
  return [
    ...first.filter((line) => !second.includes(line)).map((line) => `here   ${line}`),
    ...second.filter((line) => !first.includes(line)).map((line) => `again  ${line}`),
  ].toSorted();
}

const folder = await mkdtemp(join(tmpdir(), "sotto-rebuild-"));
try {
  for (const name of ["packages", join("apps", "web")])
    await copyBackwards(join(ROOT, name), join(folder, name));
  for (const name of ["package.json", "tsconfig.base.json"]) await cp(join(ROOT, name), join(folder, name));
  await linkPackages(folder);
  const here = await listFiles(join(ROOT, "apps", "web", "dist"));
  const again = (await build(folder)) ? await listFiles(join(folder, "apps", "web", "dist")) : null;
  const wrong = again === null ? ["it could not be built"] : differences(here, again);
  for (const line of wrong) process.stderr.write(`${line}\n`);
  if (wrong.length === 0)
    process.stdout.write(`built twice, ${String(here.length)} files, code ${sayCode(codeOf(here))}\n`);
  else
    process.stderr.write(
      "The page that lies here and one built anew from the same source differ. Has it been built since the source changed (npm run build)?\n",
    );
  process.exitCode = wrong.length === 0 ? 0 : 1;
} finally {
  await rm(folder, { recursive: true, force: true });
}
