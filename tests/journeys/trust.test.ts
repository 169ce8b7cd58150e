/** Whose keys are whose, what of the past somebody may read, and losing everything: on phones, as it happens in a session. */
import type { Browser, Page } from "playwright-core";
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
  type Passphrase,
} from "../support/walk.ts";
import { openWebServer, type WebServer } from "../support/web-server.ts";

let browser: Browser;
let server: WebServer;
let lee: Person;
let ana: Person;
let ben: Person;
let words: Passphrase;

beforeAll(async () => {
  server = await openWebServer();
  browser = await openBrowser();
  lee = await newPerson(browser, { viewport: "phone" });
  ana = await newPerson(browser, { viewport: "phone" });
  ben = await newPerson(browser, { viewport: "phone", colorScheme: "dark" });
  await lee.context.grantPermissions(["clipboard-read", "clipboard-write"]);
});

afterAll(async () => {
  await browser?.close();
  await server?.close();
});

const openPeople = (page: Page) => page.getByRole("button", { name: /^People in this room/ }).click();

const textsIn = (page: Page) => page.getByRole("log").locator(".text").allTextContents();

test("a practice with a family of two", async () => {
  const { page } = lee;
  await addAuthenticator(page);
  const code = await server.makeSetupCode();
  await namePractice(page, { origin: server.origin, code, practice: "Elm Street", me: "Dr. Ada Lee" });
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByRole("button", { name: "Not now" }).click();
  await addFamily(page, "Rivera");
  await addPerson(page, { name: "Ana" });
  await addPerson(page, { name: "Ben" });
  await ana.page.goto(await invite(page, "Ana"));
  await addAuthenticator(ana.page);
  await ana.page.getByRole("button", { name: "Continue" }).click();
  await ana.page.getByRole("button", { name: "Not now" }).click();
  await ben.page.goto(await invite(page, "Ben"));
  await ben.page.getByRole("radiogroup").waitFor();
  words = await takeSixWords(ben.page);
  await keepSheet(ben.page);
  await openRoom(ana.page, /Whole family/);
  await openRoom(ben.page, /Whole family/);
  await expect.poll(() => page.getByText("Checked by the invitation code").count()).toBe(2);
});

test("somebody is let in with a part of the past that was chosen, and everybody sees it", async () => {
  const { page } = lee;
  await page.getByText("Open another room").first().click();
  await page.getByLabel("Name of the room").fill("Summer");
  await page.getByRole("checkbox", { name: "Ana" }).check();
  await page.getByRole("button", { name: "Open another room" }).click();
  await page.getByRole("heading", { level: 1, name: "Summer" }).waitFor();
  await say(page, "before Ben");
  await toRooms(ana.page);
  await openRoom(ana.page, /Summer/);
  await hear(ana.page, "before Ben");
  await say(ana.page, "an answer, before Ben");
  await hear(page, "an answer, before Ben");
  await openPeople(page);
  await page.getByRole("button", { name: "Add Ben" }).click();
  await page.getByText("Ben would read nothing of what was said before.").waitFor();
  await look(page, "past-nothing");
  await page.getByRole("radio", { name: /^All that you can read/ }).check({ force: true });
  await page.getByText(/Ben would read 2 messages by Dr. Ada Lee and Ana/).waitFor();
  await look(page, "past-all", { whole: true });
  await page.getByRole("button", { name: "Let Ben in" }).click();
  await toRooms(ben.page);
  await openRoom(ben.page, /Summer/);
  await hear(ben.page, "an answer, before Ben");
  await hear(ben.page, "before Ben");
  await ana.page.getByText("Dr. Ada Lee let Ben read everything that was said here.").waitFor();
  await look(ben.page, "past-read");
  expect(await textsIn(ben.page)).toEqual(["before Ben", "an answer, before Ben"]);
  await page.getByRole("button", { name: "Back to the messages" }).click();
});

test("two people compare numbers, and each sees the other as checked", async () => {
  const [{ page }, other] = [ana, ben.page];
  await openPeople(page);
  await page.getByRole("button", { name: "Compare numbers with Ben" }).click();
  await openPeople(other);
  await other.getByRole("button", { name: "Compare numbers with Ana" }).click();
  const numbers = (of: Page) =>
    of.getByRole("list", { name: "The numbers" }).getByRole("listitem").allTextContents();
  await expect.poll(() => numbers(page)).toHaveLength(12);
  await expect.poll(() => numbers(other)).toEqual(await numbers(page));
  await look(page, "compare", { whole: true });
  await look(other, "compare-dark");
  await page.getByRole("button", { name: "They are the same", exact: true }).click();
  await page.getByText("Good. Ben is who they say.").waitFor();
  await page.getByText(/Checked in person/).waitFor();
  await look(page, "compared");
  await other.getByRole("button", { name: "They are not the same" }).click();
  await other.getByText("Do not write anything private here.").waitFor();
  await look(other, "compare-wrong");
  for (const each of [page, other]) {
    await each.getByRole("button", { name: "Close", exact: true }).click();
    await each.getByRole("button", { name: "Back to the messages" }).click();
  }
});

