import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { launchArgs, executablePath } from "@sotto/tests/browser";
import { makeWords, now, seen, valueOf, type Passphrase } from "@sotto/tests/clients";
import { makeDevice } from "@sotto/tests/node-ports";
import { openWebServer, type WebServer } from "@sotto/tests/web-server";
import lighthouse, { type Result } from "lighthouse";
import puppeteer, { type Page } from "puppeteer-core";
import { benchLine, median, type BenchLine } from "./line.ts";

const ROUNDS = 3;
const FAMILIES = ["Rivera", "Berg", "Okafor"];
/** Each family has a room of its own and one of its professionals. */
const ROOMS = FAMILIES.length * 2;
const SETTLED_MS = 2_000;
/** Instead of a folder of what a device has kept: each round is on a device that has never been here. */
const NEW = "new";
const PERFORMANCE_AIM = 95;
const ACCESSIBILITY_AIM = 100;

/**
 * Lighthouse's marks, as a phone on a slow mobile network, for signing in and for the screens of a therapist who is still in; over what is asked for (performance
 * 95, accessibility 100).
 */
export async function benchLighthouse(): Promise<readonly BenchLine[]> {
  const server = await openWebServer();
  const profile = await mkdtemp(join(tmpdir(), "sotto-bench-"));
  try {
    const { family, room, way } = await fillHouse(server);
    // The guard gives the page from the second visit on.
    await inNewBrowser(profile, (page) => marksOf(page, server.origin));
    // The address says where somebody comes in, and is "/" from then on.
    const measure = async (screen: string, path: string, device = profile): Promise<readonly BenchLine[]> => {
      const results: Result[] = [];
      for (let round = 0; round < ROUNDS; round += 1) {
        const folder = device === NEW ? await mkdtemp(join(profile, "new-")) : device;
        results.push(await inNewBrowser(folder, (page) => marksOf(page, `${server.origin}${path}`)));
      }
      tellFaults(screen, results);
      const typical = (name: string) =>
        median(results.map(({ categories }) => (categories[name]?.score ?? 0) * 100));
      return [
        benchLine(`lighthouse.${screen}.performance`, "points", typical("performance"), PERFORMANCE_AIM),
        benchLine(`lighthouse.${screen}.accessible`, "points", typical("accessibility"), ACCESSIBILITY_AIM),
      ];
    };
    const lines = [...(await measure("first-visit", "/", NEW)), ...(await measure("sign-in", "/"))];
    await inNewBrowser(profile, (page) => signIn(page, server.origin, way));
    const screens = [
      ["rooms", "/"],
      ["room", `/r/${room}`],
      ["family", `/f/${family}`],
      ["agreement", `/a/${family}`],
      ["compose", `/a/${family}/compose`],
      ...["families", "staff", "account", "devices", "search"].map((name) => [name, `/${name}`] as const),
    ] as const;
    for (const [screen, path] of screens) lines.push(...(await measure(screen, path)));
    return lines;
  } finally {
    await server.close();
    await rm(profile, { recursive: true });
  }
}

/**
 * Runs in a browser that has just been started, as Lighthouse's own command does, with what the device has kept. In a browser that has shown the page before, the next
 * one comes into the same process, which the guard keeps alive; Chromium's tools then list every script that is in it before they let the page
 * begin (200 to 400 ms of processor time), and Lighthouse counted that four times over as the page's.
 */
async function inNewBrowser<Value>(profile: string, run: (page: Page) => Promise<Value>): Promise<Value> {
  const browser = await puppeteer.launch({
    executablePath,
    userDataDir: profile,
    args: [...launchArgs],
    defaultViewport: null,
  });
  try {
    const [page = await browser.newPage()] = await browser.pages();
    return await run(page);
  } finally {
    await browser.close();
  }
}

/** A therapist with a few families and some messages. */
async function fillHouse(server: WebServer): Promise<{
  readonly way: Passphrase;
  readonly room: string;
  readonly family: string;
}> {
  const client = await makeDevice({ origin: server.origin }).open();
  const way = makeWords(client);
  const code = await server.makeSetupCode();
  valueOf(await client.actions.setUp({ code, practiceName: "Elm Street", myName: "Ada Lee", factor: way }));
  for (const name of FAMILIES) valueOf(await client.actions.createFamily({ name }));
  await seen(client, "rooms", (rooms) => rooms.length === ROOMS);
  for (const { room } of now(client, "rooms")) {
    for (let count = 0; count < 20; count += 1) {
      valueOf(await client.actions.send({ room, text: `Could we talk about Friday? ${String(count)}` }));
    }
  }
  await seen(client, "rooms", (rooms) => rooms.every(({ lastText }) => lastText.endsWith("19")));
  const [{ room } = { room: "" }] = now(client, "rooms");
  const [{ family } = { family: "" }] = now(client, "families");
  await client.close();
  return { way, room, family };
}

async function signIn(page: Page, origin: string, way: Passphrase): Promise<void> {
  await page.goto(origin);
  await page.locator("::-p-text(Six words)").click();
  await page.locator("::-p-aria(Sign-in name)").fill(way.name);
  await page.locator("::-p-aria(Your six words)").fill(way.words);
  await page.locator("button[type=submit]").click();
  // Whoever is still in has all their rooms on the device.
  await page.waitForFunction((count) => document.querySelectorAll(".card-link").length === count, {}, ROOMS);
  await new Promise((resolve) => setTimeout(resolve, SETTLED_MS));
}

/** One run of Lighthouse, which leaves what the device holds as it is. */
async function marksOf(page: Page, url: string): Promise<Result> {
  // Its own defaults: a slow mobile network, and a processor that is four times slower than this one.
  const settings = { onlyCategories: ["performance", "accessibility"] };
  const run = await lighthouse(
    url,
    { logLevel: "error", disableStorageReset: true },
    { extends: "lighthouse:default", settings },
    page,
  );
  if (run === undefined) throw new Error("Lighthouse said nothing");
  return run.lhr;
}

/** What costs marks, for whoever mends it: on standard error, beside the lines. */
function tellFaults(screen: string, results: readonly Result[]): void {
  const [first] = results;
  for (const { displayValue = "", id, score, scoreDisplayMode } of Object.values(first?.audits ?? {})) {
    if (score !== null && score < 0.9 && scoreDisplayMode !== "informative") {
      console.error(`lighthouse ${screen}: ${id} ${String(score)} ${displayValue}`);
    }
  }
}
