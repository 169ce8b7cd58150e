import { expect, test } from "vitest";
import { ConfigFault } from "./config-fault.ts";
import { readLimitSettings } from "./read-limit-settings.ts";

test("without settings no proxy is trusted, and the usual is allowed", () => {
  expect(readLimitSettings({})).toEqual({ proxies: [], times: 1 });
});

test("proxies are addresses and networks", () => {
  const env = { SOTTO_PROXY: "127.0.0.1, ::1,10.0.0.0/24", SOTTO_LIMITS: "5" };
  expect(readLimitSettings(env)).toEqual({ proxies: ["127.0.0.1", "::1", "10.0.0.0/24"], times: 5 });
});

test.each([
  [{ SOTTO_PROXY: "proxy.example.org" }, "SOTTO_PROXY"],
  [{ SOTTO_PROXY: "0.0.0.0/0" }, "SOTTO_PROXY"],
  [{ SOTTO_PROXY: "10.0.0.0/33" }, "SOTTO_PROXY"],
  [{ SOTTO_PROXY: "10.0.0.0/24/8" }, "SOTTO_PROXY"],
  [{ SOTTO_PROXY: "true" }, "SOTTO_PROXY"],
  [{ SOTTO_LIMITS: "0" }, "SOTTO_LIMITS"],
  [{ SOTTO_LIMITS: "off" }, "SOTTO_LIMITS"],
  [{ SOTTO_LIMITS: "101" }, "SOTTO_LIMITS"],
])("a setting that cannot be used is named: %o", (env, named) => {
  expect(() => readLimitSettings(env)).toThrow(ConfigFault);
  expect(() => readLimitSettings(env)).toThrow(named);
});
