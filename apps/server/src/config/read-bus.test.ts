import { expect, test } from "vitest";
import { ConfigFault } from "./config-fault.ts";
import { readBus } from "./read-bus.ts";
import { readConfig } from "./read-config.ts";

test("a bus is read with its name and password, and none is none", () => {
  expect(readBus(undefined)).toBeNull();
  expect(readBus("nats://127.0.0.1")).toEqual({
    host: "127.0.0.1",
    port: 4222,
    isSealed: false,
    user: null,
    password: null,
  });
  expect(readBus("tls://sotto:a%20b%3Ac@nats.example.org:4333")).toEqual({
    host: "nats.example.org",
    port: 4333,
    isSealed: true,
    user: "sotto",
    password: "a b:c",
  });
});

test.each([
  "nats.example.org",
  "http://nats.example.org",
  "nats://",
  "nats://127.0.0.1/path",
  "nats://127.0.0.1?x=1",
  "nats://:secret@127.0.0.1",
  "nats://sotto:secret%@127.0.0.1",
  "nats://%zz:secret@127.0.0.1",
  // Beyond this machine it is sealed, or not at all.
  "nats://sotto:secret@nats.example.org",
])("a bus that cannot be used is refused without quoting it: %s", (text) => {
  const read = () => readBus(text);
  expect(read).toThrow(ConfigFault);
  expect(read).toThrow(/SOTTO_BUS must/);
  expect(read).not.toThrow(/secret/);
});

test("a bus wants a database that several reach, and a folder of files that several reach", () => {
  const database = {
    DATABASE_URL: "postgres://app:a@db.example.org/sotto",
    DATABASE_OWNER_URL: "postgres://owner:b@db.example.org/sotto",
  };
  const bus = { SOTTO_BUS: "nats://127.0.0.1:4222" };
  expect(() => readConfig(bus)).toThrow("DATABASE_URL");
  expect(() => readConfig({ ...bus, ...database })).toThrow("SOTTO_FILES");
  const config = readConfig({ ...bus, ...database, SOTTO_FILES: "/srv/files" });
  expect(config).toMatchObject({ filesFolder: "/srv/files", bus: { port: 4222 } });
  expect(readConfig({ SOTTO_DATA: "/srv/sotto" }).filesFolder).toBe("/srv/sotto/files");
});
