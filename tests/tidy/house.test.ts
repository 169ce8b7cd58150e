/** House rules over the whole tree: names, dangerous calls, leftovers, what is committed, what we depend on. */
import { basename } from "node:path";
import { expect, test } from "vitest";
import {
  importsZodWhole,
  isQuiet,
  keepsNoWord,
  makesNoCode,
  namesNoMachine,
  namesWell,
  numbersWhatIsToDo,
  type Rule,
  runsAllTests,
  staysPortable,
} from "./house-rules.ts";
import { isTestFile } from "./judge-import.ts";
import { beyondExceptions, exceptionsMax, readExceptions } from "./leave-exceptions-out.ts";
import { listFiles, parseSource, readSource, readText } from "./read-sources.ts";

const files = listFiles();
const isCode = (path: string): boolean => /^(packages|apps|tests|bench)\/.*\.tsx?$/.test(path);
const isShipped = (path: string): boolean => /^(packages|apps)\//.test(path) && !isTestFile(path);
const sources = files.filter(isCode).map(readSource);

test("the tree is looked at whole", () => {
  expect(files.length).toBeGreaterThanOrEqual(170);
  expect(sources.length).toBeGreaterThanOrEqual(120);
});

test.each<readonly [string, Rule, (path: string) => boolean]>([
  ["names", namesWell, isCode],
  ["code", makesNoCode, isShipped],
  ["console", isQuiet, (path) => isShipped(path) && /^packages\/|^apps\/web\/src\//.test(path)],
  ["all tests", runsAllTests, (path) => path.endsWith(".test.ts")],
  ["to do", numbersWhatIsToDo, isCode],
  ["zod", importsZodWhole, isShipped],
  [
    "no word",
    keepsNoWord,
    (path) => isShipped(path) && path.startsWith("apps/web/src/") && !path.includes("/words/"),
  ],
  [
    "portable",
    ({ path }) => staysPortable(readText(path)),
    (path) => path.startsWith("apps/server/src/store/migrations/"),
  ],
])("the rule called %s holds, but for its exceptions", (name, rule, isMeant) => {
  const found = sources
    .filter(({ path }) => isMeant(path))
    .flatMap((source) => rule(source).map((what) => ({ rule: name, file: source.path, what })));
  expect(beyondExceptions(name, found)).toEqual([]);
});

test.each<readonly [Rule, string, string]>([
  [namesWell, "packages/domain/src/familyRoom.ts", ""],
  [namesWell, "packages/domain/src/room-helpers.ts", ""],
  [namesWell, "packages/domain/src/types.ts", ""],
  [makesNoCode, "a.tsx", "const a = <p dangerouslySetInnerHTML={{ __html: text }} />;"],
  [makesNoCode, "a.ts", "element.innerHTML = text;"],
  [makesNoCode, "a.ts", "document.write(text);"],
  [makesNoCode, "a.ts", "new Function(text)();"],
  [makesNoCode, "a.ts", "eval(text);"],
  [isQuiet, "a.ts", "console.log(name);"],
  [runsAllTests, "a.test.ts", 'test.only("a", run);'],
  [runsAllTests, "a.test.ts", 'describe.skip("a", run);'],
  [numbersWhatIsToDo, "a.ts", "// TODO: later"],
  [importsZodWhole, "a.ts", 'import { z } from "zod";'],
  [keepsNoWord, "a.ts", 'import { words } from "../words/words.ts"; const { act } = words;'],
  [
    keepsNoWord,
    "a.ts",
    'import { page as said } from "../words/page.ts"; const LINES = [{ text: said.title }];',
  ],
])("the rule %o refuses %s: %s", (rule, path, text) => {
  expect(rule(parseSource(path, text))).toHaveLength(1);
});

test("what looks like a breach and is none is left alone", () => {
  const source = parseSource(
    "apps/web/src/service-worker.ts",
    'import * as z from "zod"; // TODO(#12) later\ntest.runIf(ready)("a", run); element.textContent = "innerHTML";',
  );
  const rules = [namesWell, makesNoCode, isQuiet, runsAllTests, numbersWhatIsToDo, importsZodWhole];
  expect(rules.flatMap((rule) => rule(source))).toEqual([]);
  const later =
    'import { words } from "./words/words.ts"; const say = () => words.act; type Act = typeof words.act;';
  expect(keepsNoWord(parseSource("apps/web/src/a.ts", later))).toEqual([]);
  expect(staysPortable("create index i on entry (practice_id, room_id)")).toEqual([]);
  expect(staysPortable("create index i on entry using gist (span)")).toEqual(["uses using gist"]);
});

test("exceptions have an owner and a date, and are not more than they were", () => {
  const exceptions = readExceptions();
  expect(exceptions.length).toBeLessThanOrEqual(exceptionsMax);
  for (const exception of exceptions) {
    expect(exception).toEqual({
      rule: expect.any(String),
      file: expect.any(String),
      what: expect.any(String),
      owner: expect.stringMatching(/./),
      until: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
    });
  }
});

test("the only barrel files are the entries of packages", () => {
  const barrels = files.filter((path) => /(^|\/)index\.tsx?$/.test(path));
  expect(barrels.filter((path) => !/^packages\/[a-z]+\/src\/index\.ts$/.test(path))).toEqual([]);
});

test("no file names a place on somebody's machine or the address of a registry", () => {
  const texts = files.filter((path) => !/\.(png|jpe?g|webp|ico|woff2?|pdf|gz)$/.test(path));
  const found = texts.flatMap((path) => namesNoMachine(readText(path)).map((what) => `${path}: ${what}`));
  expect(found).toEqual([]);
  expect(namesNoMachine(["", "home", "mara", "sotto"].join("/"))).toHaveLength(1);
});

test("the lockfile holds no address", () => {
  expect(readText("package-lock.json")).not.toMatch(/"resolved": "(?!packages\/|apps\/|tests"|bench")/);
});

test("the lockfile has a fingerprint for every package but the builds of our tools for other machines", () => {
  const foreign = Object.entries(lockedPackages()).filter(
    ([place, { link }]) => isForeign(place) && link !== true,
  );
  expect(foreign.length).toBeGreaterThan(100);
  // The registry these were locked from does not carry them; nothing that Sotto ships is among them.
  const toolBuild = /^node_modules\/@(oxc-parser|oxfmt|oxlint|oxlint-tsgolint)\/(binding-)?[a-z0-9-]+$/;
  const bare = foreign.filter(([, { integrity }]) => integrity === undefined);
  expect(bare.filter(([place, { optional }]) => optional !== true || !toolBuild.test(place))).toEqual([]);
});

test("the lockfile is whole: npm ci refuses one that leaves out a build for another machine", () => {
  const packages = lockedPackages();
  const missing = Object.entries(packages).flatMap(([place, { optionalDependencies }]) =>
    Object.keys(optionalDependencies ?? {}).filter(
      (name) => !(`node_modules/${name}` in packages) && !(`${place}/node_modules/${name}` in packages),
    ),
  );
  expect(missing).toEqual([]);
});

type Locked = Readonly<{
  integrity?: string;
  link?: boolean;
  optional?: boolean;
  optionalDependencies?: Readonly<Record<string, string>>;
}>;

function lockedPackages(): Readonly<Record<string, Locked>> {
  // npm's own format, version 3.
  return (JSON.parse(readText("package-lock.json")) as { packages: Record<string, Locked> }).packages;
}

function isForeign(place: string): boolean {
  return place.includes("node_modules/");
}

test("every runtime dependency has a line that says why it and not its rivals, and every line a dependency", () => {
  const manifests = files.filter((path) => /^(packages|apps)\/[a-z]+\/package\.json$/.test(path));
  expect(manifests.length).toBeGreaterThanOrEqual(7);
  const depended = manifests
    .flatMap((path) => dependenciesIn(path, ["dependencies", "optionalDependencies"]))
    .map(([name]) => name);
  const foreign = new Set(depended.filter((name) => !name.startsWith("@sotto/")));
  const table = readText("docs/dependencies.md");
  const told = [...table.matchAll(/^\| `([^`]+)` \|/gm)].map((match) => match[1] ?? "");
  expect(new Set(told)).toEqual(foreign);
  expect(told.length).toBe(foreign.size);
});

test("versions of dependencies are exact", () => {
  const groups = ["dependencies", "devDependencies", "optionalDependencies"];
  const loose = files
    .filter((path) => basename(path) === "package.json")
    .flatMap((path) => dependenciesIn(path, groups).map(([name, version]) => ({ path, name, version })))
    .filter(({ version }) => !/^\d+\.\d+\.\d+/.test(version));
  expect(loose).toEqual([]);
});

function dependenciesIn(path: string, groups: readonly string[]): readonly (readonly [string, string])[] {
  // npm's own format: groups of names with versions.
  const manifest = JSON.parse(readText(path)) as Record<string, Record<string, string> | undefined>;
  return groups.flatMap((group) => Object.entries(manifest[group] ?? {}));
}
