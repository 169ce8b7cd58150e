import { parseId } from "@sotto/domain";
import { expect, test } from "vitest";
import type { Person } from "../home.ts";
import { memoryPorts } from "../memory-ports.ts";
import type { Ports } from "../ports.ts";
import { Kept } from "./kept.ts";

const toId = <Id extends string>(text: string): Id => {
  const id = parseId<Id>(text);
  if (id === null) throw new Error("an id");
  return id;
};

const someone = (): Person => ({
  account: toId("00000000-0000-4000-8000-000000000001"),
  practice: toId("00000000-0000-4000-8000-000000000002"),
  standing: "family",
  session: { token: "token", factor: toId("00000000-0000-4000-8000-000000000003") },
  vaultKey: new Uint8Array(32).fill(7),
});

/** A device with a keeper that a test can hold up, and a clock that it can move. */
function makeDevice() {
  const clock = { at: 1_000_000 };
  let hold: Promise<void> = Promise.resolve();
  const ports: Ports = {
    ...memoryPorts("http://localhost"),
    now: () => clock.at,
    idleLockAfterMs: 10_000,
    keeper: {
      seal: async (body) => {
        // The client wipes what it handed over as soon as this answers.
        const copy = body.slice();
        await hold;
        return copy;
      },
      open: async (sealed) => sealed.slice(),
      forget: async () => undefined,
    },
  };
  const holdUp = () => {
    let release: () => void = () => undefined;
    hold = new Promise((resolve) => {
      release = resolve;
    });
    return release;
  };
  return { clock, ports, holdUp };
}

const isThere = () => true;

test("who was kept is read again as they were, within the idle time", async () => {
  const { clock, ports } = makeDevice();
  await new Kept(ports).keep(someone(), isThere);
  clock.at += 9_000;
  expect(await new Kept(ports).read()).toEqual(someone());
});

test.each([10_001, -60_001])("a clock that has moved by %i ms: nobody is kept any longer", async (moved) => {
  const { clock, ports } = makeDevice();
  await new Kept(ports).keep(someone(), isThere);
  clock.at += moved;
  expect(await new Kept(ports).read()).toBeNull();
  clock.at -= moved;
  expect(await new Kept(ports).read()).toBeNull();
  expect(await ports.store.list("")).toEqual([]);
});

test("keeping that was on its way when the account was locked leaves nothing behind", async () => {
  const { holdUp, ports } = makeDevice();
  const kept = new Kept(ports);
  const release = holdUp();
  let isOpen = true;
  const first = kept.keep(someone(), () => isOpen);
  const second = kept.keep(someone(), () => isOpen);
  isOpen = false;
  const forgetting = kept.forget();
  const late = kept.keep(someone(), () => isOpen);
  release();
  await Promise.all([first, second, forgetting, late]);
  expect(await ports.store.list("")).toEqual([]);
});

test("a record that is damaged keeps nobody", async () => {
  const { ports } = makeDevice();
  await ports.store.write([{ key: "kept", value: new Uint8Array([1, 2, 3]) }]);
  expect(await new Kept(ports).read()).toBeNull();
});
