/** T1: a server that gives another page. What a browser that has met the page does with it, and what its person sees. */
import { randomBytes } from "node:crypto";
import { verifySignedBuild, toHex } from "@sotto/vault";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { newPerson, openBrowser, type Person } from "../support/browser.ts";
import { countOnDevice } from "../support/count-on-device.ts";
import { look } from "../support/look.ts";
import { openPageCopy, type PageCopy } from "../support/page-copy.ts";
import {
  addFamily,
  hear,
  namePractice,
  openRoom,
  say,
  signInByWords,
  takeSixWords,
  toRooms,
  type Passphrase,
} from "../support/walk.ts";
import { openWebServer, type WebServer } from "../support/web-server.ts";

const SAID = "said before the page was changed";
const REFUSED = "This page is not the one you used before";
const seed = () => new Uint8Array(randomBytes(32));
const [builder, stranger] = [seed(), seed()];

let copy: PageCopy;
let server: WebServer;
let browser: Browser;
let ada: Person;
let visitor: Person;
let words: Passphrase;

beforeAll(async () => {
  copy = await openPageCopy();
  await copy.sign({ number: 10, signSeed: builder });
  server = await openWebServer({ webFolder: copy.folder });
  browser = await openBrowser("whole");
  ada = await newPerson(browser, { viewport: "phone" });
  visitor = await newPerson(browser, { viewport: "desktop", colorScheme: "dark" });
});

afterAll(async () => {
  await browser?.close();
  await server?.close();
  await copy?.remove();
});

/** Waits until the guard has met the page and stands over it. */
const isGuarded = (page: Page) =>
  page.waitForFunction(async () => navigator.serviceWorker.controller !== null && (await caches.has("pin")));

/** Opens the page anew, as somebody who comes back to it. */
const comeBack = (page: Page) => page.goto(`${server.origin}/`);

const refusedPage = (page: Page) => page.getByRole("heading", { level: 1, name: REFUSED });
const alarm = (page: Page) => page.getByRole("alert").filter({ hasText: "Tell your practice." });
/** Inside by a banner; on a page that cannot show it at once, by what stands in for it. */
const told = (page: Page) => alarm(page).or(refusedPage(page)).first();
const goOn = async (page: Page): Promise<void> => {
  await page.getByRole("button", { name: "Go on with the page this device knows" }).click();
  await refusedPage(page).waitFor({ state: "detached" });
};

/** Changes one file until what is to be seen was seen, and puts it back. */
async function whileChanged(path: string, changed: (text: string) => string, see: () => Promise<void>) {
  const before = await copy.read(path);
  await copy.write(path, changed(before));
  await see();
  await copy.write(path, before);
}

/** Something of ours is opened in another tab: the guard looks at what the server gives now. */
async function lookAgain({ context }: Person): Promise<void> {
  const tab = await context.newPage();
  await tab.goto(`${server.origin}/clock.html`);
  await tab.waitForTimeout(2_000);
  await tab.close();
}

async function showCode(page: Page): Promise<string> {
  await page.getByRole("link", { name: "Account" }).first().click();
  return ((await page.locator("strong.code").last().textContent()) ?? "").replaceAll(" ", "");
}

test("a browser that has met the page shows its code, and answers every address of it with that page under its policy", async () => {
  const { page } = ada;
  const code = await server.makeSetupCode();
  await namePractice(page, { origin: server.origin, code, practice: "Elm Street", me: "Dr. Ada Lee" });
  words = await takeSixWords(page);
  await page.getByRole("button", { name: "Not now" }).click();
  await addFamily(page, "Rivera");
  await toRooms(page);
  await openRoom(page, /Whole family/);
  await say(page, SAID);
  await hear(page, SAID);
  await isGuarded(page);
  await toRooms(page);
  const signed = await verifySignedBuild(new Uint8Array(await readFile(join(copy.folder, "build.signed"))));
  expect(toHex(signed.manifest.code).startsWith(await showCode(page))).toBe(true);
  await look(page, "page-code", { whole: true });
  await page.goto(`${server.origin}/v1/health`);
  await page.getByRole("button", { name: "Lock now" }).waitFor();
  const names = [
    "content-security-policy",
    "cross-origin-embedder-policy",
    "cross-origin-opener-policy",
    "cross-origin-resource-policy",
    "permissions-policy",
  ];
  const given = await page.evaluate(async (wanted) => {
    const { headers } = await fetch("/clock.html");
    return wanted.map((name) => headers.get(name));
  }, names);
  const asked = await page.request.get(`${server.origin}/clock.html`);
  expect(given).toEqual(names.map((name) => asked.headers()[name]));
  const unknown = await page.evaluate(async () => (await fetch("/assets/other.js")).status);
  expect(unknown).toBe(404);
  await visitor.page.goto(server.origin);
  await isGuarded(visitor.page);
});

