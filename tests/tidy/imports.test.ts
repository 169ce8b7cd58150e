/** Imports point downhill: the table of docs/architecture.md, read by a test. Type-only imports count. */
import { expect, test } from "vitest";
import { filesAtLeast, placesOfCode } from "./import-table.ts";
import { judgeImport, placeOf } from "./judge-import.ts";
import { beyondExceptions } from "./leave-exceptions-out.ts";
import { listFiles, parseSource, readSource, readText } from "./read-sources.ts";

const files = ["packages", "apps", "tests"]
  .flatMap(listFiles)
  .filter((path) => /\.(ts|tsx|mts|cts)$/.test(path));

test.each(Object.entries(filesAtLeast))("%s has at least %i files to look at", (folder, least) => {
  expect(files.filter((path) => path.startsWith(folder)).length).toBeGreaterThanOrEqual(least);
});

test("every import is one that the table allows", () => {
  const findings = files
    .filter((path) => !path.startsWith("tests/"))
    .flatMap((path) =>
      readSource(path).imports.flatMap((use) => {
        const what = judgeImport(path, use);
        return what === null ? [] : [{ rule: "imports", file: path, what }];
      }),
    );
  expect(beyondExceptions("imports", findings)).toEqual([]);
});

test("tests reach our packages by name, through their entries", () => {
  const findings = files
    .filter((path) => path.startsWith("tests/"))
    .flatMap((path) =>
      readSource(path)
        .imports.filter(({ from }) => from.startsWith("../") && /(packages|apps)\//.test(from))
        .map(({ from }) => ({ rule: "imports", file: path, what: `${from} goes around a package's entry` })),
    );
  expect(beyondExceptions("imports of tests", findings)).toEqual([]);
});

test("every file has a place, and every place a folder name that can match", () => {
  const shipped = files.filter((path) => path.startsWith("packages/") || path.startsWith("apps/"));
  expect(shipped.filter((path) => placeOf(path) === null)).toEqual([]);
  expect(new Set(placesOfCode.map(({ name }) => name)).size).toBe(placesOfCode.length);
});

test("the vault has two entries, all of it and what a server may know, and one for tests alone", () => {
  const manifest: unknown = JSON.parse(readText("packages/vault/package.json"));
  expect(manifest).toHaveProperty("exports", {
    ".": "./src/index.ts",
    "./public": "./src/public.ts",
    "./unsafe-forging": "./testing/forge.ts",
  });
});

// The reader and the judge are themselves seen to refuse.
test.each([
  ["packages/domain/src/x.ts", 'import { a } from "node:fs"', "domain may not use node:fs"],
  ["packages/domain/src/x.ts", 'import type { V } from "@sotto/vault"', "domain may not import vault"],
  ["packages/domain/src/x.ts", 'export type { V } from "@sotto/vault"', "domain may not import vault"],
  ["packages/domain/src/x.ts", 'type V = import("@sotto/vault").V', "domain may not import vault"],
  ["packages/domain/src/x.ts", 'const v = await import("@sotto/vault")', "domain may not import vault"],
  [
    "packages/fhir/src/x.ts",
    'import { a } from "@sotto/domain/testing"',
    "@sotto/domain/testing is for tests alone",
  ],
  ["packages/fhir/src/x.ts", 'import type { V } from "@sotto/vault"', "fhir may not import vault"],
  ["packages/vault/src/room/x.ts", 'import { a } from "ts-mls"', "vault may not use ts-mls"],
  [
    "packages/client/src/x.ts",
    'import "@sotto/vault/src/room/open.ts"',
    "@sotto/vault/src/room/open.ts is no entry of a package",
  ],
  [
    "packages/client/src/x.ts",
    'import "../../vault/src/index.ts"',
    "../../vault/src/index.ts leaves the package: import it by name",
  ],
  [
    "apps/server/src/http/x.ts",
    'import { a } from "../store/read.ts"',
    "server http may not import server store",
  ],
  [
    "apps/server/src/http/x.ts",
    'import type { A } from "../store/read.ts"',
    "server http may not import server store",
  ],
  ["apps/server/src/usecases/x.ts", 'import { a } from "pg"', "server usecases may not use pg"],
  ["apps/server/src/usecases/x.ts", 'import { a } from "./y.ts"', "server usecases may not call each other"],
  [
    "apps/server/src/usecases/x.ts",
    'import type { A } from "@sotto/vault"',
    "server usecases may not import vault",
  ],
  ["apps/server/src/wiring.ts", 'import { open } from "@sotto/vault"', "server wiring may not import vault"],
  [
    "apps/server/src/store/x.test.ts",
    'import { open } from "@sotto/vault"',
    "server store may not import vault",
  ],
  [
    "apps/server/src/store/x.ts",
    'import "../../testing/test-database.ts"',
    "apps/server/testing/test-database.ts is for tests alone",
  ],
  ["apps/server/src/elsewhere/x.ts", 'import "pg"', "its folder has no line in tests/tidy/import-table.ts"],
  [
    "apps/web/src/features/talk/x.tsx",
    'import { a } from "../family/y.tsx"',
    "feature talk may not import feature family",
  ],
  [
    "apps/web/src/features/talk/x.tsx",
    'import { a } from "../../platform/y.ts"',
    "web features may not import web platform",
  ],
  ["apps/web/src/ui/x.tsx", 'import { a } from "@sotto/domain"', "web ui may not import domain"],
  ["apps/demo/src/x.ts", 'import { a } from "@sotto/vault"', "demo may not import vault"],
  ["apps/server/src/wiring.ts", 'import "@sotto/demo/play"', "@sotto/demo/play is no entry of a package"],
])("%s may not say %s", (path, text, reason) => {
  expect(parseSource(path, text).imports.map((use) => judgeImport(path, use))).toEqual([reason]);
});

test.each([
  ["packages/client/src/x.ts", 'import { a } from "@sotto/vault"; import type { B } from "@sotto/contract"'],
  [
    "packages/fhir/src/x.test.ts",
    'import { a } from "@sotto/domain/testing"; import { b } from "../testing/b.ts"',
  ],
  ["packages/domain/src/family/x.test.ts", 'import { test } from "vitest"; import fc from "fast-check"'],
  ["apps/server/src/http/x.ts", 'import { a } from "../usecases/a.ts"; import * as z from "zod"'],
  [
    "apps/server/src/usecases/x.ts",
    'import type { A } from "../store/a.ts"; import type { W } from "./world.ts"',
  ],
  ["apps/server/src/usecases/x.ts", 'import { verify } from "@sotto/vault/public"'],
  ["apps/server/src/store/x.test.ts", 'import { a } from "../../testing/test-database.ts"'],
  ["apps/web/src/features/talk/x.tsx", 'import { a } from "./y.ts"; import { B } from "../../ui/b.tsx"'],
])("%s may say %s", (path, text) => {
  expect(
    parseSource(path, text)
      .imports.map((use) => judgeImport(path, use))
      .filter((reason) => reason !== null),
  ).toEqual([]);
});
