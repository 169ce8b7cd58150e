/** Ways in: a passkey, six words, the recovery sheet; other browsers; invitations that must not be used twice or by somebody else. */
import { readFile } from "node:fs/promises";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { addAuthenticator, newPerson, openBrowser, type Person } from "../support/browser.ts";
import { look } from "../support/look.ts";
import {
  addFamily,
  addPerson,
  copySixWords,
  hear,
  invite,
  keepSheet,
  namePractice,
  openRoom,
  say,
  showWordsWhenAsked,
  signInByWords,
  signInBySheet,
  takeSixWords,
  toRooms,
  type Passphrase,
} from "../support/walk.ts";
import { openWebServer, type WebServer } from "../support/web-server.ts";

let browser: Browser;
let server: WebServer;
let lee: Person;
let ana: Person;
let sheet = "";
let words: Passphrase;
let secondWords: Passphrase;

beforeAll(async () => {
  server = await openWebServer();
  browser = await openBrowser();
  lee = await newPerson(browser, { viewport: "desktop" });
  ana = await newPerson(browser, { viewport: "phone" });
  await showWordsWhenAsked(ana.page, () => secondWords);
  await lee.context.grantPermissions(["clipboard-read", "clipboard-write"]);
});

afterAll(async () => {
  await browser?.close();
  await server?.close();
});

test("a practice is set up by a passkey, and the sheet is a file, a picture to scan and a paper", async () => {
  const { page } = lee;
  const authenticator = await addAuthenticator(page);
  const code = await server.makeSetupCode();
  await namePractice(page, { origin: server.origin, code, practice: "Elm Street", me: "Dr. Ada Lee" });
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByRole("button", { name: "Show my sheet" }).click();
  expect(await authenticator.credentials()).toBe(1);
  await page.getByRole("img", { name: "Your recovery sheet" }).waitFor();
  await look(page, "sheet-show");
  const downloading = page.waitForEvent("download");
  await page.getByRole("button", { name: "Save as PDF" }).click();
  const file = await downloading;
  expect(file.suggestedFilename()).toBe("sheet.pdf");
  const pdf = await readFile(await file.path());
  expect(pdf.subarray(0, 5).toString("latin1")).toBe("%PDF-");
  expect(pdf.length).toBeGreaterThan(2_000);
  await page.emulateMedia({ media: "print" });
  await look(page, "sheet-print");
  expect(await page.getByRole("button", { name: "Print" }).isVisible()).toBe(false);
  await page.emulateMedia({ media: "screen" });
  await page.getByRole("button", { name: "I have it on paper" }).click();
  await page.getByLabel("Code", { exact: true }).fill("AAAA-BBBB-CCCC-DDDD-EEEE-FFFF-GGGG");
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByText("This is not what stands on the sheet.").waitFor();
  await look(page, "sheet-mistyped");
  await page.getByRole("button", { name: "Back" }).click();
  sheet = ((await page.locator(".paper .code").textContent()) ?? "").trim();
  await page.getByRole("button", { name: "I have it on paper" }).click();
  await page.getByLabel("Code", { exact: true }).fill(sheet);
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByRole("heading", { name: "Rooms" }).waitFor();
});

test("an invitation works once, can be taken back, and a broken one says so", async () => {
  const { page } = lee;
  await addFamily(page, "Rivera");
  await addPerson(page, { name: "Ana" });
  await addPerson(page, { name: "Tom", role: "Teenager" });
  const taken = await invite(page, "Tom");
  await page.getByRole("button", { name: "Close" }).click();
  await page.getByRole("button", { name: "Take back the invitation for Tom" }).click();
  await page.getByRole("button", { name: "Invite Tom" }).waitFor();
  await ana.page.goto(taken);
  await ana.page.getByText("This invitation was taken back.").waitFor();
  await look(ana.page, "join-taken-back");
  await ana.page.goto(`${taken.slice(0, -3)}AAA`);
  await ana.page.getByText("This link is not whole.").waitFor();
  const link = await invite(page, "Ana");
  await page.emulateMedia({ media: "print" });
  await look(page, "invitation-print");
  await page.emulateMedia({ media: "screen" });
  await page.getByRole("button", { name: "Close" }).click();
  await ana.page.goto(link);
  await ana.page.getByRole("heading", { name: "Hello Ana" }).waitFor();
  // Nobody who could let her in is there: she is told to wait, and that her place is kept.
  await page.getByRole("button", { name: "Lock now" }).click();
  words = await takeSixWords(ana.page);
  await ana.page.getByRole("button", { name: "Not now" }).click();
  await ana.page.getByRole("heading", { name: "You are in" }).waitFor();
  await look(ana.page, "waiting");
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("heading", { level: 1, name: "Rivera" }).waitFor();
  await openRoom(ana.page, /Private/);
  await say(ana.page, "only for you");
  const stranger = await newPerson(browser, { viewport: "phone" });
  await stranger.page.goto(link);
  await stranger.page.getByText("This invitation has been used already.").waitFor();
  await look(stranger.page, "join-used");
  expect(stranger.troubles.filter((trouble) => !trouble.includes("409") && !trouble.includes("410"))).toEqual(
    [],
  );
  await stranger.close();
});