test("who lost everything comes back by a new code, on the same phone, to all that was said", async () => {
  const { page } = lee;
  await page.getByRole("link", { name: "All rooms" }).click();
  await page.getByRole("link", { name: "Families" }).click();
  await page.getByRole("link", { name: /Rivera/ }).click();
  await page.getByRole("button", { name: "Ana lost every way in" }).click();
  await page.getByRole("dialog").waitFor();
  await look(page, "lost-ask");
  await page.getByRole("dialog").getByRole("button", { name: "Shut the old account" }).click();
  await page.getByText("Needs a new code").waitFor();
  await look(page, "lost-shut");
  await ana.page.getByRole("heading", { name: "Welcome back" }).waitFor();
  const fresh = await invite(page, "Ana");
  await ana.page.goto("about:blank");
  await ana.page.goto(fresh);
  await ana.page.getByRole("heading", { name: "Somebody already uses Sotto here" }).waitFor();
  await ana.page.getByText("I lost every way in").click();
  await look(ana.page, "lost-mine");
  await ana.page.getByRole("button", { name: "Begin anew" }).click();
  await ana.page.getByRole("dialog").getByRole("button", { name: "Begin anew" }).click();
  await ana.page.getByRole("button", { name: "Continue" }).click();
  await ana.page.getByRole("button", { name: "Not now" }).click();
  await openRoom(ana.page, /Summer/);
  await hear(ana.page, "an answer, before Ben");
  await hear(ana.page, "before Ben");
  await look(ana.page, "lost-back");
  expect(await textsIn(ana.page)).toEqual(["before Ben", "an answer, before Ben"]);
});

test("the others are warned in every room until they have said that they know, and beside the name until they have compared", async () => {
  const { page } = ben;
  await page.getByText("The keys of Ana have changed.").waitFor();
  await page.getByText("Ana came back with new keys. Dr. Ada Lee checked again who it is.").waitFor();
  await look(page, "keys-changed");
  await page.getByRole("button", { name: "I understand" }).click();
  await expect.poll(() => page.getByText("The keys of Ana have changed.").count()).toBe(0);
  await openPeople(page);
  await page.locator(".people-pane").getByText("New keys, not checked").waitFor();
  await look(page, "keys-unchecked");
  await page.getByRole("button", { name: "Compare numbers with Ana" }).click();
  await page.getByRole("button", { name: "They are the same", exact: true }).click();
  await expect.poll(() => page.getByText("New keys, not checked").count()).toBe(0);
  await page.getByRole("button", { name: "Back to the messages" }).click();
});

test("somebody whose sheet may be in other hands begins anew with new keys", async () => {
  const { page } = ben;
  await page.getByRole("link", { name: "All rooms" }).click();
  await page.getByRole("link", { name: "Account" }).click();
  await page.getByRole("button", { name: "Somebody may have my sheet or phone" }).click();
  await page.getByRole("heading", { name: "Begin anew with new keys" }).waitFor();
  await look(page, "anew-why");
  await page.getByRole("button", { name: "Begin" }).click();
  const code = ((await page.locator(".paper .code").textContent()) ?? "").trim();
  await page.getByRole("button", { name: "I have it on paper" }).click();
  await look(page, "anew-ways");
  await page.getByLabel(`The six words of ${words.name}`).fill(words.words);
  await page.getByRole("button", { name: "Show these words" }).click();
  await page.getByText("Stays").waitFor();
  await look(page, "anew-kept");
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByLabel("Code", { exact: true }).fill(code);
  await look(page, "anew-prove");
  await page.getByRole("button", { name: "Make everything new" }).click();
  await page.getByText("Done. You have new keys.").waitFor();
  await look(page, "anew-done");
  await page.getByRole("button", { name: "Continue" }).click();
  await toRooms(page);
  await openRoom(page, /Summer/);
  await say(page, "with new keys");
  await hear(ana.page, "with new keys");
  await ana.page.getByText("Ben made new keys, signed with the old ones.").waitFor();
  expect(await ana.page.getByText("The keys of Ben have changed.").count()).toBe(0);
});

test("nobody's page had an error or asked anybody but the server", () => {
  const isRefused = (trouble: string) => trouble.includes("status of 401");
  for (const person of [lee, ana, ben]) {
    expect(person.troubles.filter((trouble) => !isRefused(trouble))).toEqual([]);
  }
});
