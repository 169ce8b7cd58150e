/** Being told that there is something new: by mail, by push, by a calendar; and what others can see of it. */
import { readFile } from "node:fs/promises";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { newPerson, openBrowser, type Person } from "../support/browser.ts";
import { look } from "../support/look.ts";
import { openMailbox, textOf, type Mailbox } from "../support/mailbox.ts";
import { A_LOOK_MS } from "../support/reminder-house.ts";
import {
  addFamily,
  addPerson,
  hear,
  invite,
  namePractice,
  openRoom,
  say,
  showWordsWhenAsked,
  signInByWords,
  takeSixWords,
  toRooms,
  type Passphrase,
} from "../support/walk.ts";
import { openWebServer, type WebServer } from "../support/web-server.ts";

const ADDRESS = "quiet-place@example.org";
const SENTENCE = "There is something new. Hay algo nuevo.";

let ahead = 0;
let mailbox: Mailbox;
let browser: Browser;
let server: WebServer;
let lee: Person;
let tom: Person;
let words: Passphrase;

beforeAll(async () => {
  mailbox = await openMailbox();
  const mail = { url: mailbox.url, from: "hello@example.org" };
  server = await openWebServer({
    now: () => Date.now() + ahead,
    reminders: { mail, pushHosts: [] },
  });
  browser = await openBrowser("whole");
  lee = await newPerson(browser, { viewport: "desktop" });
  tom = await newPerson(browser, { viewport: "phone" });
  await showWordsWhenAsked(tom.page, () => words);
  await lee.context.grantPermissions(["clipboard-read", "clipboard-write"]);
});

afterAll(async () => {
  await browser?.close();
  await server?.close();
  await mailbox?.close();
});

const toAccount = (page: Page) => page.getByRole("link", { name: "Account" }).click();

test("a teenager comes in, and finds reminders off, each saying what others would see", async () => {
  const code = await server.makeSetupCode();
  await namePractice(lee.page, { origin: server.origin, code, practice: "Elm Street", me: "Dr. Ada Lee" });
  await takeSixWords(lee.page);
  await lee.page.getByRole("button", { name: "Not now" }).click();
  await addFamily(lee.page, "Rivera");
  await addPerson(lee.page, { name: "Tom", role: "Teenager" });
  const link = await invite(lee.page, "Tom");
  await lee.page.getByRole("button", { name: "Close" }).click();
  const { page } = tom;
  await page.goto(link);
  words = await takeSixWords(page);
  await page.getByRole("button", { name: "Not now" }).click();
  await openRoom(page, /Private/);
  await toRooms(page);
  await toAccount(page);
  await page.getByRole("heading", { name: "Reminders" }).waitFor();
  expect(await page.getByRole("button", { name: /Send me one now/ }).count()).toBe(0);
  await look(page, "reminders-off", { whole: true });
  await page.getByRole("button", { name: "On this device" }).click();
  await page.getByText(/Whoever looks at this screen can read/).waitFor();
  await look(page, "reminders-push", { whole: true });
  // This browser shows nobody any messages, and says so to the page.
  await page.getByRole("button", { name: "Switch on here" }).click();
  await page.getByText("This browser was told not to show messages from here.").waitFor();
  await page.getByRole("button", { name: "Cancel" }).click();
});

test("mail is switched on with the code that came, quiet hours are chosen, and one comes on request", async () => {
  const { page } = tom;
  await page.getByRole("button", { name: "By mail" }).click();
  await page.getByLabel("Mail address").fill("quiet-place");
  await page.getByRole("button", { name: "Send me a code" }).click();
  await page.getByText("This does not look like a mail address.").waitFor();
  await page.getByLabel("Mail address").fill(ADDRESS);
  await look(page, "reminders-mail", { whole: true });
  await page.getByRole("button", { name: "Send me a code" }).click();
  await page.getByText(`We sent six numbers to ${ADDRESS}.`).waitFor();
  const code = mailbox.codeFor(ADDRESS);
  await page.getByLabel("The six numbers").fill(code === "111111" ? "222222" : "111111");
  await page.getByRole("button", { name: "Switch on", exact: true }).click();
  await page.getByText("This is not the code in the mail.").waitFor();
  await page.getByLabel("The six numbers").fill(code);
  await page.getByRole("combobox", { name: "From" }).selectOption({ label: "22:00" });
  await look(page, "reminders-code", { whole: true });
  await page.getByRole("button", { name: "Switch on", exact: true }).click();
  await page.getByText("Quiet from 22:00 to 08:00").waitFor();
  await page.getByRole("button", { name: `Send me one now: ${ADDRESS}` }).click();
  await page.getByText("It is on its way.").waitFor();
  expect(
    mailbox
      .to(ADDRESS)
      .map((mail) => textOf(mail))
      .at(-1),
  ).toBe(SENTENCE);
  await look(page, "reminders-on", { whole: true });
  await page.emulateMedia({ colorScheme: "dark" });
  await look(page, "reminders-on-dark", { whole: true });
  await page.emulateMedia({ colorScheme: "light" });
  await page.getByRole("button", { name: `Change: ${ADDRESS}` }).click();
  await page.getByRole("checkbox", { name: "Quiet hours" }).uncheck();
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByText("No quiet hours").waitFor();
});

