import { readFile } from "node:fs/promises";
import { newPerson, openBrowser } from "@sotto/tests/browser";
import { makeWords, seen, valueOf, type Passphrase } from "@sotto/tests/clients";
import { countOnDevice } from "@sotto/tests/count-on-device";
import { makeDevice, type Device } from "@sotto/tests/node-ports";
import type { Browser, Page } from "playwright-core";
import { benchLine, median, type BenchLine } from "./line.ts";
import { beginHistory, type KeptRecord } from "./long-history.ts";
import { openServerChild } from "./server-child.ts";
import { pageProcesses, slowDown } from "./slowed.ts";

const ROOMS = 1000;
const SLOWED = 4;
const ROUNDS = 3;
/** What takes longer does not come: the page says why. */
const PATIENCE_MS = 120_000;

interface Measured {
  /** From pressing "Sign in" to a list of rooms that answers a finger. */
  readonly first: number;
  /** The same from loading the page of somebody who had not locked it. */
  readonly kept: number;
  /** From loading the page until all rooms are in the list, at full speed. */
  readonly all: number;
  /** Reading the same records in one go, and opening as many seals of their sizes, in the same page, at both speeds. */
  readonly raw: number;
  readonly rawSlowed: number;
  /** What the page holds in memory when all rooms are open, and what their records are on the device. */
  readonly memory: number;
  readonly stored: number;
}

/**
 * How long somebody with 1,000 rooms waits for the list of them, in a page at a quarter of this machine's speed, with 10,000 and with 100,000 messages on
 * the device; over what reading and unsealing those records costs alone in that page. The device is a real client's that has caught up with the real server; the further
 * messages are put on both as they would be.
 */
export async function benchUnlock(): Promise<readonly BenchLine[]> {
  const server = await openServerChild({ hasPage: true });
  const browser = await openBrowser("whole");
  try {
    const history = await beginHistory(server.origin(), server.code(), server.database.adminUrl);
    const device = makeDevice({ origin: server.origin() });
    const client = await device.open();
    const way = makeWords(client);
    valueOf(await client.actions.join({ fragment: `#${history.fragment}`, factor: way }));
    await client.close();
    tell("making the rooms");
    await history.makeRooms(ROOMS);
    await history.say(10, () => undefined);
    tell("a device catches up");
    await catchUp(device, way, ROOMS * 11);
    tell("measuring 10,000 messages");
    const few = await measure(browser, server.origin(), device, way);
    const more: KeptRecord[] = [];
    tell("writing 90,000 more");
    await history.say(90, (record) => more.push(record));
    await device.store.write(more);
    tell("measuring 100,000 messages");
    const many = await measure(browser, server.origin(), device, way);
    return [
      benchLine("unlock.first-10k", "ms", few.first, few.rawSlowed),
      benchLine("unlock.first-100k", "ms", many.first, many.rawSlowed),
      benchLine("unlock.first-growth", "ms", many.first, few.first),
      benchLine("unlock.kept-10k", "ms", few.kept, few.rawSlowed),
      benchLine("unlock.kept-100k", "ms", many.kept, many.rawSlowed),
      benchLine("unlock.kept-growth", "ms", many.kept, few.kept),
      benchLine("unlock.all-10k", "ms", few.all, few.raw),
      benchLine("unlock.all-100k", "ms", many.all, many.raw),
      benchLine("memory.10k", "MB", few.memory / 1e6, few.stored / 1e6),
      benchLine("memory.100k", "MB", many.memory / 1e6, many.stored / 1e6),
    ];
  } finally {
    await browser.close();
    await server.close();
  }
}

/** It takes minutes: whoever waits is told how far it is. */
function tell(step: string): void {
  console.error(`unlock: ${step}`);
}

/** The device reads all that there is, as a client of its own, and so does its person. */
async function catchUp(device: Device, way: Passphrase, items: number): Promise<void> {
  const client = await device.open();
  valueOf(await client.actions.signIn(way));
  const count = () => [...device.store.values.keys()].filter((key) => key.includes("/room/")).length;
  while (count() < items) await new Promise((resolve) => setTimeout(resolve, 500));
  const rooms = await seen(client, "rooms", (lines) => lines.length >= ROOMS);
  for (const { room } of rooms) await client.actions.markRead(room);
  await seen(client, "session", ({ inStep }) => inStep);
  await client.close();
}

async function measure(browser: Browser, origin: string, device: Device, way: Passphrase): Promise<Measured> {
  const { close, context, page } = await newPerson(browser, { viewport: "phone" });
  context.setDefaultTimeout(0);
  await page.goto(origin);
  await page.getByRole("button", { name: "Sign in" }).waitFor();
  const stored = await putDevice(page, device);
  const [first, kept]: [number[], number[]] = [[], []];
  const reloaded = async (rooms: number): Promise<number> => {
    await page.reload({ waitUntil: "commit" });
    return untilListed(page, { from: "load", rooms });
  };
  for (let round = 0; round < ROUNDS; round += 1) {
    tell(`round ${String(round + 1)}`);
    await page.reload();
    await page.getByLabel("Your six words").fill(way.words);
    first.push(await atSpeed(browser, () => untilListed(page, { from: "press", rooms: 1 })));
    await untilKept(page);
    kept.push(await atSpeed(browser, () => reloaded(1)));
    await page.getByRole("button", { name: "Lock now" }).click();
    await page.getByLabel("Your six words").waitFor();
  }
  tell("reading and unsealing alone");
  const raw = await readAndOpen(page);
  const rawSlowed = await atSpeed(browser, () => readAndOpen(page));
  await page.getByLabel("Your six words").fill(way.words);
  await untilListed(page, { from: "press", rooms: 1 });
  tell("all rooms");
  await untilKept(page);
  const all = await reloaded(ROOMS);
  const memory = await heldBytes(browser, page);
  await close();
  return { first: median(first), kept: median(kept), all, raw, rawSlowed, memory, stored };
}

