/** A practice sets up, a family of four joins from browsers of their own, and they talk. */
import type { Browser } from "playwright-core";
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
let ben: Person;
let tom: Person;
let mia: Person;

beforeAll(async () => {
  server = await openWebServer();
  browser = await openBrowser("whole");
  lee = await newPerson(browser, { viewport: "desktop" });
  ana = await newPerson(browser, { viewport: "phone" });
  ben = await newPerson(browser, { viewport: "desktop", colorScheme: "dark" });
  tom = await newPerson(browser, { viewport: "phone", colorScheme: "dark" });
  mia = await newPerson(browser, { viewport: "phone" });
  await lee.context.grantPermissions(["clipboard-read", "clipboard-write"]);
});

afterAll(async () => {
  await browser?.close();
  await server?.close();
});

const links = new Map<string, string>();
const linkOf = (name: string) => links.get(name) ?? "";

test("a therapist sets up the practice with six words and a recovery sheet", async () => {
  const { page } = lee;
  await page.goto(server.origin);
  await page.getByRole("heading", { name: "Set up your practice" }).waitFor();
  await look(page, "set-up");
  const code = await server.makeSetupCode();
  await namePractice(page, { origin: server.origin, code, practice: "Elm Street", me: "Dr. Ada Lee" });
  expect(new URL(page.url()).hash).toBe("");
  await look(page, "choose-factor");
  await takeSixWords(page, (screen) => look(page, screen));
  await page.getByRole("heading", { name: "Your recovery sheet" }).waitFor();
  await look(page, "sheet-why");
  await keepSheet(page, (screen) => look(page, screen));
  await look(page, "rooms-empty");
});

test("a family of four is written down, and a parent's address cannot become the teenager's", async () => {
  const { page } = lee;
  await page.getByRole("link", { name: "Families" }).click();
  await look(page, "families-empty");
  await toRooms(page);
  await addFamily(page, "Rivera");
  await look(page, "family-empty");
  await addPerson(page, { name: "Ana", email: "ana@example.org" });
  await addPerson(page, { name: "Ben", relations: { Ana: "Partner of Ana" } });
  await addPerson(page, { name: "Tom", role: "Teenager", email: "ANA@example.org" });
  await page.getByText("Somebody else is reached at this address.").waitFor();
  await look(page, "contact-taken");
  await page.getByLabel("A safe way to reach them").selectOption({ label: "In person only" });
  await page.getByRole("button", { name: "Save" }).click();
  await addPerson(page, { name: "Mia", role: "Teenager", relations: { Tom: "Brother or sister of Tom" } });
  await page.getByRole("heading", { name: "Mia" }).waitFor();
  for (const name of ["Ana", "Ben", "Tom", "Mia"]) {
    links.set(name, await invite(page, name));
    if (name === "Ana") await look(page, "invitation");
    await page.getByRole("button", { name: "Close" }).click();
  }
  await look(page, "family-invited");
  expect(new Set(links.values()).size).toBe(4);
});

test("each joins in a browser of their own, by passkey or by six words", async () => {
  for (const [person, name] of [
    [ana, "Ana"],
    [ben, "Ben"],
    [tom, "Tom"],
    [mia, "Mia"],
  ] as const) {
    const { page } = person;
    if (name !== "Ben") await addAuthenticator(page);
    await page.goto(linkOf(name));
    await page.getByRole("heading", { name: `Hello ${name}` }).waitFor();
    expect(new URL(page.url()).hash).toBe("");
    if (name === "Ana" || name === "Ben") await look(page, `join-${name === "Ana" ? "phone" : "desktop"}`);
    if (name === "Ben") await takeSixWords(page, (screen) => look(page, `${screen}-dark`));
    else await page.getByRole("button", { name: "Continue" }).click();
    await page.getByRole("button", { name: "Show my sheet" }).waitFor();
    if (name === "Mia") await page.getByRole("button", { name: "Not now" }).click();
    else await keepSheet(page);
    await page
      .getByRole("link", { name: /Whole family/ })
      .first()
      .waitFor();
  }
  await look(ana.page, "rooms-phone");
  await look(ben.page, "rooms-desktop-dark");
});

test("everybody sees the rooms they are in, and no sign of any other", async () => {
  const roomsOf = async ({ page }: Person) => {
    const names = await page.getByRole("main").getByRole("link").locator("strong").allTextContents();
    return names.toSorted();
  };
  await expect.poll(() => roomsOf(ana)).toEqual(["Dr. Ada Lee", "Rivera", "The couple"]);
  await expect.poll(() => roomsOf(tom)).toEqual(["Brothers and sisters", "Dr. Ada Lee", "Rivera"]);
  await expect.poll(() => roomsOf(mia)).toEqual(["Brothers and sisters", "Dr. Ada Lee", "Rivera"]);
  // The address of somebody else's room is answered as one that never was.
  const link = tom.page.getByRole("link", { name: /Private/ }).first();
  const address = new URL((await link.getAttribute("href")) ?? "", server.origin).href;
  await openRoom(tom.page, /Private/);
  // Where somebody is stands in no address.
  expect(tom.page.url()).toBe(`${server.origin}/`);
  await toRooms(tom.page);
  for (const url of [address, `${server.origin}/r/00000000-0000-4000-8000-000000000000`]) {
    await ana.page.goto(url);
    await ana.page.getByText("This room is not here, or not open to you.").waitFor();
  }
  await look(ana.page, "room-not-here");
  await ana.page.goto(server.origin);
});

