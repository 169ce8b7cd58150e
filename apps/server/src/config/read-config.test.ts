import { expect, test } from "vitest";
import { ConfigFault, readConfig } from "./read-config.ts";

test("without settings Sotto runs on this machine, on its own database", () => {
  expect(readConfig({})).toMatchObject({ port: 8420, origin: "http://localhost:8420", database: null });
});

test.each([
  [{ SOTTO_PORT: "0" }, "SOTTO_PORT"],
  [{ SOTTO_PORT: "80x" }, "SOTTO_PORT"],
  [{ SOTTO_ORIGIN: "example.org" }, "SOTTO_ORIGIN"],
  [{ SOTTO_ORIGIN: "http://example.org" }, "https"],
  [{ SOTTO_ORIGIN: "https://example.org/path" }, "SOTTO_ORIGIN"],
  [{ DATABASE_URL: "postgres://somewhere" }, "DATABASE_OWNER_URL"],
])("a setting that cannot be used is named: %o", (env, named) => {
  expect(() => readConfig(env)).toThrow(ConfigFault);
  expect(() => readConfig(env)).toThrow(named);
});
