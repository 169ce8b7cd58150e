/** Two people talk: they answer, change, delete, take back, and find again what was said. */
import type { Browser, Locator, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { addAuthenticator, newPerson, openBrowser, type Person } from "../support/browser.ts";
import { look } from "../support/look.ts";
import {
  addFamily,
  addPerson,
  hear,
  invite,
  keepSheet,
  namePractice,
  openRoom,
  say,
  takeSixWords,
  toRooms,
} from "../support/walk.ts";
import { openWebServer, type WebServer } from "../support/web-server.ts";

let browser: Browser;
let server: WebServer;
let lee: Person;
let ana: Person;
/** How far the server's clock is ahead. */
let shift = 0;

beforeAll(async () => {
  server = await openWebServer({ now: () => Date.now() + shift });
  browser = await openBrowser();
  lee = await newPerson(browser, { viewport: "desktop", colorScheme: "dark" });
  ana = await newPerson(browser, { viewport: "phone" });
  for (const { context } of [lee, ana]) await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const code = await server.makeSetupCode();
  await namePractice(lee.page, { origin: server.origin, code, practice: "Elm Street", me: "Dr. Ada Lee" });
  await takeSixWords(lee.page);
  await keepSheet(lee.page);
  await addFamily(lee.page, "Rivera");
  await addPerson(lee.page, { name: "Ana" });
  await lee.page.getByRole("heading", { name: "Ana" }).waitFor();
  const link = await invite(lee.page, "Ana");
  await lee.page.getByRole("button", { name: "Close" }).click();
  await addAuthenticator(ana.page);
  await ana.page.goto(link);
  await ana.page.getByRole("button", { name: "Continue" }).click();
  await ana.page.getByRole("button", { name: "Not now" }).click();
  await openRoom(ana.page, /Whole family/);
  await toRooms(lee.page);
  await openRoom(lee.page, /Whole family/);
}, 180_000);

afterAll(async () => {
  await browser?.close();
  await server?.close();
});

const messageIn = (page: Page, text: string): Locator =>
  page
    .getByRole("log")
    .locator(".message")
    .filter({ has: page.locator(".text", { hasText: text }) })
    .last();
/** The newest message is wholly in sight. */
const isAtEnd = (page: Page) =>
  page.getByRole("log").evaluate((log) => log.scrollHeight - log.scrollTop - log.clientHeight < 2);
const menuOf = (page: Page, text: string) =>
  messageIn(page, text).getByRole("button", { name: /^More about/ });
const choose = async (page: Page, text: string, name: string) => {
  await menuOf(page, text).click();
  await page.getByRole("menuitem", { name }).click();
};

test("an answer shows what it answers, on the way and in the room, and leads there", async () => {
  await say(ana.page, "Could we meet on Friday instead of Thursday? I have to work late this week.");
  await hear(lee.page, "Could we meet on Friday instead of Thursday? I have to work late this week.");
  // By the keyboard alone.
  await menuOf(lee.page, "Could we meet").focus();
  await lee.page.keyboard.press("Enter");
  await lee.page.getByRole("menuitem", { name: "Reply" }).waitFor();
  await look(lee.page, "message-menu-desktop-dark");
  // Escape shuts the menu and nothing else; the last choice is where the arrow that points up leads.
  await lee.page.keyboard.press("Escape");
  await expect.poll(() => lee.page.getByRole("menuitem").count()).toBe(0);
  await expect
    .poll(() => lee.page.evaluate(() => document.activeElement?.getAttribute("aria-label")))
    .toMatch(/^More about/);
  await lee.page.keyboard.press("ArrowUp");
  const focused = () => lee.page.evaluate(() => document.activeElement?.textContent ?? "");
  await expect.poll(focused).toBe("Copy text");
  await lee.page.keyboard.press("Home");
  await expect.poll(focused).toBe("Reply");
  await lee.page.keyboard.press("Enter");
  await lee.page.getByText("You answer Ana").waitFor();
  await expect.poll(() => lee.page.evaluate(() => document.activeElement?.tagName)).toBe("TEXTAREA");
  await look(lee.page, "answering-desktop-dark");
  // What it answers is kept with the draft.
  await lee.page.keyboard.type("Yes, Friday at ten.");
  await lee.page.reload();
  await lee.page.getByText("You answer Ana").waitFor();
  await say(lee.page, "Yes, Friday at ten.");
  await hear(ana.page, "Yes, Friday at ten.");
  await messageIn(ana.page, "Yes, Friday at ten.").getByText("Could we meet on Friday").waitFor();
  await look(ana.page, "answer-phone");
  await ana.page.getByRole("button", { name: /^Answer to yourself/ }).click();
  await expect
    .poll(() => ana.page.evaluate(() => document.activeElement?.textContent ?? ""))
    .toContain("Could we meet");
  // Nothing is answered any more when it is dropped.
  await choose(ana.page, "Yes, Friday at ten.", "Reply");
  await ana.page.getByText("You answer Dr. Ada Lee").waitFor();
  await look(ana.page, "answering-phone");
  await ana.page.getByRole("button", { name: "Do not answer this message" }).click();
  expect(await ana.page.getByText("You answer Dr. Ada Lee").count()).toBe(0);
});

test("a message is changed by its author and marked; another's cannot be", async () => {
  await menuOf(ana.page, "Yes, Friday at ten.").click();
  await ana.page.getByRole("menuitem", { name: "Reply" }).waitFor();
  expect(await ana.page.getByRole("menuitem").allTextContents()).toEqual(["Reply", "Copy text"]);
  await look(ana.page, "message-menu-phone");
  await ana.page.getByRole("menuitem", { name: "Copy text" }).click();
  await expect
    .poll(() => ana.page.evaluate(() => navigator.clipboard.readText()))
    .toBe("Yes, Friday at ten.");
  await choose(ana.page, "Could we meet", "Change");
  await ana.page.getByText("You change your message").waitFor();
  await look(ana.page, "changing-phone");
  await ana.page.getByRole("textbox", { name: "Message" }).fill("Could we meet on Friday?");
  await ana.page.getByRole("button", { name: "Save" }).click();
  await hear(lee.page, "Could we meet on Friday?");
  await messageIn(lee.page, "Could we meet on Friday?").getByText("changed").first().waitFor();
  expect(await lee.page.getByText("instead of Thursday").count()).toBe(0);
});

/** Ana changes her words by a server that dates the change too late. */
async function changeTooLate(from: string, to: string): Promise<void> {
  shift += 16 * 60_000;
  await choose(ana.page, from, "Change");
  await ana.page.getByRole("textbox", { name: "Message" }).fill(to);
  await ana.page.getByRole("button", { name: "Save" }).click();
  await messageIn(ana.page, to).getByText("Not changed").waitFor();
}

test("a change that the server dates too late is not changed for anybody, and says so; its words are kept until she decides", async () => {
  await say(ana.page, "Bring the green book.");
  await hear(lee.page, "Bring the green book.");
  await changeTooLate("Bring the green book.", "Bring the blue book.");
  const line = messageIn(ana.page, "Bring the blue book.");
  await line.getByText("It is too late to change this.").waitFor();
  expect(await line.getByText("changed", { exact: true }).count()).toBe(0);
  await expect.poll(() => isAtEnd(ana.page), { timeout: 10_000 }).toBe(true);
  await look(ana.page, "change-too-late-phone");
  await line.getByRole("button", { name: "Keep it as it was" }).click();
  const dialog = ana.page.getByRole("dialog", { name: "Keep it as it was?" });
  await dialog.getByText("The message stays as others read it.").waitFor();
  await look(ana.page, "change-too-late-ask-phone");
  await dialog.getByRole("button", { name: "Keep it as it was" }).click();
  await messageIn(ana.page, "Bring the green book.").getByText("Sent").waitFor();
  await say(ana.page, "Bring the small bag.");
  await hear(lee.page, "Bring the small bag.");
  await changeTooLate("Bring the small bag.", "Bring the large bag.");
  await messageIn(ana.page, "Bring the large bag.")
    .getByRole("button", { name: "Take it back and look again" })
    .click();
  const box = ana.page.getByRole("textbox", { name: "Message" });
  await expect.poll(() => box.inputValue()).toBe("Bring the large bag.");
  await messageIn(ana.page, "Bring the small bag.").getByText("Sent").waitFor();
  await box.fill("");
  expect(await lee.page.getByText(/blue book|large bag/).count()).toBe(0);
});

test("on a large screen too", async () => {
  await say(lee.page, "We begin at nine.");
  await hear(ana.page, "We begin at nine.");
  shift += 16 * 60_000;
  await choose(lee.page, "We begin at nine.", "Change");
  await lee.page.getByRole("textbox", { name: "Message" }).fill("We begin at ten.");
  await lee.page.getByRole("button", { name: "Save" }).click();
  await messageIn(lee.page, "We begin at ten.").getByText("Not changed").waitFor();
  await look(lee.page, "change-too-late-desktop-dark");
  await messageIn(lee.page, "We begin at ten.").getByRole("button", { name: "Keep it as it was" }).click();
  await lee.page.getByRole("dialog").getByRole("button", { name: "Keep it as it was" }).click();
  await messageIn(lee.page, "We begin at nine.").getByText("Sent").waitFor();
  expect(await ana.page.getByText("We begin at ten.").count()).toBe(0);
});

/** The setting in Ana's account; back in the room afterwards. */
async function chooseUndo(label: string): Promise<void> {
  await toRooms(ana.page);
  await ana.page.getByRole("link", { name: "Account" }).click();
  await ana.page.getByLabel("Time to undo").selectOption({ label });
  await look(ana.page, "account-undo-phone", { whole: true });
  await toRooms(ana.page);
  await openRoom(ana.page, /Whole family/);
}

test("a message can be undone for as long as one has chosen, and its words are back where they were written", async () => {
  await chooseUndo("30 seconds");
  const box = ana.page.getByRole("textbox", { name: "Message" });
  await box.fill("I wish I had never come.");
  await ana.page.getByRole("button", { name: "Send", exact: true }).click();
  await ana.page.getByRole("button", { name: "Undo" }).waitFor();
  await expect.poll(() => isAtEnd(ana.page)).toBe(true);
  await look(ana.page, "undo-phone");
  await ana.page.getByRole("button", { name: "Undo" }).click();
  await expect.poll(() => box.inputValue()).toBe("I wish I had never come.");
  await ana.page.getByRole("log").getByText("I wish I had never come.").waitFor({ state: "detached" });
  await box.fill("");
  await chooseUndo("No time");
  await box.fill("This goes at once.");
  await ana.page.getByRole("button", { name: "Send", exact: true }).click();
  await messageIn(ana.page, "This goes at once.").getByText("Sent").waitFor();
  expect(await ana.page.getByRole("button", { name: "Undo" }).count()).toBe(0);
});

test("what is deleted is gone for both, with its quotes, and says so", async () => {
  await choose(ana.page, "Could we meet on Friday?", "Delete for everyone");
  await ana.page.getByRole("dialog").waitFor();
  await look(ana.page, "delete-ask-phone");
  await ana.page.getByRole("dialog").getByRole("button", { name: "Delete for everyone" }).click();
  await ana.page.getByText("You deleted a message.").waitFor();
  await lee.page.getByText("Ana deleted a message.").waitFor();
  await lee.page.getByText("This was deleted.").waitFor();
  expect(await lee.page.getByText("Could we meet").count()).toBe(0);
  await look(lee.page, "deleted-desktop-dark");
  await look(ana.page, "deleted-phone");
});

test("addresses can be followed, emoji are large, long texts fold, and each text has its own direction", async () => {
  await say(ana.page, "It is here: https://example.org/a_(b)?c=d. Bring it.");
  const address = messageIn(lee.page, "It is here").getByRole("link");
  await address.waitFor();
  expect(await address.textContent()).toBe("https://example.org/a_(b)?c=d");
  expect(await address.getAttribute("rel")).toBe("noopener noreferrer");
  expect(await address.getAttribute("target")).toBe("_blank");
  await say(ana.page, "🙂👍🏽");
  await say(ana.page, "مرحبا، هل يمكننا الحديث غدا؟");
  const long = Array.from({ length: 30 }, (_, line) => `Line ${line + 1} of a long letter.`).join("\n");
  await say(lee.page, long);
  const showAll = messageIn(ana.page, "Line 1 of a long letter.").getByRole("button", { name: "Show all" });
  await showAll.waitFor();
  await expect.poll(() => isAtEnd(ana.page)).toBe(true);
  await look(ana.page, "texts-phone");
  await look(lee.page, "texts-desktop-dark");
  const text = messageIn(ana.page, "Line 1 of a long letter.").locator(".text");
  const folded = (await text.boundingBox())?.height ?? 0;
  await showAll.click();
  await messageIn(ana.page, "Line 1 of a long letter.").getByRole("button", { name: "Show less" }).waitFor();
  expect((await text.boundingBox())?.height ?? 0).toBeGreaterThan(folded * 2);
  const arabic = messageIn(lee.page, "مرحبا").locator(".text");
  expect(await arabic.evaluate((element) => getComputedStyle(element).direction)).toBe("rtl");
});

test("what was said is found as one types, and a tap leads to it", async () => {
  await toRooms(ana.page);
  await look(ana.page, "rooms-search-phone");
  await ana.page.getByRole("link", { name: "Search messages" }).click();
  await ana.page.getByLabel("Words to look for").fill("fri");
  await ana.page.getByText("1 message found").waitFor();
  expect(await ana.page.locator("mark").allTextContents()).toEqual(["Fri"]);
  await look(ana.page, "search-phone");
  await ana.page.getByLabel("Words to look for").fill("thursday");
  await ana.page.getByText("Nothing found.").waitFor();
  await ana.page.getByLabel("Words to look for").fill("هل");
  await ana.page.getByText("1 message found").waitFor();
  await ana.page.getByLabel("Words to look for").fill("friday");
  await ana.page.getByText("1 message found").waitFor();
  await ana.page.getByRole("button", { name: /Yes, Friday at ten/ }).click();
  await ana.page.getByRole("log").waitFor();
  await expect
    .poll(() => ana.page.evaluate(() => document.activeElement?.textContent ?? ""))
    .toContain("Yes, Friday at ten.");
  await look(ana.page, "found-phone");
  await lee.page.getByRole("link", { name: "Search messages" }).click();
  await lee.page.getByLabel("Words to look for").fill("long letter");
  await lee.page.getByText("1 message found").waitFor();
  await look(lee.page, "search-desktop-dark");
});

test("a deletion that comes when the rooms are closed says that it was not done, and is asked for anew", async () => {
  for (const { page } of [lee, ana]) {
    await toRooms(page);
    await openRoom(page, /Whole family/);
  }
  await say(ana.page, "Forget this.");
  await hear(lee.page, "Forget this.");
  // Nothing that she says reaches the server. To be offline, as a browser plays it, does not hold back a worker's requests for certain.
  await ana.context.route("**/frames", (route) => route.abort());
  await choose(ana.page, "Forget this.", "Delete for everyone");
  await ana.page.getByRole("dialog").getByRole("button", { name: "Delete for everyone" }).click();
  await messageIn(ana.page, "Forget this.").waitFor({ state: "detached" });
  await lee.page.getByRole("link", { name: "Families" }).click();
  await lee.page.getByRole("link", { name: /Rivera/ }).click();
  await lee.page.getByText("Close this family").click();
  await lee.page.getByRole("button", { name: "Close the rooms" }).click();
  await lee.page.getByRole("dialog").getByRole("button", { name: "Close the rooms" }).click();
  await lee.page.getByRole("heading", { name: "This family is closed" }).waitFor();
  await ana.page.getByText("You deleted a message. Waiting to be sent.").waitFor();
  await ana.context.unroute("**/frames");
  const line = messageIn(ana.page, "Forget this.");
  await line.getByText("Not deleted").waitFor();
  await line.getByText("It is still there for all who read here.").waitFor();
  expect(await line.getByText("You can delete it anew.").count()).toBe(0);
  await look(ana.page, "not-deleted-phone");
  await ana.page.setViewportSize({ width: 1280, height: 800 });
  await look(ana.page, "not-deleted-wide");
  await ana.page.setViewportSize({ width: 360, height: 740 });
  await lee.page.getByRole("button", { name: "Open the rooms again" }).click();
  await ana.page.getByRole("textbox", { name: "Message" }).waitFor();
  // It stays until she decides, also after she has come back.
  await ana.page.reload();
  await line.getByText("Not deleted").waitFor();
  await line.getByText("You can delete it anew.").waitFor();
  await line.getByRole("button", { name: "Keep it there" }).click();
  await line.getByText("Sent").waitFor();
  await choose(ana.page, "Forget this.", "Delete for everyone");
  await ana.page.getByRole("dialog").getByRole("button", { name: "Delete for everyone" }).click();
  await toRooms(lee.page);
  await openRoom(lee.page, /Whole family/);
  await messageIn(lee.page, "Forget this.").waitFor({ state: "detached" });
  expect(await ana.page.getByText("Forget this.").count()).toBe(0);
});

test("nobody's page had an error or asked anybody but the server", () => {
  // What Ana said did not reach the server for a while.
  const isOurs = (trouble: string) => !trouble.includes("ERR_FAILED");
  for (const { troubles } of [lee, ana]) expect(troubles.filter(isOurs)).toEqual([]);
});
