import { expect, test } from "vitest";
import { ConfigFault } from "./config-fault.ts";
import { countsNobody, readConfig } from "./read-config.ts";
import { findUnknownSettings } from "./settings.ts";

test("without settings Sotto runs on this machine, on its own database", () => {
  expect(readConfig({})).toMatchObject({ port: 8420, origin: "http://localhost:8420", database: null });
});

test("behind a proxy that is not named nobody can be counted, and it is known", () => {
  const origin = { SOTTO_ORIGIN: "https://example.org" };
  expect(countsNobody(readConfig({}))).toBe(false);
  expect(countsNobody(readConfig(origin))).toBe(true);
  expect(countsNobody(readConfig({ ...origin, SOTTO_PROXY: "127.0.0.1" }))).toBe(false);
});

test.each([
  [{ SOTTO_PORT: "0" }, "SOTTO_PORT"],
  [{ SOTTO_PORT: "80x" }, "SOTTO_PORT"],
  [{ SOTTO_ORIGIN: "example.org" }, "SOTTO_ORIGIN"],
  [{ SOTTO_ORIGIN: "http://example.org" }, "https"],
  [{ SOTTO_ORIGIN: "https://example.org/path" }, "SOTTO_ORIGIN"],
  [{ SOTTO_HOST: "example.org" }, "SOTTO_HOST"],
  [{ SOTTO_DATA: " " }, "SOTTO_DATA"],
  [{ SOTTO_DATA: "/srv/sotto", SOTTO_FILES: "/srv/sotto/" }, "a folder of its own"],
  [{ SOTTO_DATA: "/srv/sotto", SOTTO_FILES: "/srv" }, "a folder of its own"],
  [{ SOTTO_DATA: "/srv/..sotto", SOTTO_FILES: "/srv" }, "a folder of its own"],
  [{ SOTTO_LOG: "loud" }, "SOTTO_LOG"],
  [{ SOTTO_METRICS_PORT: "none" }, "SOTTO_METRICS_PORT"],
  [{ SOTTO_METRICS_PORT: "8420" }, "another port"],
  [{ SOTTO_ORIGN: "https://example.org" }, "SOTTO_ORIGN"],
  [{ DATABASE_URL: "postgres://somewhere" }, "DATABASE_OWNER_URL"],
  [{ DATABASE_URL: "a role", DATABASE_OWNER_URL: "postgres://o@h/x" }, "DATABASE_URL must look like"],
  [{ DATABASE_URL: "postgres://a@h/x", DATABASE_OWNER_URL: "postgres://a@h/x" }, "two different roles"],
  [{ DATABASE_URL: "postgres://a@h/x", DATABASE_OWNER_URL: "postgres://o@h/y" }, "the same database"],
])("a setting that cannot be used is named: %o", (env, named) => {
  expect(() => readConfig(env)).toThrow(ConfigFault);
  expect(() => readConfig(env)).toThrow(named);
});

test("the folder of files may lie in that of the data, or beside it", () => {
  for (const files of ["/srv/sotto/sealed", "/srv/sotto-files", "/srv/..sotto"])
    expect(readConfig({ SOTTO_DATA: "/srv/sotto", SOTTO_FILES: files }).filesFolder).toBe(files);
});

test("no complaint about a setting repeats its value, which may hold a password", () => {
  const secret = "hunter2";
  for (const env of [
    { DATABASE_URL: `postgres://a:${secret}@h/x` },
    { DATABASE_URL: `mysql://a:${secret}@h/x`, DATABASE_OWNER_URL: "postgres://o@h/x" },
    { SOTTO_PORT: secret },
  ])
    expect(() => readConfig(env)).not.toThrow(secret);
});

test("names of tools are no settings and no mistakes", () => {
  expect(findUnknownSettings(["SOTTO_TEST_DATABASE", "SOTTO_CHROMIUM", "SOTTO_PICTURES", "HOME"])).toEqual(
    [],
  );
});

test.each([
  ["SOTTO_PRT", "SOTTO_PORT"],
  ["SOTTO_DATABASE", "SOTTO_DATA"],
  ["SOTTO_METRIC_PORT", "SOTTO_METRICS_PORT"],
  ["SOTTO_SOMETHING_ELSE_ENTIRELY", null],
])("%s is nearest to %s", (name, nearest) => {
  expect(findUnknownSettings([name])).toEqual([{ name, nearest }]);
});
