import { parseId } from "@sotto/domain";
import type { AccountId } from "@sotto/domain";
import { expect, test } from "vitest";
import { ClientFault } from "../done.ts";
import { memoryPorts } from "../memory-ports.ts";
import { LocalRecords } from "./records.ts";

const account = parseId<AccountId>("00000000-0000-4000-8000-000000000001");
if (account === null) throw new Error("an id");
const mine = account;
const open = (ports = memoryPorts("http://localhost")) => ({
  ports,
  records: new LocalRecords(ports, mine, new Uint8Array(32).fill(3)),
});
const bytes = (text: string) => new Uint8Array(new TextEncoder().encode(text));

test("the last word about a record is the one that stays, in whatever order sealing takes its time", async () => {
  const { ports, records } = open();
  const drafts = ["a long first draft ".repeat(2000), "b", null, "c"];
  await Promise.all(drafts.map((text) => records.writeSealed("draft/x", text === null ? null : bytes(text))));
  expect(await records.readSealed("draft/x")).toEqual(bytes("c"));
  await Promise.all([records.writeSealed("draft/x", bytes("d")), records.remove("draft/x")]);
  await records.writeSealed("draft/y", bytes("e"));
  expect(await ports.store.list("")).toEqual([`of/${mine}/draft/y`]);
});

test("what was asked for before closing is written under the right key; afterwards everything sealed is refused", async () => {
  const { ports, records } = open();
  const writing = records.writeSealed("vault", bytes("the last state"));
  records.close();
  await writing;
  await expect(records.writeSealed("vault", bytes("later"))).rejects.toThrow(ClientFault);
  await expect(records.readSealed("vault")).rejects.toThrow(ClientFault);
  expect(await open(ports).records.readSealed("vault")).toEqual(bytes("the last state"));
});

test("a sealed record moved to another name, or damaged, is not here", async () => {
  const { ports, records } = open();
  await records.writeSealed("draft/x", bytes("mine"));
  const value = await ports.store.read(`of/${mine}/draft/x`);
  if (value === null) throw new Error("just written");
  await ports.store.write([{ key: `of/${mine}/draft/y`, value }]);
  expect(await records.readSealed("draft/y")).toBeNull();
  await ports.store.write([{ key: `of/${mine}/draft/x`, value: value.slice(0, -1) }]);
  expect(await records.readSealed("draft/x")).toBeNull();
});

test("records that are read together are those that open, each bound to its name", async () => {
  const { ports, records } = open();
  for (const name of ["read/b", "read/a", "read/c", "draft/x"]) await records.writeSealed(name, bytes(name));
  const moved = await ports.store.read(`of/${mine}/draft/x`);
  if (moved === null) throw new Error("just written");
  await ports.store.write([{ key: `of/${mine}/read/b`, value: moved }]);
  expect(await records.readAllSealed("read/")).toEqual([
    { name: "read/a", value: bytes("read/a") },
    { name: "read/c", value: bytes("read/c") },
  ]);
  records.close();
  await expect(records.readAllSealed("read/")).rejects.toThrow(ClientFault);
});