test("they talk in real time, under the names of everybody who will read it", async () => {
  await openRoom(ana.page, /Whole family/);
  const audience = ana.page.getByRole("region", { name: "Only these people will read this:" });
  for (const name of ["Ana", "Ben", "Tom", "Mia", "Dr. Ada Lee"]) {
    await audience
      .getByText(name, { exact: name !== "Ana" })
      .first()
      .waitFor();
  }
  await say(ana.page, "I would like to talk about the holidays.");
  await toRooms(lee.page);
  await openRoom(lee.page, /Whole family/);
  await openRoom(tom.page, /Whole family/);
  await hear(lee.page, "I would like to talk about the holidays.");
  await hear(tom.page, "I would like to talk about the holidays.");
  await say(tom.page, "Me too. But not only about who drives.");
  await hear(ana.page, "Me too. But not only about who drives.");
  await say(lee.page, "Thank you both.\nLet us begin with that on Tuesday.");
  await hear(ana.page, "Thank you both. Let us begin with that on Tuesday.");
  await look(ana.page, "room-phone");
  await look(tom.page, "room-phone-dark");
  await look(lee.page, "room-desktop");
  expect(await lee.page.getByRole("log").locator(".text").allTextContents()).toEqual([
    "I would like to talk about the holidays.",
    "Me too. But not only about who drives.",
    "Thank you both.\nLet us begin with that on Tuesday.",
  ]);
  await ana.page.getByRole("button", { name: "People in this room: 5" }).click();
  await look(ana.page, "people-phone");
  await ana.page.getByRole("button", { name: "Back to the messages" }).click();
});

test("what is written without a network waits, survives a reload, and arrives once and in order", async () => {
  const { context, page } = tom;
  await context.setOffline(true);
  await page.getByText("No connection.").waitFor();
  await say(page, "first, on the train");
  await say(page, "second, on the train: مرحبا 🙂");
  await expect.poll(() => page.getByText("Waiting to be sent").count()).toBe(2);
  await look(page, "room-offline");
  await page.reload();
  await hear(page, "second, on the train: مرحبا 🙂");
  await context.setOffline(false);
  await hear(lee.page, "second, on the train: مرحبا 🙂");
  const texts = await lee.page.getByRole("log").locator(".text").allTextContents();
  expect(texts.slice(-2)).toEqual(["first, on the train", "second, on the train: مرحبا 🙂"]);
  await expect.poll(() => page.getByText("Waiting to be sent").count()).toBe(0);
});

test("the therapist opens another room, lets somebody in who sees nothing of before, and takes them out again", async () => {
  const { page } = lee;
  await page.getByRole("link", { name: "Families" }).click();
  await page.getByRole("link", { name: /Rivera/ }).waitFor();
  await look(page, "families");
  await page.getByRole("link", { name: /Rivera/ }).click();
  await look(page, "family-joined");
  await page.getByText("Open another room").first().click();
  await page.getByLabel("Name of the room").fill("Summer");
  await look(page, "open-room");
  await page.getByRole("checkbox", { name: "Ana" }).check();
  await page.getByRole("button", { name: "Open another room" }).click();
  await page.getByRole("heading", { level: 1, name: "Summer" }).waitFor();
  await say(page, "between the two of us");
  await toRooms(ana.page);
  await openRoom(ana.page, /Summer/);
  await hear(ana.page, "between the two of us");
  await page.getByRole("button", { name: "Add Ben" }).click();
  await page.getByText("Ben would read nothing of what was said before.").waitFor();
  await page.getByRole("button", { name: "Let Ben in" }).click();
  await ana.page.getByText("Just now: Ben came in and will read this too.").waitFor();
  await openRoom(ben.page, /Summer/);
  await ben.page.getByText("You came in here. What was said before is not shown to you.").waitFor();
  expect(await ben.page.getByText("between the two of us").count()).toBe(0);
  await say(ana.page, "welcome, Ben");
  await hear(ben.page, "welcome, Ben");
  await ben.context.setOffline(true);
  await say(ben.page, "written too late");
  await page.getByRole("button", { name: "Remove Ben" }).click();
  await page.getByRole("dialog").waitFor();
  await look(page, "remove-ask");
  await page.getByRole("dialog").getByRole("button", { name: "Remove Ben" }).click();
  await page.getByRole("listitem").filter({ hasText: "Ben cannot read anything from here on." }).waitFor();
  await ben.context.setOffline(false);
  // What could not be sent is still his, with the reason, until he takes it away.
  await ben.page.getByText("Not sent").waitFor();
  await ben.page.getByText("This is not here, or not open to you.").waitFor();
  await look(ben.page, "room-refused");
  await ben.page.getByRole("button", { name: "Delete this message" }).click();
  await ben.page.getByRole("dialog").getByRole("button", { name: "Delete this message" }).click();
  await ben.page.getByText("This room is not here, or not open to you.").waitFor();
  await say(page, "without Ben");
  await hear(ana.page, "without Ben");
  expect(await ben.page.getByText("without Ben").count()).toBe(0);
});

test("one tap or the Escape key locks, and nothing of what was said is left on the screen", async () => {
  await ana.page.getByRole("button", { name: "Lock now" }).click();
  await ana.page.getByRole("heading", { name: "Welcome back" }).waitFor();
  await look(ana.page, "locked");
  await ben.page.keyboard.press("Escape");
  await ben.page.getByRole("heading", { name: "Welcome back" }).waitFor();
  expect(await ana.page.getByText("Ana").count()).toBe(0);
  await ana.page.getByRole("button", { name: "Sign in" }).click();
  await ana.page.getByRole("heading", { level: 1, name: "Summer" }).waitFor();
  await hear(ana.page, "without Ben");
});

test("nobody's page had an error or asked anybody but the server", () => {
  const isNoNetwork = (trouble: string) => trouble.includes("ERR_INTERNET_DISCONNECTED");
  for (const person of [lee, ana, ben, tom, mia]) {
    expect(person.troubles.filter((trouble) => !isNoNetwork(trouble))).toEqual([]);
  }
});
