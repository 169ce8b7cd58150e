/** If nobody is left: the sheets are brought in, the rooms name what keeps the practice going, and everybody sees when it is used. */
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
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
  hear,
  invite,
  namePractice,
  openRoom,
  say,
  takeSixWords,
  toRooms,
} from "../support/walk.ts";
import { openWebServer, type WebServer } from "../support/web-server.ts";

const NAME = "The practice's continuity";

let browser: Browser;
let server: WebServer;
let ground: string;
let lee: Person;
let ben: Person;

beforeAll(async () => {
  server = await openWebServer();
  browser = await openBrowser();
  ground = await mkdtemp(join(tmpdir(), "sotto-sheets-"));
  lee = await newPerson(browser, { viewport: "phone" });
  ben = await newPerson(browser, { viewport: "phone", colorScheme: "dark" });
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

test("a therapist brings the sheets' public half in, and is told before what that means", async () => {
  const { page } = lee;
  const code = await server.makeSetupCode();
  await namePractice(page, { origin: server.origin, code, practice: "Elm Street", me: "Dr. Ada Lee" });
  await takeSixWords(page);
  await page.getByRole("button", { name: "Not now" }).click();
  await addFamily(page, "Rivera");
  await addPerson(page, { name: "Ben" });
  const link = await invite(page, "Ben");
  await addAuthenticator(ben.page);
  await ben.page.goto(link);
  await ben.page.getByRole("heading", { name: /^Hello/ }).waitFor();
  await ben.page.getByRole("button", { name: "Continue" }).click();
  await ben.page.getByRole("button", { name: "Not now" }).click();
  await ben.page
    .getByRole("link", { name: /Whole family/ })
    .first()
    .waitFor();
  await openRoom(ben.page, /Whole family/);
  await say(ben.page, "said before");
  expect(await runSotto(["custodian", "make", join(ground, "made")])).toMatchObject({ status: 0 });
  await toPlace(lee, "Practice");
  await page.getByRole("heading", { name: "If nobody is left" }).waitFor();
  await look(page, "continuity-none", { whole: true });
  await page.getByRole("button", { name: "Bring it in" }).click();
  await page.getByLabel("Or paste what is in it").fill("something else");
  await page.getByRole("button", { name: "Bring it in" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Bring it in" }).click();
  await page.getByText("This is not the file that was made with the sheets").waitFor();
  await page.locator("input[type=file]").setInputFiles(join(ground, "made", "custodian-public.txt"));
  await look(page, "continuity-chosen", { whole: true });
  await page.getByRole("button", { name: "Bring it in" }).click();
  await page.getByRole("dialog").waitFor();
  await look(page, "continuity-ask");
  await page.getByRole("dialog").getByRole("button", { name: "Bring it in" }).click();
  await page.getByText("It is in all your rooms: 3.").waitFor();
  await page.getByText("Numbers for opening rooms").click();
  await look(page, "continuity-in", { whole: true });
});

test("a family's room names it as a reader, says what it is, and is not called after it", async () => {
  const { page } = ben;
  await page.getByText(`${NAME} was added. It can read from here on, but only with three`).waitFor();
  await page.getByText("(reads only, with 3 of 5 sheets)").waitFor();
  expect(await page.getByText(/^Just now/).count()).toBe(0);
  await look(page, "continuity-room");
  await page.getByRole("button", { name: /^People in this room/ }).click();
  await page.getByText("It can read here, but only with three of five printed sheets.").waitFor();
  await look(page, "continuity-people");
  expect(await page.getByRole("button", { name: `Compare numbers with ${NAME}` }).count()).toBe(0);
  await page.getByRole("button", { name: "Back to the messages" }).click();
  await say(page, "said since");
  await toRooms(page);
  expect(await page.getByRole("link", { name: NAME }).count()).toBe(0);
  await look(page, "continuity-rooms");
});

test("three sheets open a room, and whoever looks at it is told so, with the reason", async () => {
  const sheets = await Promise.all(
    [1, 3, 5].map(async (number) => {
      const page = await readFile(join(ground, "made", `sheet-${String(number)}.html`), "utf8");
      const lines = [...page.matchAll(/<\/span>([0-9A-Z ]+)</g)].map(([, line = ""]) => line);
      const file = join(ground, `sheet-${String(number)}`);
      await writeFile(file, lines.join("\n"));
      return ["--share", file];
    }),
  );
  await openRoom(ben.page, /Whole family/);
  const args = ["open", join(ground, "opened"), "--all", "--reason", "therapist-gone", "--yes"];
  const opened = await runSotto(["custodian", ...args, "--address", server.origin, ...sheets.flat()]);
  expect(opened).toMatchObject({ status: 0, told: "" });
  const said = new RegExp(`^${NAME} was used to read this room on`);
  await ben.page.getByRole("log").getByText(said).waitFor();
  await ben.page.getByText("Ask your therapist or the practice if you want to know more.").waitFor();
  await look(ben.page, "continuity-opened");
  await say(ben.page, "what was that?");
  await toRooms(lee.page);
  await openRoom(lee.page, /Whole family/);
  await hear(lee.page, "what was that?");
  await lee.page.getByRole("log").getByText("Why: the therapist is not there any more.").waitFor();
  await look(lee.page, "continuity-opened-therapist");
});

test("a sheet can be read and printed by everybody", async () => {
  const sheet = await newPerson(browser, { viewport: "desktop" });
  const page = await readFile(join(ground, "made", "sheet-1.html"), "utf8");
  await sheet.page.setContent(page);
  await sheet.page.getByRole("heading", { name: "Sheet 1 of 5" }).waitFor();
  expect(await sheet.page.locator("ol li").count()).toBe(5);
  const pictures = process.env["SOTTO_PICTURES"];
  if (pictures !== undefined) await sheet.page.screenshot({ path: join(pictures, "continuity-sheet.png") });
});

test("nobody's page had an error or asked anybody but the server", () => {
  for (const person of [lee, ben]) {
    expect(person.troubles.filter((trouble) => !trouble.includes("401"))).toEqual([]);
  }
});
