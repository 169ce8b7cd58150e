/** A closed family's rooms end: by the practice's rule, not while a hold is on, and only when two people have agreed. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { addAuthenticator, newPerson, openBrowser, type Person } from "../support/browser.ts";
import { look } from "../support/look.ts";
import { runSotto } from "../support/operator.ts";
import {
  addFamily,
  addPerson,
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
let ground: string;
let lee: Person;
let pia: Person;
let ana: Person;

beforeAll(async () => {
  server = await openWebServer();
  browser = await openBrowser();
  ground = await mkdtemp(join(tmpdir(), "sotto-kept-"));
  lee = await newPerson(browser, { viewport: "phone" });
  pia = await newPerson(browser, { viewport: "desktop", colorScheme: "dark" });
  ana = await newPerson(browser, { viewport: "phone", colorScheme: "dark" });
  await lee.context.grantPermissions(["clipboard-read", "clipboard-write"]);
});

afterAll(async () => {
  await browser?.close();
  await server?.close();
  await rm(ground, { recursive: true, force: true });
});

const toPlace = async ({ page }: Person, name: "Practice" | "Families"): Promise<void> => {
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name }).click();
};

async function comeIn({ page }: Person, link: string): Promise<void> {
  await addAuthenticator(page);
  await page.goto(link);
  await page.getByRole("heading", { name: /^Hello/ }).waitFor();
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByRole("button", { name: "Not now" }).click();
}

test("two people run a practice, with a family, a word said in private, and the practice's continuity", async () => {
  const { page } = lee;
  const code = await server.makeSetupCode();
  await namePractice(page, { origin: server.origin, code, practice: "Elm Street", me: "Dr. Ada Lee" });
  await takeSixWords(page);
  await page.getByRole("button", { name: "Not now" }).click();
  await toPlace(lee, "Practice");
  await page.getByRole("button", { name: "Invite a colleague" }).click();
  await page.getByLabel("Name", { exact: true }).fill("Pia Sand");
  await page.getByLabel("Role").selectOption({ label: "Privacy officer" });
  await page.getByRole("button", { name: "Make the invitation" }).click();
  await page.getByRole("img", { name: "Invitation for Pia Sand" }).waitFor();
  await page.bringToFront();
  await page.getByRole("button", { name: "Copy link" }).click();
  await page.getByRole("button", { name: "Copied" }).waitFor();
  await comeIn(pia, await page.evaluate(() => navigator.clipboard.readText()));
  await page.getByText("Checked by the invitation code").waitFor();
  expect(await runSotto(["custodian", "make", join(ground, "made")])).toMatchObject({ status: 0 });
  await page.getByRole("button", { name: "Bring it in" }).click();
  await page.locator("input[type=file]").setInputFiles(join(ground, "made", "custodian-public.txt"));
  await page.getByRole("button", { name: "Bring it in" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Bring it in" }).click();
  await page.getByText("You look after no rooms.").waitFor();
  await addFamily(page, "Rivera");
  await addPerson(page, { name: "Ana" });
  await addPerson(page, { name: "Tom", role: "Teenager" });
  const link = await invite(page, "Ana");
  await page.getByRole("button", { name: "Close", exact: true }).click();
  await comeIn(ana, link);
  await ana.page
    .getByRole("link", { name: /Private/ })
    .first()
    .waitFor();
  await openRoom(ana.page, /Private/);
  await say(ana.page, "only for you");
  await toRooms(ana.page);
});

test("the practice starts from a place's rule, sees where it comes from, and changes it; what contradicts itself is said", async () => {
  const { page } = lee;
  await toPlace(lee, "Practice");
  await page.getByText("There is no rule yet.").waitFor();
  await page.getByRole("button", { name: "Set the rule" }).click();
  await page.getByText("Confirm with counsel before you rely on it.").waitFor();
  const place = page.getByLabel("Start from the rule of a place");
  await place.selectOption({ label: "Colorado: LPC" });
  await page.getByText("4 CCR 737-1, Rule 1.16 (as of 2024-09-10)").waitFor();
  await page.getByText("That is 12 years.").waitFor();
  await place.selectOption({ label: "California: LMFT, LEP, LCSW, LPCC" });
  expect(await page.getByText("Confirm with counsel").count()).toBe(0);
  await look(page, "rule-form", { whole: true });
  await page.getByLabel("Months for the rooms with the family").fill("85");
  await page.getByRole("button", { name: "Save this rule" }).click();
  await page.getByText("kept at least as long as the rooms with the family.").waitFor();
  await page.getByLabel("Months for the rooms with the family").fill("seven");
  await page.getByRole("button", { name: "Save this rule" }).click();
  await page.getByText("Write a whole number of months, from 0 to 1200.").waitFor();
  await page.getByLabel("Months for the rooms with the family").fill("0");
  await page.getByLabel("Months for the room of the professionals").fill("0");
  await page.getByLabel("Months after the youngest turns 18").fill("0");
  await page.getByText("This is shorter than the rule of that place.").waitFor();
  await page.getByRole("button", { name: "Save this rule" }).click();
  await page.getByText("Started from: California: LMFT, LEP, LCSW, LPCC").waitFor();
  await page.getByText("Confirm with counsel before you rely on it.").waitFor();
  await look(page, "rule-set", { whole: true });
  await toPlace(pia, "Practice");
  await pia.page.getByText("Started from: California").waitFor();
  await look(pia.page, "rule-officer-dark", { whole: true });
});

test("a closed family says what stands in the way: nobody knows the youngest's age, then a hold", async () => {
  const { page } = lee;
  await toPlace(lee, "Families");
  await page.getByRole("link", { name: /Rivera/ }).click();
  await page.getByText("Close this family").click();
  await page.getByRole("button", { name: "Close the rooms" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Close the rooms" }).click();
  await page.getByText("Nobody has said when the youngest turns 18.").waitFor();
  await look(page, "keeping-minor", { whole: true });
  expect(await page.getByText("End these rooms for good").count()).toBe(0);
  await page.getByRole("button", { name: "Save this month" }).click();
  await page.getByText("Choose the month and the year.").waitFor();
  await page.getByRole("combobox", { name: "Month" }).selectOption({ label: "March" });
  await page.getByRole("combobox", { name: "Year" }).selectOption({ label: "2020" });
  await page.getByRole("button", { name: "Save this month" }).click();
  await page.getByText("The youngest turns 18 in March 2020.").waitFor();
  await page.getByText("Nothing stands in the way.").waitFor();
  await page.getByText("Put this family on hold").click();
  await page.getByLabel("Why it has to stay").selectOption({ label: "A court asked for it" });
  await page.getByRole("button", { name: "Put it on hold" }).click();
  await page.getByText("It is on hold. A court asked for it.").waitFor();
  expect(await page.getByText("End these rooms for good").count()).toBe(0);
  await look(page, "keeping-held", { whole: true });
  await page.getByRole("button", { name: "Lift the hold" }).click();
  await look(page, "hold-lift-ask");
  await page.getByRole("dialog").getByRole("button", { name: "Lift the hold" }).click();
  await page.getByText("Nothing stands in the way.").waitFor();
});

test("whoever was in the rooms reads before the end that they do not stay for ever", async () => {
  const { page } = ana;
  await openRoom(page, /Private/);
  await page.getByText("One day it ends, and what is in it is gone.").waitFor();
  expect(await page.getByText("only for you").first().isVisible()).toBe(true);
  await look(page, "closed-family-phone-dark");
  await toRooms(page);
});

test("the therapist sees what would be lost and for whom, and asks; one cannot answer oneself", async () => {
  const { page } = lee;
  await page.getByText("End these rooms for good").click();
  await page.getByText("Private: Ana").last().waitFor();
  await page.getByRole("checkbox", { name: "Also the room of the professionals" }).check();
  await page.getByText("3 rooms and all that is in them").waitFor();
  await page.getByText("Tell the family first.").first().waitFor();
  await look(page, "end-ask", { whole: true });
  await page.getByRole("button", { name: "Ask to end them" }).click();
  await page.getByRole("dialog").waitFor();
  await look(page, "end-ask-sure");
  await page.getByRole("dialog").getByRole("button", { name: "Ask to end them" }).click();
  await page.getByText("Somebody else who runs the practice has to agree.").waitFor();
  await look(page, "end-asked", { whole: true });
  expect(await page.getByRole("link", { name: "Look at it and decide" }).count()).toBe(0);
});

test("the privacy officer sees the checks and no name of the family, and agrees knowingly", async () => {
  const { page } = pia;
  await page.getByText("A family that you do not look after").waitFor();
  expect(await page.getByText(/Rivera|Ana\b|Tom\b/).count()).toBe(0);
  await page.getByRole("button", { name: "Look at it and decide" }).click();
  const sheet = page.getByRole("dialog", { name: "End these rooms for good?" });
  await sheet.getByText("What the device of Dr. Ada Lee has checked").waitFor();
  await sheet.getByText("Started from: California").waitFor();
  expect(await sheet.getByRole("button", { name: "I agree: end them" }).isDisabled()).toBe(true);
  await sheet.getByRole("checkbox", { name: "I know that what is lost cannot come back." }).check();
  await look(page, "end-decide-dark");
  await page.setViewportSize({ width: 360, height: 740 });
  await look(page, "end-decide-phone-dark");
  await page.setViewportSize({ width: 1280, height: 800 });
  await sheet.getByRole("button", { name: "I agree: end them" }).click();
});

test("the rooms are gone from the family's phone, with a plain line and nothing of what was in them", async () => {
  const { page } = ana;
  await page.getByRole("heading", { level: 1, name: "Your rooms have ended" }).waitFor();
  await page.getByText("2 rooms have ended").click();
  await page.getByText(/^2 rooms on .*, by the practice$/).waitFor();
  await look(page, "ended-family-phone-dark");
  await page.emulateMedia({ colorScheme: "light" });
  await look(page, "ended-family-phone");
  await page.reload();
  await page.getByRole("heading", { level: 1, name: "Your rooms have ended" }).waitFor();
  expect(await page.getByText("only for you").count()).toBe(0);
});

test("what has ended has a certificate, and the practice is told that its sheets still open old copies", async () => {
  const { page } = lee;
  await toPlace(lee, "Practice");
  await page.getByText("3 rooms have ended").first().waitFor();
  await page.getByRole("button", { name: "Show the certificate" }).click();
  await page.getByText("Agreed by").waitFor();
  await page.getByText("Each device lets go of the rooms").waitFor();
  await page.getByText("Backups from before hold the rooms").waitFor();
  await page.getByText("Rooms have ended since these sheets were made.").waitFor();
  await look(page, "certificate-phone", { whole: true });
  await page.emulateMedia({ media: "print" });
  expect(await page.getByText("Agreed by").isVisible()).toBe(true);
  expect(await page.getByText("Who works here").isVisible()).toBe(false);
  await page.emulateMedia({ media: "screen" });
  await toPlace(lee, "Families");
  await page.getByRole("heading", { level: 1, name: "Families" }).waitFor();
  expect(await page.getByText("Rivera").count()).toBe(0);
  await pia.page.getByRole("button", { name: "Show the certificate" }).click();
  await look(pia.page, "certificate-dark", { whole: true });
});

test("nobody's page had an error or asked anybody but the server", () => {
  for (const person of [lee, pia, ana]) {
    expect(person.troubles.filter((trouble) => !trouble.includes("401"))).toEqual([]);
  }
});
