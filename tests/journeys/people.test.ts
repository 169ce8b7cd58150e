/** Who is in changes: a colleague comes, a member leaves, the family closes and opens, a therapist hands over and goes. */
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { addAuthenticator, newPerson, openBrowser, type Person } from "../support/browser.ts";
import { look } from "../support/look.ts";
import {
  addFamily,
  addPerson,
  hear,
  invite,
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
let cal: Person;
let ana: Person;
let ben: Person;

beforeAll(async () => {
  server = await openWebServer();
  browser = await openBrowser();
  lee = await newPerson(browser, { viewport: "desktop" });
  cal = await newPerson(browser, { viewport: "phone" });
  ana = await newPerson(browser, { viewport: "phone" });
  ben = await newPerson(browser, { viewport: "phone", colorScheme: "dark" });
  await lee.context.grantPermissions(["clipboard-read", "clipboard-write"]);
});

afterAll(async () => {
  await browser?.close();
  await server?.close();
});

/** Comes in by a link, with a passkey, and leaves the sheet for later. */
async function comeIn({ page }: Person, link: string): Promise<void> {
  await addAuthenticator(page);
  await page.goto(link);
  await page.getByRole("heading", { name: /^Hello/ }).waitFor();
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByRole("button", { name: "Not now" }).click();
}

const toPlace = async ({ page }: Person, name: "Practice" | "Families"): Promise<void> => {
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name }).click();
};

test("a therapist invites a colleague, who comes in by a link of their own and sees who works here", async () => {
  const { page } = lee;
  const code = await server.makeSetupCode();
  await namePractice(page, { origin: server.origin, code, practice: "Elm Street", me: "Dr. Ada Lee" });
  await takeSixWords(page);
  await page.getByRole("button", { name: "Not now" }).click();
  await toPlace(lee, "Practice");
  await page.getByRole("heading", { level: 1, name: "Elm Street" }).waitFor();
  await look(page, "practice-alone");
  await page.getByRole("button", { name: "Invite a colleague" }).click();
  await page.getByLabel("Name", { exact: true }).fill("Cal Moreno");
  await look(page, "practice-invite");
  await page.getByRole("button", { name: "Make the invitation" }).click();
  await page.getByRole("img", { name: "Invitation for Cal Moreno" }).waitFor();
  await look(page, "practice-invited");
  await page.bringToFront();
  await page.getByRole("button", { name: "Copy link" }).click();
  await page.getByRole("button", { name: "Copied" }).waitFor();
  await comeIn(cal, await page.evaluate(() => navigator.clipboard.readText()));
  await toPlace(cal, "Practice");
  await cal.page.getByText("Checked by the invitation code").waitFor();
  await look(cal.page, "practice-phone");
  await page.getByText("Checked by the invitation code").waitFor();
  expect(await page.getByText("Checked by the invitation code").count()).toBe(1);
});

test("the colleague joins a family; which private rooms they read is chosen one by one, and its people see who came", async () => {
  const { page } = lee;
  await addFamily(page, "Rivera");
  await addPerson(page, { name: "Ana" });
  await addPerson(page, { name: "Ben", relations: { Ana: "Partner of Ana" } });
  for (const [person, name] of [
    [ana, "Ana"],
    [ben, "Ben"],
  ] as const) {
    const link = await invite(page, name);
    await page.getByRole("button", { name: "Close", exact: true }).click();
    await comeIn(person, link);
    await person.page
      .getByRole("link", { name: /Whole family/ })
      .first()
      .waitFor();
  }
  await openRoom(ana.page, /Private/);
  await say(ana.page, "only for you");
  await page.getByRole("button", { name: "Add a colleague" }).click();
  await page.getByRole("checkbox", { name: "Private: Ana" }).check();
  await page.getByText("Cal Moreno will read what Ana writes to you from now on.").waitFor();
  await look(page, "add-colleague", { whole: true });
  await page.getByRole("button", { name: "Add Cal Moreno" }).click();
  await ana.page.getByText("Just now: Cal Moreno came in and will read this too.").waitFor();
  await look(ana.page, "colleague-came-in");
  await toPlace(cal, "Families");
  await cal.page.getByRole("link", { name: /Rivera/ }).click();
  await cal.page.getByRole("heading", { level: 3, name: "Ben" }).waitFor();
  await cal.page.getByText("Rooms of this family that you are not in").waitFor();
  await look(cal.page, "family-colleague-phone", { whole: true });
  await toRooms(cal.page);
  await openRoom(cal.page, /Private/);
  expect(await cal.page.getByText("only for you").count()).toBe(0);
});

