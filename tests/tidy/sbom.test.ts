/** What we depend on: listed, few, fixed, and without scripts of their own. */
import { expect, test } from "vitest";
import { listFiles, readText } from "./read-sources.ts";
import { readSbom, SBOM_FILE, sbomOf } from "./sbom-of.ts";

/** Packages that a server or a page needs when it runs, with all that they need. It may only shrink, or grow with a reason in docs/dependencies.md. */
const REQUIRED_MAX = 159;

const sbom = readSbom();
const names = new Set(sbom.components.map(({ name }) => name));

test("the list of what is shipped is the lockfile's; `npm run sbom` writes it anew", () => {
  expect(readText(SBOM_FILE)).toBe(`${JSON.stringify(sbom, null, 1)}\n`);
});

test("it holds every runtime dependency and no tool", () => {
  const told = [...readText("docs/dependencies.md").matchAll(/^\| `([^`]+)` \|/gm)].map(
    (match) => match[1] ?? "",
  );
  expect(told.length).toBeGreaterThan(20);
  expect(told.filter((name) => !names.has(name))).toEqual([]);
  for (const tool of ["vitest", "typescript", "oxlint", "playwright-core", "fast-check", "knip"])
    expect(names.has(tool)).toBe(false);
});

test("every package in it has a fingerprint, a version and a licence", () => {
  const incomplete = sbom.components.filter(
    ({ hashes, licenses, version }) =>
      hashes.length !== 1 || licenses.length !== 1 || !/^\d+\.\d+\.\d+/.test(version),
  );
  expect(incomplete.map(({ name }) => name)).toEqual([]);
});

test("they are not more than they were", () => {
  const required = sbom.components.filter(({ scope }) => scope === "required");
  expect(required.length).toBeGreaterThan(25);
  expect(required.length).toBeLessThanOrEqual(REQUIRED_MAX);
});

test("what is optional below what is required is optional, and what anybody requires is required", () => {
  const made = sbomOf(
    {
      "packages/a": { dependencies: { one: "1.0.0" }, optionalDependencies: { two: "1.0.0" } },
      "node_modules/one": { version: "1.0.0" },
      "node_modules/two": { version: "1.0.0", dependencies: { three: "^1", one: "^1" } },
      "node_modules/two/node_modules/three": { version: "1.0.0" },
      "node_modules/tool": { version: "1.0.0" },
    },
    "1.0.0",
  );
  expect(made.components.map(({ name, scope }) => `${name} ${scope}`)).toEqual([
    "one required",
    "three optional",
    "two optional",
  ]);
});

test("no package runs a script when it is installed, and npm fixes what it adds", () => {
  const settings = readText(".npmrc").split("\n");
  expect(settings).toEqual(expect.arrayContaining(["ignore-scripts=true", "save-exact=true"]));
  expect(listFiles().filter((path) => path.endsWith(".npmrc"))).toEqual([".npmrc"]);
  const manifests = listFiles().filter((path) => /(^|\/)package\.json$/.test(path));
  const scripted = manifests.filter((path) => /"(pre|post)?(install|prepare)"/.test(readText(path)));
  expect(scripted).toEqual([]);
  expect(readText("bin/prepare.mjs")).toContain('"ci"');
});
