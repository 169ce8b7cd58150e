import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Ear, OpenBus } from "./bus.ts";
import { Exchange } from "./exchange.ts";
import type { Hint } from "./hint.ts";

/** A bus within this process, whose losses the test decides. */
function makeBus() {
  const ears = new Map<number, Ear>();
  const said: string[] = [];
  const mute = new Set<number>();
  let count = 0;
  const open: OpenBus = async (_name, ear) => {
    const own = count;
    count += 1;
    ears.set(own, ear);
    return {
      say: (text) => {
        said.push(text);
        if (!mute.has(own)) for (const [other, { heard }] of ears) if (other !== own) heard(text);
      },
      close: async () => void ears.delete(own),
    };
  };
  return { open, said, ears, mute };
}

async function listen(bus: ReturnType<typeof makeBus>) {
  const heard: Hint[] = [];
  const counts = { missed: 0 };
  const exchange = await Exchange.open(bus.open, "name", {
    heard: (hints) => void heard.push(...hints),
    missed: () => {
      counts.missed += 1;
    },
    turned: () => undefined,
  });
  return { exchange, heard, counts };
}

const practice = randomUUID();
const items = (room: string, seq: number): Hint => ({
  kind: "items",
  practice,
  room,
  first: seq,
  last: seq,
  roster: false,
});

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval", "setImmediate", "performance"] });
});

afterEach(() => {
  vi.useRealTimers();
});

test("what is told in one turn goes out together, and ranges of one room as one", async () => {
  const bus = makeBus();
  const [one, two] = [await listen(bus), await listen(bus)];
  const [room, other] = [randomUUID(), randomUUID()];
  const before = bus.said.length;
  for (const hint of [items(room, 4), items(other, 9), items(room, 3)]) one.exchange.tell(hint);
  await vi.advanceTimersByTimeAsync(1);
  expect(bus.said.length - before).toBe(1);
  expect(two.heard).toEqual([{ ...items(room, 3), last: 4 }, items(other, 9)]);
  expect(two.counts.missed).toBe(0);
});

test("every id that the contract lets through is heard, and nobody looks", async () => {
  const bus = makeBus();
  const [one, two] = [await listen(bus), await listen(bus)];
  const odd = "11111111-1111-0111-0111-111111111111";
  for (const hint of [items(odd, 1), items(randomUUID(), 4)]) one.exchange.tell(hint);
  await vi.advanceTimersByTimeAsync(1);
  expect(two.heard.length).toBe(2);
  expect(two.counts.missed).toBe(0);
});

test("a hint that was lost is noticed at the next hint, or at the next beat when there is none", async () => {
  const bus = makeBus();
  const [one, two] = [await listen(bus), await listen(bus)];
  for (const next of ["hint", "beat"] as const) {
    const before = two.counts.missed;
    bus.mute.add(0);
    one.exchange.tell(items(randomUUID(), 1));
    await vi.advanceTimersByTimeAsync(1);
    bus.mute.delete(0);
    if (next === "hint") one.exchange.tell(items(randomUUID(), 1));
    await vi.advanceTimersByTimeAsync(next === "hint" ? 1 : 2_500);
    expect(two.counts.missed).toBe(before + 1);
  }
});

test("a process that is silent makes the others look, again and again, and is forgotten in the end", async () => {
  const bus = makeBus();
  await listen(bus);
  const two = await listen(bus);
  await vi.advanceTimersByTimeAsync(2_500);
  expect(two.counts.missed).toBe(0);
  bus.mute.add(0);
  await vi.advanceTimersByTimeAsync(12_000);
  expect(two.counts.missed).toBe(1);
  await vi.advanceTimersByTimeAsync(120_000);
  const all = two.counts.missed;
  expect(all).toBe(6);
  await vi.advanceTimersByTimeAsync(120_000);
  expect(two.counts.missed).toBe(all);
});

test("a process that ends says so, and nobody looks", async () => {
  const bus = makeBus();
  const [one, two] = [await listen(bus), await listen(bus)];
  await vi.advanceTimersByTimeAsync(2_500);
  const closing = one.exchange.close();
  await vi.advanceTimersByTimeAsync(60_000);
  await closing;
  expect(two.counts.missed).toBe(0);
});

test("without the bus everybody looks, until it is back", async () => {
  const bus = makeBus();
  const one = await listen(bus);
  bus.ears.get(0)?.lost();
  await vi.advanceTimersByTimeAsync(35_000);
  const meanwhile = one.counts.missed;
  expect(meanwhile).toBeGreaterThanOrEqual(3);
  bus.ears.get(0)?.found();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(one.counts.missed).toBe(meanwhile + 1);
});

test("what another version or somebody else says makes one look, and nothing else", async () => {
  const bus = makeBus();
  const one = await listen(bus);
  for (const text of ["", "{}", '{"from":"x","number":1,"hints":[],"over":false}', "[1"]) {
    const before = one.counts.missed;
    bus.ears.get(0)?.heard(text);
    expect(one.counts.missed).toBe(before + 1);
  }
  expect(one.heard).toEqual([]);
});
