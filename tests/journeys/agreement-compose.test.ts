/** A therapist composes a family's agreement: from a template, through everything that does not fit, to the offer; and what is composed outlives the page. */
import { readFile } from "node:fs/promises";
import type { Browser, Locator, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { newPerson, openBrowser, type Person } from "../support/browser.ts";
import { look } from "../support/look.ts";
import {
  addFamily,
  addPerson,
  namePractice,
  signInByWords,
  takeSixWords,
  type Passphrase,
} from "../support/walk.ts";
import { openWebServer, type WebServer } from "../support/web-server.ts";

const IMAGE = "<img src=x onerror=alert(1)>";
const THIS_YEAR = new Date().getFullYear();

let browser: Browser;
let server: WebServer;
let lee: Person;
let page: Page;
let way: Passphrase;
let address: string;
let file: string;
const troubles: string[] = [];

beforeAll(async () => {
  server = await openWebServer();
  browser = await openBrowser();
  lee = await newPerson(browser, { viewport: "phone" });
  ({ page } = lee);
});

afterAll(async () => {
  await browser?.close();
  await server?.close();
});

/** People are one section, people outside another. */
const PEOPLE = /^People \d/;

const named = (title: string | RegExp): RegExp =>
  typeof title === "string" ? new RegExp(`^${title}`) : title;
const opener = (title: string | RegExp): Locator =>
  page.getByRole("heading", { level: 3 }).getByRole("button", { name: named(title) });
const panel = (title: string | RegExp): Locator => page.getByRole("region", { name: named(title) });
const unfold = (within: Locator | Page, text: string): Promise<void> =>
  within.locator("summary", { hasText: text }).click();

/** Opens one part of the screen. */
async function openPart(title: string | RegExp): Promise<Locator> {
  if ((await opener(title).getAttribute("aria-expanded")) === "false") await opener(title).click();
  await panel(title).waitFor();
  return panel(title);
}

const choose = (within: Locator, name: string | RegExp): Promise<void> =>
  within.getByRole("radio", { name }).check({ force: true });
const kept = (): Promise<void> => page.getByText("Kept on this device").waitFor();

test("a therapist has a family with a teen, and somebody who only helps", async () => {
  const code = await server.makeSetupCode();
  await namePractice(page, { origin: server.origin, code, practice: "Elm Street", me: "Dr. Ada Lee" });
  way = await takeSixWords(page);
  await page.getByRole("button", { name: "Not now" }).click();
  await addFamily(page, "Rivera");
  await addPerson(page, { name: "Tom", role: "Teenager" });
  await page.getByRole("button", { name: "Invite Tom" }).waitFor();
  await addPerson(page, { name: "Ana", relations: { Tom: "Guardian of Tom" } });
  await page.getByRole("button", { name: "Invite Ana" }).waitFor();
  await addPerson(page, { name: "Ben" });
  await page.getByRole("button", { name: "Invite Ben" }).waitFor();
  await addPerson(page, { name: "Ruth", role: "Someone who helps" });
  await page.getByRole("button", { name: "Invite Ruth" }).waitFor();
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Families" }).click();
  const href = await page.getByRole("link", { name: /Rivera/ }).getAttribute("href");
  expect(href).toMatch(/^\/f\/[0-9a-f-]{36}$/);
  address = `${server.origin}${(href ?? "").replace("/f/", "/a/")}/compose`;
});

test("it begins at the template that suits the family, which says where it comes from and that nobody has checked it", async () => {
  await page.goto(address);
  await page.getByRole("heading", { level: 1, name: "Compose the agreement" }).waitFor();
  expect(await page.getByRole("radio").count()).toBe(5);
  await page.getByText("R-60, R-63").waitFor();
  await page.getByText("Confirm with counsel").waitFor();
  await look(page, "compose-begin-phone", { whole: true });
  await page.emulateMedia({ colorScheme: "dark" });
  await look(page, "compose-begin-phone-dark", { whole: true });
  await page.emulateMedia({ colorScheme: "light" });
  await page.getByRole("button", { name: "Begin", exact: true }).click();
  await page.getByRole("heading", { name: "What is left to do" }).waitFor();
  await kept();
  await look(page, "compose-phone", { whole: true });
  await unfold(page, "Show all of it");
  await look(page, "compose-summary-phone", { whole: true });
  await unfold(page, "Show all of it");
});

test("how old the teen is, and what the law of a place says of it, makes the promise doubtful", async () => {
  const people = await openPart(PEOPLE);
  await people.getByText("How old is Tom?").waitFor();
  await people.getByText("Who decides for Tom: Ana.").waitFor();
  await people.getByLabel("Birthday of Tom").fill(`${THIS_YEAR - 15}-01-02`);
  await people.getByText("15 years old").waitFor();
  expect(await people.getByText("How old is Tom?").count()).toBe(0);
  await look(page, "compose-people-phone", { whole: true });
  const places = await openPart("Places");
  await places.getByText("Choose whose law counts").waitFor();
  await places.getByLabel("Add a place").selectOption({ label: "Texas" });
  await places.getByText("Fam. Code 32.004").first().waitFor();
  await unfold(places, "What the law says");
  await look(page, "compose-places-phone", { whole: true });
  const minors = await openPart("Children and teenagers");
  await minors.getByText("Tom, Texas: guardians may have a right to ask what is said.").waitFor();
  await look(page, "compose-minors-phone", { whole: true });
  await choose(minors, /^Guardians may hear all/);
  expect(await minors.getByText("guardians may have a right").count()).toBe(0);
  await choose(minors, /^Guardians hear how it goes/);
  await minors.getByRole("checkbox", { name: "Ana" }).uncheck();
  await minors.getByText("Nobody says yes for Tom. Name who does.").waitFor();
  await minors.getByRole("checkbox", { name: "Ana" }).check();
});

test("nobody can promise secrecy in court, and what somebody says who has not signed is not passed on", async () => {
  const court = await openPart("If it comes to court");
  await choose(court, /^A promise/);
  await court.getByText("No one can promise this.").waitFor();
  await page.getByText("1 thing to mend before you can offer it").waitFor();
  expect(await page.getByRole("button", { name: "Offer it to them" }).isDisabled()).toBe(true);
  const people = await openPart(PEOPLE);
  await people.getByRole("checkbox", { name: "Ruth signs" }).uncheck();
  const policy = await openPart("What is said alone");
  await choose(policy, /^No secrets/);
  await policy.getByText("You cannot pass on what Ruth says").waitFor();
  await page.getByText("2 things to mend before you can offer it").waitFor();
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.emulateMedia({ colorScheme: "dark" });
  await look(page, "compose-policy-desktop-dark");
  await page.emulateMedia({ colorScheme: "light" });
  await look(page, "compose-policy-desktop", { whole: true });
  await page.setViewportSize({ width: 360, height: 740 });
  await look(page, "compose-policy-phone", { whole: true });
  await choose(policy, /^Limited secrets/);
  expect(await policy.getByText("You cannot pass on").count()).toBe(0);
  await openPart("If it comes to court");
  await choose(panel("If it comes to court"), /^No promise/);
  await kept();
  expect(await page.getByText("to mend before you can offer it").count()).toBe(0);
});

test("each part is chosen by keys and by hand; markup that is typed stays text", async () => {
  const messages = await openPart("Messages, and when it cannot wait");
  await messages.getByText("Nobody is named to call when it cannot wait.").waitFor();
  await messages.getByRole("checkbox", { name: "Mail" }).check();
  await messages.getByText("Others may read mail.").waitFor();
  await messages.getByLabel("Answer within how many hours: Rooms in this app").fill("1000");
  await messages.getByText("Write a whole number for the hours until an answer").waitFor();
  await messages.getByLabel("Answer within how many hours: Rooms in this app").fill("24");
  await messages.getByRole("checkbox", { name: "Mail" }).uncheck();
  await messages.getByLabel("Name of the crisis line").fill(IMAGE);
  await messages.getByLabel("Number of the crisis line").fill("988");
  expect(await messages.getByText("Nobody is named to call").count()).toBe(0);
  await look(page, "compose-messages-phone", { whole: true });
  await messages.getByRole("button", { name: "Next: How it can change" }).press("Enter");
  await panel("How it can change").waitFor();
  expect(await opener("How it can change").evaluate((one) => one === document.activeElement)).toBe(true);
  await panel("How it can change").getByLabel("Months until you read it all again").fill("30");
  await panel("How it can change").getByText("More than a year is long.").waitFor();
  await panel("How it can change").getByLabel("Months until you read it all again").fill("12");
  const outside = await openPart("People outside");
  await unfold(outside, "Name somebody");
  await outside.getByLabel("Name of the person outside").fill(IMAGE);
  await outside.getByRole("button", { name: "Add this person" }).click();
  await outside.getByText(`Tom may talk to ${IMAGE}`).first().waitFor();
  await look(page, "compose-outside-phone", { whole: true });
  await outside.getByRole("button", { name: `Take out ${IMAGE}` }).click();
  const worries = await openPart("If something goes wrong");
  await worries.getByLabel("How to reach: You").fill(`${IMAGE} in the room`);
  await unfold(worries, "What families read here");
  await worries.getByText(`tell the therapist. ${IMAGE} in the room`).first().waitFor();
  await look(page, "compose-worries-phone", { whole: true });
  await worries.getByLabel("How to reach: You").fill("In the room");
});

test("how hard the words are is shown for each reader and language, with the hardest sentences, and all of it as they will read it", async () => {
  const reading = await openPart("How it reads");
  await reading.getByText("The hardest sentences").waitFor();
  await look(page, "compose-reading-phone", { whole: true });
  await reading.getByLabel("Reader").selectOption({ label: "Teens" });
  await reading.getByLabel("Language").selectOption({ label: "Spanish" });
  await unfold(reading, "The whole text");
  const spanish = reading.locator("[lang=es]").filter({ hasText: "Tom" });
  expect(await spanish.count()).toBeGreaterThan(0);
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.emulateMedia({ colorScheme: "dark" });
  await look(page, "compose-reading-desktop-dark", { whole: true });
  await page.emulateMedia({ colorScheme: "light" });
  await page.setViewportSize({ width: 360, height: 740 });
});

test("a part is written in the practice's own words, measured while they are typed, and refused where they may not stand", async () => {
  const telling = await openPart("Time to tell it yourself");
  await unfold(telling, "Write it in your own words");
  await telling.getByLabel("Reader").selectOption({ label: "Teens" });
  const text = telling.getByLabel("What this part says: Teens, English");
  const usual = await text.inputValue();
  expect(usual).toContain("\n");
  expect(await telling.getByRole("button", { name: "Go back to the usual words" }).isDisabled()).toBe(true);
  await text.fill(
    "Notwithstanding confidentiality considerations, communication of significant information necessitates consultation.",
  );
  await telling.getByText("Harder than grade 6").waitFor();
  await telling.getByText("Hardest sentence, grade").waitFor();
  await look(page, "compose-own-hard-phone", { whole: true });
  await text.fill(`We talk first. ${IMAGE}`);
  await telling.getByText("These words do not stand yet").waitFor();
  await telling.getByText("There is code in this text.").waitFor();
  await telling.getByText("Your words for teens in English cannot stand like this.").waitFor();
  expect(await page.getByRole("button", { name: "Offer it to them" }).isDisabled()).toBe(true);
  await look(page, "compose-own-refused-phone", { whole: true });
  await telling.getByRole("button", { name: "Go back to the usual words" }).click();
  expect(await text.inputValue()).toBe(usual);
  await text.fill("We talk about it first.\nThen you tell it, and I help.");
  await telling.getByText("Good to read").waitFor();
  await telling.getByText("In your own words (1)").waitFor();
  await unfold(telling, "What families read here");
  await telling.getByText("Then you tell it, and I help.").nth(1).waitFor();
  await look(page, "compose-own-phone", { whole: true });
  await page.setViewportSize({ width: 1280, height: 800 });
  await look(page, "compose-own-desktop", { whole: true });
  await page.setViewportSize({ width: 360, height: 740 });
  const minors = await openPart("Children and teenagers");
  await unfold(minors, "Write it in your own words");
  await minors.getByLabel("What this part says: Adults, English").fill("Tom decides what Ana hears.");
  const reading = await openPart("How it reads");
  await reading.getByLabel("Reader").selectOption({ label: "Teens" });
  await unfold(reading, "The whole text");
  await reading.getByText("Then you tell it, and I help.").waitFor();
  await kept();
});

test("the choices are saved as a template without anybody's name", async () => {
  const files = await openPart("Templates and files");
  await unfold(files, "Save or share as a template");
  await files.getByLabel("Name of the template, in English").fill(IMAGE);
  await files.getByRole("button", { name: "Save the file" }).click();
  await files.getByText("This was not saved").waitFor();
  await files.getByText("Where: template.title.en").waitFor();
  await files.getByText("Where: template.choices.messages.crisisLine.name").waitFor();
  await look(page, "compose-save-phone", { whole: true });
  const messages = await openPart("Messages, and when it cannot wait");
  await messages.getByLabel("Name of the crisis line").fill("Lifeline");
  await openPart("Templates and files");
  await unfold(files, "Save or share as a template");
  await files.getByText("Time to tell it yourself (Teens, English)").waitFor();
  await files.getByText("These stay here, as a name is in them").waitFor();
  await files.getByText("Children and teenagers (Adults, English)").waitFor();
  await look(page, "compose-save-own-phone", { whole: true });
  await files.getByLabel("Name of the template, in English").fill("Our teens");
  const downloading = page.waitForEvent("download");
  await files.getByRole("button", { name: "Save the file" }).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toBe("our-teens-1.json");
  file = await readFile(await download.path(), "utf8");
  expect(file).toContain('"format": "sotto-agreement-template/1"');
  expect(file).toContain("Then you tell it, and I help.");
  expect(file).not.toMatch(/Tom|Ana|Ben|Ruth|Rivera/);
});

test("they are shared with the practice: begun from again as the next version, with who saved each and when, and taken off the list", async () => {
  const files = panel("Templates and files");
  await files.getByRole("button", { name: "Share with your practice" }).click();
  await files.getByText("Shared. Each therapist of your practice finds it now.").waitFor();
  await files.getByText("The next version of “Our teens”").waitFor();
  await files.getByRole("button", { name: "Share with your practice" }).click();
  await files.getByRole("button", { name: "Share with your practice", disabled: false }).waitFor();
  await files.getByText("Shared. Each therapist of your practice finds it now.").waitFor();
  await look(page, "compose-shared-phone", { whole: true });
  await kept();
  // Another family begins from it.
  await page.goto(`${server.origin}/families`);
  await addFamily(page, "Lake");
  await addPerson(page, { name: "Zoe", role: "Teenager" });
  await page.getByRole("button", { name: "Invite Zoe" }).waitFor();
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Families" }).click();
  const href = await page.getByRole("link", { name: /Lake/ }).getAttribute("href");
  await page.goto(`${server.origin}${(href ?? "").replace("/f/", "/a/")}/compose`);
  await page.getByRole("heading", { level: 1, name: "Compose the agreement" }).waitFor();
  await page.getByRole("radio", { name: /^Our teens/ }).check({ force: true });
  await page.getByText(/^2, as of /).waitFor();
  await unfold(page, "1 earlier version");
  await page.getByRole("button", { name: "Begin from version 1" }).waitFor();
  await look(page, "compose-begin-shared-phone", { whole: true });
  await page.setViewportSize({ width: 1280, height: 800 });
  await look(page, "compose-begin-shared-desktop", { whole: true });
  await page.setViewportSize({ width: 360, height: 740 });
  await page.getByRole("button", { name: "Take it off the list: Our teens" }).click();
  await page.getByText("Off the list (1)").waitFor();
  expect(await page.getByRole("radio").count()).toBe(5);
  await unfold(page, "Off the list (1)");
  await look(page, "compose-retired-phone", { whole: true });
  await page.getByRole("button", { name: "Put it back on the list: Our teens" }).click();
  await page.getByRole("radio", { name: /^Our teens/ }).check({ force: true });
  await page.getByRole("button", { name: "Begin", exact: true }).click();
  const telling = await openPart("Time to tell it yourself");
  await telling.getByText("In your own words (1)").waitFor();
  await kept();
  await page.goto(address);
  await openPart("Templates and files");
});

test("a file that is not right is refused with all that is wrong in it, and with what to do", async () => {
  const files = panel("Templates and files");
  await unfold(files, "Bring in a template file");
  const bring = (text: string) =>
    files
      .getByLabel("Choose a file")
      .setInputFiles([{ name: "template.json", mimeType: "application/json", buffer: Buffer.from(text) }]);
  const wording = { clause: "limits.child-abuse", language: "en", reader: "adult", text: "Help comes." };
  const { format, template } = JSON.parse(file) as { format: string; template: Record<string, unknown> };
  const withWordings = (...wordings: readonly object[]): string =>
    JSON.stringify({ format, template: { ...template, wordings } });
  await bring(
    withWordings(
      { ...wording, clause: "limits.weather" },
      { ...wording, text: "If {nobody} is hurt." },
      { ...wording, reader: "teen", text: IMAGE },
    ),
  );
  await files.getByText("3 things to mend:").waitFor();
  await files.getByText("There is no sentence with the name “limits.weather”.").waitFor();
  await files.getByText("Where: template.wordings.0.clause").waitFor();
  await files.getByText("The words ask for “{nobody}”").waitFor();
  await files.getByText("There is code in this text.").waitFor();
  await look(page, "compose-refused-phone", { whole: true });
  await bring("a".repeat(10_000_000));
  await files.getByText("This file is too big for a template.").waitFor();
  await bring("no file of ours");
  await files.getByText("This is no template file.").waitFor();
  expect(await files.getByRole("button", { name: "Take its words only" }).count()).toBe(0);
  await bring(JSON.stringify({ format: "another/9", template }));
  await files.getByText("This file is of another kind: “another/9”.").waitFor();
  await bring(withWordings(wording));
  await files.getByText("This file is good: Our teens").waitFor();
  await files.getByText("1 sentence in words of its own").waitFor();
  expect(await files.getByText("This is no template file.").count()).toBe(0);
  await files.getByRole("button", { name: "Take its words only" }).click();
  await page.getByText("The template “Our teens” is on this device only.").waitFor();
  await look(page, "compose-only-here-phone");
  // Somebody typed words for it: they are read before the whole practice has them.
  await page.getByRole("button", { name: "Read it, then share it" }).click();
  await files
    .getByRole("button", { name: "Save the file" })
    .or(files.getByText("Save or share as a template"))
    .first()
    .waitFor();
  await page.getByRole("button", { name: "Keep it here" }).click();
  await page.getByText("is on this device only").waitFor({ state: "detached" });
  const telling = await openPart("Time to tell it yourself");
  await telling.getByText("Read them: do they still fit?").waitFor();
  await telling.getByRole("button", { name: "My words still fit" }).click();
  await telling.getByText("Read them: do they still fit?").waitFor({ state: "detached" });
  const limits = await openPart("What can never be kept secret");
  await unfold(limits, "What families read here");
  await limits.getByRole("listitem").getByText("Help comes.").waitFor();
  await kept();
});

test("whoever closes the page finds the draft again as it was", async () => {
  troubles.push(...lee.troubles);
  await page.close();
  page = await lee.context.newPage();
  await page.goto(address);
  const there = page.getByRole("heading", { level: 1, name: "Compose the agreement" });
  await there
    .or(page.getByLabel("Sign-in name"))
    .or(page.getByRole("radio", { name: /^Six words/ }))
    .first()
    .waitFor();
  if (!(await there.isVisible())) {
    await signInByWords(page, way);
    await page.getByRole("button", { name: "Lock now" }).waitFor();
    await page.goto(address);
  }
  await there.waitFor();
  const messages = await openPart("Messages, and when it cannot wait");
  expect(await messages.getByLabel("Name of the crisis line").inputValue()).toBe("Lifeline");
  const limits = await openPart("What can never be kept secret");
  await unfold(limits, "What families read here");
  await limits.getByRole("listitem").getByText("Help comes.").waitFor();
  await kept();
});

test("it is offered by whoever has looked at what is doubtful, and the next version begins where it ended", async () => {
  await page.getByRole("button", { name: "Offer it to them" }).click();
  const sheet = page.getByRole("dialog", { name: "Offer this to all of them?" });
  await sheet.getByText("Ana: for their own part, and as guardian of Tom").waitFor();
  await sheet.getByText("Tom: with a yes of their own").waitFor();
  await sheet.getByText("Nothing of it holds until all of them have signed.").waitFor();
  expect(await sheet.getByText(/^Ruth:/).count()).toBe(0);
  expect(await sheet.getByRole("button", { name: "Offer it to them" }).isDisabled()).toBe(true);
  await unfold(sheet, "What you have to look at");
  await look(page, "compose-offer-phone");
  await sheet.getByRole("checkbox").check();
  await sheet.getByRole("button", { name: "Offer it to them" }).click();
  await sheet.waitFor({ state: "detached" });
  await page.getByRole("heading", { level: 1 }).filter({ hasNotText: "Compose the agreement" }).waitFor();
  await page.goto(address);
  await page.getByRole("heading", { name: "Go on from version 1" }).waitFor();
  await page.getByText("This version has words of your practice.").waitFor();
  await look(page, "compose-again-phone", { whole: true });
  await page.getByRole("button", { name: "Begin from this version" }).click();
  const policy = await openPart("What is said alone");
  await choose(policy, /^What is said alone stays/);
  const telling = await openPart("Time to tell it yourself");
  await telling.getByText("Read them: do they still fit?").waitFor();
  await look(page, "compose-own-unsure-phone", { whole: true });
  await unfold(telling, "In your own words (1)");
  await telling.getByLabel("Reader").selectOption({ label: "Teens" });
  await telling.getByLabel("What this part says: Teens, English").fill("It all stays here.");
  await telling.getByRole("button", { name: "My words still fit" }).click();
  await telling.getByText("Read them: do they still fit?").waitFor({ state: "detached" });
  const limits = await openPart("What can never be kept secret");
  await unfold(limits, "What families read here");
  await limits.getByRole("listitem").getByText("Help comes.").waitFor();
  await openPart(PEOPLE);
  await panel(PEOPLE).getByRole("checkbox", { name: "Ben is part of this" }).uncheck();
  const difference = await openPart("What changes");
  await difference.getByText("Compared with version 1.").waitFor();
  await difference.getByText("Ben is no longer in it.").waitFor();
  await difference.getByText("The therapist does not share it with the others.").waitFor();
  await difference.getByText("It all stays here.").waitFor();
  expect(await difference.getByText("Help comes.").count()).toBe(0);
  await look(page, "compose-difference-phone", { whole: true });
  await page.setViewportSize({ width: 1280, height: 800 });
  await look(page, "compose-difference-desktop");
  await page.setViewportSize({ width: 360, height: 740 });
  await page.getByRole("button", { name: "Offer it to them" }).click();
  await page.getByText("The version that waits for signatures now is taken back.").waitFor();
  await page.getByRole("button", { name: "Not now" }).click();
});

test("no page had an error or asked anybody but the server", () => {
  expect([...troubles, ...lee.troubles].filter((trouble) => !trouble.includes("401"))).toEqual([]);
});