test("while away a reminder comes by mail; whoever taps on it finds the page locked, and what is new behind it", async () => {
  await tom.page.keyboard.press("Escape");
  await tom.page.getByRole("heading", { name: "Welcome back" }).waitFor();
  await toRooms(lee.page);
  await openRoom(lee.page, /Tom/);
  await say(lee.page, "how was the first day?");
  await hear(lee.page, "how was the first day?");
  const sent = lee.page.locator('.message[data-state="sent"]');
  await sent.filter({ hasText: "how was the first day?" }).waitFor();
  const before = mailbox.to(ADDRESS).length;
  ahead += A_LOOK_MS;
  await server.remind();
  expect(
    mailbox
      .to(ADDRESS)
      .slice(before)
      .map((mail) => textOf(mail)),
  ).toEqual([SENTENCE]);
  await signInByWords(tom.page, words);
  await toRooms(tom.page);
  await openRoom(tom.page, /Private/);
  await hear(tom.page, "how was the first day?");
  // He has been there: what he read is nothing new.
  await tom.page.keyboard.press("Escape");
  await tom.page.getByRole("heading", { name: "Welcome back" }).waitFor();
  ahead += A_LOOK_MS;
  await server.remind();
  expect(mailbox.to(ADDRESS)).toHaveLength(before + 1);
  await signInByWords(tom.page, words);
  await toRooms(tom.page);
});

test("a calendar takes a neutral event that is made on the device", async () => {
  const { page } = tom;
  await toAccount(page);
  await page.getByRole("button", { name: "In your calendar" }).click();
  await page.getByRole("combobox", { name: "Day" }).selectOption({ label: "Every Friday" });
  await page.getByRole("combobox", { name: "Time", exact: true }).selectOption({ label: "19:30" });
  const downloading = page.waitForEvent("download");
  await page.getByRole("button", { name: "Save for my calendar" }).click();
  const file = await downloading;
  expect(file.suggestedFilename()).toBe("sotto.ics");
  const text = await readFile(await file.path(), "utf8");
  expect(text).toMatch(/\r\nDTSTART:\d{8}T193000\r\n/);
  expect(text).toMatch(/\r\nSUMMARY:Sotto\r\n/);
  await page.getByText("Open the file that was saved.").waitFor();
  await look(page, "reminders-calendar", { whole: true });
});

test("a push shows the one sentence and nothing it might carry, and a second takes its place", async () => {
  const { context, page } = tom;
  await context.grantPermissions(["notifications"], { origin: server.origin });
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => null));
  const session = await context.newCDPSession(page);
  const found = new Promise<string>((resolve) => {
    session.on("ServiceWorker.workerRegistrationUpdated", ({ registrations }) => {
      const [registration] = registrations;
      if (registration !== undefined) resolve(registration.registrationId);
    });
  });
  await session.send("ServiceWorker.enable");
  const registrationId = await found;
  const shown = () =>
    page.evaluate(async () => {
      const registration = await navigator.serviceWorker.ready;
      const notifications = await registration.getNotifications();
      return notifications.map(({ body, tag, title }) => ({ body, tag, title }));
    });
  for (const data of ["", "Dr. Ada Lee wrote in Private"]) {
    await session.send("ServiceWorker.deliverPushMessage", {
      origin: server.origin,
      registrationId,
      data,
    });
    await expect.poll(shown, { timeout: 60_000 }).toEqual([{ body: "", tag: "reminder", title: SENTENCE }]);
  }
});

test("nothing of this asked anybody but this server, and nothing went wrong on the page", () => {
  // Refusals that were meant show in the console as failed requests.
  const strange = [...tom.troubles, ...lee.troubles].filter((trouble) => !trouble.includes("409"));
  expect(strange).toEqual([]);
});