test("a device that somebody uses does not become somebody else's", async () => {
  await lee.page.getByRole("button", { name: "Invite Tom" }).waitFor();
  const link = await invite(lee.page, "Tom");
  await ana.page.goto(link);
  await ana.page.getByRole("heading", { name: "Somebody already uses Sotto here" }).waitFor();
  await look(ana.page, "occupied");
  await ana.page.getByRole("button", { name: "Go on without the invitation" }).click();
  await openRoom(ana.page, /Private/);
  await hear(ana.page, "only for you");
  await ana.page.keyboard.press("Escape");
  await ana.page.getByRole("heading", { name: "Welcome back" }).waitFor();
  await ana.page.goto(link);
  await ana.page.getByRole("heading", { name: "Somebody already uses Sotto here" }).waitFor();
  await ana.page.getByRole("button", { name: "Go on without the invitation" }).click();
  // The invitation was not spent: it still greets whom it is for.
  const tom = await newPerson(browser, { viewport: "phone" });
  await tom.page.goto(link);
  expect(await tom.page.getByRole("heading", { name: "Hello Tom" }).textContent()).toBe("Hello Tom");
  await tom.close();
});

test("six words open the account in a second browser with everything in it; wrong words do not", async () => {
  const second = await newPerson(browser, { viewport: "desktop" });
  const { page } = second;
  await page.goto(server.origin);
  await page.getByRole("heading", { name: "Sign in" }).waitFor();
  await look(page, "sign-in");
  await signInByWords(page, { ...words, words: "zoo zoo zoo zoo zoo zoo" });
  await page.getByRole("alert").waitFor();
  await look(page, "sign-in-failed");
  await signInByWords(page, words);
  await openRoom(page, /Private/);
  await hear(page, "only for you");
  await say(page, "from the other browser");
  await signInByWords(ana.page, words);
  // She comes in where she was.
  await hear(ana.page, "from the other browser");
  // A second passphrase from here; the first can then go without locking anybody out.
  await page.getByRole("link", { name: "Account" }).click();
  await page.getByText(words.name).waitFor();
  await page.getByRole("button", { name: `Remove: Six words: ${words.name}` }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Remove" }).click();
  await page.getByText("This is your only way to sign in.").waitFor();
  await page.getByRole("button", { name: "Add six words" }).click();
  await page.locator(".word-grid").waitFor();
  await look(page, "account-words");
  secondWords = await copySixWords(page);
  await page.getByText(secondWords.name).waitFor();
  await page.getByRole("button", { name: `Remove: Six words: ${words.name}` }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Remove" }).click();
  await expect.poll(() => page.getByText(words.name).count()).toBe(0);
  await second.close();
  await ana.page.keyboard.press("Escape");
  await signInByWords(ana.page, words);
  await ana.page.getByRole("alert").waitFor();
  await signInByWords(ana.page, secondWords);
  // From now on her phone opens by a passkey of its own.
  await addAuthenticator(ana.page);
  await toRooms(ana.page);
  await ana.page.getByRole("link", { name: "Account" }).click();
  await ana.page.getByRole("button", { name: "Add a passkey" }).click();
  await ana.page.getByRole("button", { name: "Remove: Passkey" }).waitFor();
  await look(ana.page, "account-phone");
  await ana.page.keyboard.press("Escape");
  await ana.page.getByRole("radio", { name: /^Passkey/ }).check({ force: true });
  await ana.page.getByRole("button", { name: "Sign in" }).click();
  await toRooms(ana.page);
  await openRoom(ana.page, /Private/);
  await hear(ana.page, "from the other browser");
});

test("the passkey opens after locking and after a reload; without it the sheet does, once", async () => {
  const { page } = lee;
  await toRooms(page);
  await page.reload();
  await openRoom(page, /Private/);
  await hear(page, "only for you");
  await page.getByRole("button", { name: "Lock now" }).click();
  await page.getByRole("heading", { name: "Welcome back" }).waitFor();
  await page.reload();
  await page.getByRole("button", { name: "Sign in" }).click();
  await hear(page, "only for you");
  // Every device of hers is gone: another browser, nothing but the paper.
  const fresh = await newPerson(browser, { viewport: "desktop" });
  await fresh.page.goto(server.origin);
  await signInBySheet(fresh.page, sheet.toLowerCase());
  await fresh.page.getByText("You came in with your sheet. It is used up.").waitFor();
  await look(fresh.page, "sheet-spent");
  const newSheet = await keepSheet(fresh.page);
  expect(newSheet).not.toBe(sheet);
  await openRoom(fresh.page, /Private/);
  await hear(fresh.page, "only for you");
  await fresh.page.keyboard.press("Escape");
  await signInBySheet(fresh.page, sheet);
  await fresh.page.getByRole("alert").waitFor();
  await signInBySheet(fresh.page, newSheet);
  await fresh.page.getByText("You came in with your sheet. It is used up.").waitFor();
  await fresh.close();
});