test("T1: one changed byte of a script is refused, and its person is told, inside and at the next start", async () => {
  const { page } = ada;
  const script = copy.find(/^\/assets\/index-.*\.js$/);
  const before = await copy.read(script);
  await whileChanged(
    script,
    (text) => `${text.slice(0, -1)} `,
    async () => {
      await lookAgain(ada);
      await told(page).waitFor();
      await look(page, "page-refused-inside");
      const used = await page.evaluate(async (path) => (await fetch(path)).text(), script);
      expect(used).toBe(before);
      await comeBack(page);
      await refusedPage(page).waitFor();
      await look(page, "page-refused-phone");
      await goOn(page);
      await page.getByRole("button", { name: "Lock now" }).waitFor();
      await comeBack(visitor.page);
      await refusedPage(visitor.page).waitFor();
      await look(visitor.page, "page-refused-desktop");
    },
  );
  await lookAgain(ada);
  await alarm(page).waitFor({ state: "detached" });
  // The client, with all that seals and opens, is in a file that no page names.
  const client = copy.find(/^\/assets\/src-.*\.js$/);
  await whileChanged(
    client,
    (text) => `${text.slice(0, -1)} `,
    async () => {
      await lookAgain(ada);
      await told(page).waitFor();
      await comeBack(page);
      await refusedPage(page).waitFor();
      await goOn(page);
      await page.getByRole("button", { name: "Lock now" }).waitFor();
    },
  );
  await lookAgain(ada);
  await alarm(page).waitFor({ state: "detached" });
});

test("T1: another page with a script of the server's own is not run, and whoever would sign in is told first", async () => {
  const { page } = visitor;
  await goOn(page);
  await page.getByRole("button", { name: "Sign in" }).waitFor();
  const script = await copy.read("/robots.txt");
  await copy.write("/robots.txt", "document.title = 'evil';");
  await whileChanged(
    "/index.html",
    (text) => text.replace("</head>", '<script src="/robots.txt"></script></head>'),
    async () => {
      await comeBack(page);
      await refusedPage(page).waitFor();
      await page.getByText("The server gave a file that is not as it was made.").waitFor();
      expect(await page.title()).toBe("Notes");
      await goOn(page);
      await page.getByRole("button", { name: "Sign in" }).waitFor();
      expect(await page.title()).toBe("Sotto");
    },
  );
  await copy.write("/robots.txt", script);
});

test("T1: a page that somebody else signed, an older one, and none at all are refused in words of their own", async () => {
  const { page } = ada;
  const cases = [
    { give: () => copy.sign({ number: 99, signSeed: stranger }), says: /signed by somebody else/ },
    { give: () => copy.sign({ number: 9, signSeed: builder }), says: /an old page in place of the new/ },
    { give: () => copy.write("/build.signed", "<!doctype html>"), says: /nobody has signed/ },
  ];
  for (const { give, says } of cases) {
    await give();
    await lookAgain(ada);
    await told(page).waitFor();
    await page.getByText(says).first().waitFor();
    await comeBack(page);
    await refusedPage(page).waitFor();
    expect(await page.getByText(says).count()).toBe(1);
    await goOn(page);
    await page.getByRole("button", { name: "Lock now" }).waitFor();
  }
});

test("T1: a newer page that is not in the key log is not used; once it is, the next start has it, and nothing is lost", async () => {
  const { page } = ada;
  const index = await copy.read("/index.html");
  const isNew = () => page.evaluate(() => document.querySelector('meta[name="newer"]') !== null);
  await copy.write("/index.html", index.replace("</head>", '<meta name="newer" content="yes" /></head>'));
  await copy.sign({ number: 11, signSeed: builder });
  await lookAgain(ada);
  await showCode(page);
  await page.getByText("It is used as soon as it is found in the list of keys").waitFor();
  for (let start = 0; start < 2; start++) {
    await comeBack(page);
    await page.getByRole("button", { name: "Lock now" }).waitFor();
    expect(await isNew()).toBe(false);
  }
  // The server puts what it gives into the log when it starts.
  await server.stop();
  await server.start();
  await expect
    .poll(
      async () => {
        await comeBack(page);
        await page.getByRole("button", { name: "Lock now" }).waitFor();
        // Meanwhile the client asks the log.
        await page.waitForTimeout(2_000);
        return isNew();
      },
      { timeout: 120_000 },
    )
    .toBe(true);
  expect(await alarm(page).count()).toBe(0);
  await toRooms(page);
  await openRoom(page, /Whole family/);
  await hear(page, SAID);
  await toRooms(page);
  await page.getByRole("button", { name: "Lock now" }).click();
  await signInByWords(page, words);
  await toRooms(page);
});

test("T1: another script in the place of the guard is held off, and the page ends with a warning that stays", async () => {
  const { page } = ada;
  const path = copy.find(/^\/guard-/);
  const evil = `self.addEventListener("install", () => self.skipWaiting());
    self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
    self.addEventListener("fetch", (event) => { if (event.request.mode === "navigate") event.respondWith(new Response("evil")); });`;
  const former = await page.evaluate(() => navigator.serviceWorker.controller?.scriptURL);
  await copy.write(path, evil);
  const session = await page.context().newCDPSession(page);
  // A browser asks the server once a day; this one has nothing kept to be content with.
  await session.send("Network.clearBrowserCache");
  await comeBack(page);
  await refusedPage(page).waitFor();
  await page.getByText("Close this page now.").waitFor();
  await look(page, "page-replaced");
  const waiting = () =>
    page.evaluate(async () => {
      const found = await navigator.serviceWorker.getRegistration();
      return found?.waiting !== null && found?.active?.state === "activated";
    });
  await expect.poll(waiting).toBe(true);
  // Nobody is kept unlocked for whoever comes next.
  await expect.poll(() => countOnDevice(page, "keys")).toBe(0);
  // Whatever is opened now is still answered by the guard that this browser knows.
  await comeBack(page);
  await refusedPage(page).waitFor();
  expect(await page.evaluate(() => navigator.serviceWorker.controller?.scriptURL)).toBe(former);
});
