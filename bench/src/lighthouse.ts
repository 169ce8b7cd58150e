import { openBrowser } from "@sotto/tests/browser";
import { makeWords, now, seen, valueOf, type Passphrase } from "@sotto/tests/clients";
import { freePort } from "@sotto/tests/free-port";
import { makeDevice } from "@sotto/tests/node-ports";
import { openWebServer, type WebServer } from "@sotto/tests/web-server";
import lighthouse, { type Result } from "lighthouse";
import puppeteer, { type Page } from "puppeteer-core";
import { benchLine, median, type BenchLine } from "./line.ts";

const ROUNDS = 3;
const PERFORMANCE_AIM = 95;
const ACCESSIBILITY_AIM = 100;

/**
 * Lighthouse's marks, as a phone on a slow mobile network, for signing in and for the screens of a therapist who is still in; over what is asked for (performance
 * 95, accessibility 100).
 */
export async function benchLighthouse(): Promise<readonly BenchLine[]> {
  const server = await openWebServer();
  const port = await freePort();
  const chromium = await openBrowser({ debugPort: port });
  const browser = await puppeteer.connect({ browserURL: `http://127.0.0.1:${port}`, defaultViewport: null });
  try {
    const { family, room, way } = await fillHouse(server);
    const page = await browser.newPage();
    const slowed = slowedBy((await marksOf(page, server.origin, 1)).environment.benchmarkIndex);
    // The address says where somebody comes in, and is "/" from then on.
    const measure = async (screen: string, path: string): Promise<readonly BenchLine[]> => {
      const results: Result[] = [];
      for (let round = 0; round < ROUNDS; round += 1) {
        results.push(await marksOf(page, `${server.origin}${path}`, slowed));
      }
      tellFaults(screen, results);
      const typical = (name: string) =>
        median(results.map(({ categories }) => (categories[name]?.score ?? 0) * 100));
      return [
        benchLine(`lighthouse.${screen}.performance`, "points", typical("performance"), PERFORMANCE_AIM),
        benchLine(`lighthouse.${screen}.accessible`, "points", typical("accessibility"), ACCESSIBILITY_AIM),
      ];
    };
    const lines = [...(await measure("sign-in", "/"))];
    await signIn(page, server.origin, way);
    const screens = [
      ["rooms", "/"],
      ["room", `/r/${room}`],
      ["family", `/f/${family}`],
      ...["families", "staff", "account", "devices", "search"].map((name) => [name, `/${name}`] as const),
    ] as const;
    for (const [screen, path] of screens) lines.push(...(await measure(screen, path)));
    return lines;
  } finally {
    await browser.disconnect();
    await chromium.close();
    await server.close();
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
  for (const name of ["Rivera", "Berg", "Okafor"]) valueOf(await client.actions.createFamily({ name }));
  await seen(client, "rooms", (rooms) => rooms.length === 6);
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
  await page.locator(".card-link").wait();
}

/** One run of Lighthouse in this very tab, which keeps what the device holds and where it was. */
async function marksOf(page: Page, url: string, slowed: number): Promise<Result> {
  const settings = {
    onlyCategories: ["performance", "accessibility"],
    throttling: {
      rttMs: 150,
      throughputKbps: 1638.4,
      requestLatencyMs: 0,
      downloadThroughputKbps: 0,
      uploadThroughputKbps: 0,
      cpuSlowdownMultiplier: slowed,
    },
  };
  const run = await lighthouse(
    url,
    { logLevel: "error", disableStorageReset: true },
    { extends: "lighthouse:default", settings },
    page,
  );
  if (run === undefined) throw new Error("Lighthouse said nothing");
  return run.lhr;
}

/**
 * By how much this machine is slowed down to be a middling phone, which Lighthouse's index puts below 800; a fast desk machine is above 1500
 * (Lighthouse, docs/throttling.md). What is as slow as a phone already is not slowed further.
 */
const slowedBy = (index: number): number => (index >= 1300 ? 4 : index >= 800 ? 2 : 1);

/** What costs marks, for whoever mends it: on standard error, beside the lines. */
function tellFaults(screen: string, results: readonly Result[]): void {
  const [first] = results;
  for (const { displayValue = "", id, score, scoreDisplayMode } of Object.values(first?.audits ?? {})) {
    if (score !== null && score < 0.9 && scoreDisplayMode !== "informative") {
      console.error(`lighthouse ${screen}: ${id} ${String(score)} ${displayValue}`);
    }
  }
}