test("an adult leaves: they are told plainly what happens, it is under way, and then they are in no room", async () => {
  const { page } = ben;
  await openRoom(page, /Whole family/);
  await say(page, "this stays");
  await page.getByRole("button", { name: /^People in this room/ }).click();
  await page.getByRole("link", { name: "Leave these rooms" }).click();
  await page.getByRole("heading", { level: 1, name: "Leave the rooms of this family?" }).waitFor();
  await look(page, "leave-ask", { whole: true });
  await lee.context.setOffline(true);
  await cal.context.setOffline(true);
  await page.getByRole("button", { name: "Leave", exact: true }).click();
  await page.getByRole("heading", { level: 1, name: "You have asked to leave." }).waitFor();
  await look(page, "leave-under-way");
  await page.getByRole("button", { name: "To the rooms" }).click();
  await openRoom(page, /Whole family/);
  await page.getByText("You can read here until you are taken out, and not write.").waitFor();
  await look(page, "room-leaving");
  await toRooms(page);
  await lee.context.setOffline(false);
  await cal.context.setOffline(false);
  await page.getByRole("heading", { level: 1, name: "You are in no room now" }).waitFor();
  await look(page, "in-no-room");
  await toRooms(ana.page);
  await openRoom(ana.page, /Whole family/);
  await hear(ana.page, "this stays");
  expect(await page.getByText("this stays").count()).toBe(0);
  await lee.page.getByText("No longer here: Ben").waitFor();
});

test("the family closes and opens again; each room says why nobody writes", async () => {
  const { page } = lee;
  await page.getByText("Close this family").click();
  await page.getByRole("button", { name: "Close the rooms" }).click();
  await page.getByRole("dialog").waitFor();
  await look(page, "close-ask");
  await page.getByRole("dialog").getByRole("button", { name: "Close the rooms" }).click();
  await page.getByRole("heading", { name: "This family is closed" }).waitFor();
  await page.getByText("Closed", { exact: true }).nth(2).waitFor();
  await look(page, "family-closed", { whole: true });
  await ana.page.getByText("This room is closed. You can read all of it.").waitFor();
  expect(await ana.page.getByRole("textbox", { name: "Message" }).count()).toBe(0);
  await look(ana.page, "room-closed");
  await toRooms(ana.page);
  await look(ana.page, "rooms-closed");
  await toPlace(lee, "Families");
  await page.getByRole("heading", { level: 2, name: "Closed" }).waitFor();
  await look(page, "families-closed");
  await page.getByRole("link", { name: /Rivera/ }).click();
  await page.getByRole("button", { name: "Open the rooms again" }).click();
  await page.getByText("Close this family").waitFor();
  await openRoom(ana.page, /Whole family/);
  await ana.page.getByText("This room was opened again. You can write here.").waitFor();
  await say(ana.page, "back again");
});

test("the therapist hands over and leaves; the colleague ends the access, and the family is in good hands", async () => {
  const { page } = lee;
  await toPlace(lee, "Practice");
  await page.getByText("Leave this practice").click();
  await look(page, "leave-practice");
  await page.getByRole("button", { name: "Hand over Rivera" }).click();
  await page.getByText("Cal Moreno comes into all your rooms of this family").waitFor();
  await look(page, "hand-over");
  await page.getByRole("button", { name: "Hand over", exact: true }).click();
  await page.getByText("Nothing hangs on you any more.").waitFor();
  await page.getByRole("button", { name: "Ask to leave" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Ask to leave" }).click();
  await page.getByText("You asked to leave. A colleague has to end your access.").waitFor();
  await look(page, "leave-asked");
  await ana.page.getByText("Dr. Ada Lee cannot read anything from here on.").waitFor();
  await toRooms(cal.page);
  await toPlace(cal, "Practice");
  await cal.page.getByText("Asked to leave", { exact: true }).waitFor();
  await look(cal.page, "colleague-leaves");
  await cal.page.getByRole("button", { name: "End access of Dr. Ada Lee" }).click();
  await cal.page.getByRole("dialog").waitFor();
  await look(cal.page, "end-access");
  await cal.page.getByRole("dialog").getByRole("button", { name: "End access" }).click();
  await page.getByRole("heading", { name: "Welcome back" }).waitFor();
  await cal.page.getByRole("heading", { name: "Dr. Ada Lee" }).waitFor({ state: "detached" });
  await say(ana.page, "to Cal");
  await toRooms(cal.page);
  await openRoom(cal.page, /Whole family/);
  await hear(cal.page, "to Cal");
  expect(await page.getByText("to Cal").count()).toBe(0);
});

test("nobody's page had an error or asked anybody but the server", () => {
  const isExpected = (trouble: string) =>
    trouble.includes("ERR_INTERNET_DISCONNECTED") || trouble.includes("401");
  for (const person of [lee, cal, ana, ben]) {
    expect(person.troubles.filter((trouble) => !isExpected(trouble))).toEqual([]);
  }
});