async function atSpeed<Value>(browser: Browser, run: () => Promise<Value>): Promise<Value> {
  const restore = await slowDown(browser, SLOWED);
  try {
    return await run();
  } finally {
    restore();
  }
}

/** Puts what a device holds into the page's database, as it stands. Answers how many bytes its rooms are. */
async function putDevice(page: Page, device: Device): Promise<number> {
  const entries = [...device.store.values].map(
    ([key, value]) => [key, Buffer.from(value).toString("base64")] as const,
  );
  const AT_ONCE = 5000;
  for (let start = 0; start < entries.length; start += AT_ONCE) {
    await page.evaluate(
      (some) =>
        new Promise<void>((resolve, reject) => {
          const opening = indexedDB.open("sotto");
          opening.addEventListener("success", () => {
            const writing = opening.result.transaction("entries", "readwrite");
            for (const [key, value] of some) {
              const bytes = Uint8Array.from(atob(value), (character) => character.charCodeAt(0));
              writing.objectStore("entries").put(bytes.buffer, key);
            }
            writing.addEventListener("complete", () => {
              opening.result.close();
              resolve();
            });
            writing.addEventListener("abort", () => reject(new Error("not written")));
          });
        }),
      entries.slice(start, start + AT_ONCE),
    );
  }
  return [...device.store.values]
    .filter(([key]) => key.includes("/room/"))
    .reduce((sum, [, value]) => sum + value.length, 0);
}

/** Milliseconds until so many rooms can be tapped, from pressing the button or from loading the page. */
function untilListed(
  page: Page,
  wish: { readonly from: "press" | "load"; readonly rooms: number },
): Promise<number> {
  return page.evaluate(
    ({ from, patienceMs, rooms }) =>
      new Promise<number>((resolve, reject) => {
        const begin = from === "load" ? 0 : performance.now();
        const look = (): void => {
          const count = document.querySelectorAll(".card-link").length;
          const ms = performance.now() - begin;
          if (count >= rooms) resolve(ms);
          else if (ms > patienceMs)
            reject(new Error(`no list of ${String(rooms)}: ${document.body.innerText}`));
          else setTimeout(() => requestAnimationFrame(look), 20);
        };
        if (from === "press") document.querySelector<HTMLButtonElement>("button[type=submit]")?.click();
        look();
      }),
    { ...wish, patienceMs: PATIENCE_MS },
  );
}

/** The device has written down who is signed in: a page that is loaded before that asks anew. */
async function untilKept(page: Page): Promise<void> {
  while ((await countOnDevice(page, "entries", "kept")) === 0)
    await new Promise((resolve) => setTimeout(resolve, 100));
}

/** The memory of the page's process, after what is not needed has been let go. */
async function heldBytes(browser: Browser, page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send("HeapProfiler.collectGarbage");
  const sizes = await Promise.all(
    (await pageProcesses(browser)).map(async (id) => {
      const text = await readFile(`/proc/${id}/smaps_rollup`, "utf8");
      return Number(/^Private_Dirty: +(\d+)/m.exec(text)?.[1] ?? 0) * 1024;
    }),
  );
  return Math.max(...sizes);
}

function readAndOpen(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const database = await new Promise<IDBDatabase>((resolve) => {
      const opening = indexedDB.open("sotto");
      opening.addEventListener("success", () => resolve(opening.result));
    });
    const key = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, [
      "encrypt",
      "decrypt",
    ]);
    const algorithm = { name: "AES-GCM", iv: new Uint8Array(12) };
    const sealedBySize = new Map<number, ArrayBuffer>();
    const begin = performance.now();
    const values = await new Promise<readonly ArrayBuffer[]>((resolve) => {
      const reading = database.transaction("entries").objectStore("entries").getAll();
      reading.addEventListener("success", () => resolve(reading.result as readonly ArrayBuffer[]));
    });
    const read = performance.now() - begin;
    // As many as make it certain; the others cost the same.
    const some = values.slice(0, 5000);
    const from = performance.now();
    for (const { byteLength } of some) {
      const sealed =
        sealedBySize.get(byteLength) ??
        (await crypto.subtle.encrypt(algorithm, key, new Uint8Array(byteLength)));
      sealedBySize.set(byteLength, sealed);
      await crypto.subtle.decrypt(algorithm, key, sealed);
    }
    const opened = performance.now() - from;
    database.close();
    return read + (opened * values.length) / some.length;
  });
}
