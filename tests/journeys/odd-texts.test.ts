/**
 * Markup, scripts and other odd texts in every field where somebody can write: shown as text to whoever reads it, and nothing else comes of it. Whoever adds a field finds
 * this list too short (the last test), and says where it is tried.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { addAuthenticator, newPerson, openBrowser, type Person } from "../support/browser.ts";
import { addFamily, hear, invite, openRoom, say, takeSixWords, toRooms } from "../support/walk.ts";
import { openWebServer, type WebServer } from "../support/web-server.ts";

const IMAGE = "<img src=x onerror=alert(1)>";
const SCRIPT = "<script>alert(1)</script>";
const SVG = '"><svg onload=alert(1)>';
const FRAME = '<iframe srcdoc="<script>alert(1)</script>">';
const FOCUS = "' onfocus=alert(1) autofocus='";
const ENTITY = "&lt;img src=x onerror=alert(1)&gt;";
const MUTATION = "<math><mtext><style><!--</style><img title='--&gt;&lt;img src=x onerror=alert(1)&gt;'>";
const TEMPLATE = "{{constructor.constructor('alert(1)')()}}${alert(1)}";
const LINK = "javascript:alert(1)";
const DATA = "data:text/html,<script>alert(1)</script>";
const CLOSING = "</textarea></title></style><script>alert(1)</script>";
const LINKS = 'https://x.example/"onmouseover=alert(1)//<b>';
const ALL = [
  IMAGE,
  SCRIPT,
  SVG,
  FRAME,
  FOCUS,
  ENTITY,
  MUTATION,
  TEMPLATE,
  LINK,
  DATA,
  CLOSING,
  LINKS,
] as const;

let browser: Browser;
let server: WebServer;
let lee: Person;
let ana: Person;
/** Dialogs that opened. What the policy had to stop, the browser writes to the console, which is among the troubles. */
const came: string[] = [];

beforeAll(async () => {
  server = await openWebServer();
  browser = await openBrowser();
  lee = await newPerson(browser, { viewport: "desktop" });
  ana = await newPerson(browser, { viewport: "phone" });
  await lee.context.grantPermissions(["clipboard-read", "clipboard-write"]);
  for (const { page } of [lee, ana]) {
    page.on("dialog", (dialog) => {
      came.push(`dialog ${dialog.message()}`);
      void dialog.dismiss();
    });
  }
});

afterAll(async () => {
  await browser?.close();
  await server?.close();
});

/** Elements and attributes that no screen of ours has. */
async function oddPartsOf(page: Page): Promise<readonly string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll("*")].flatMap((element) => {
      const name = element.tagName.toLowerCase();
      const isOdd = ["iframe", "object", "embed", "math", "style", "base"].includes(name);
      const isForeignScript =
        name === "script" &&
        !(element.getAttribute("src") ?? "").replace(location.origin, "").startsWith("/assets/");
      const handlers = element.getAttributeNames().filter((attribute) => attribute.startsWith("on"));
      const addresses = ["href", "src", "action", "formaction"]
        .map((attribute) => (element.getAttribute(attribute) ?? "/").replace(location.origin, ""))
        .filter((address) => !/^(\/|#|https:\/\/x\.example\/|blob:|data:image\/)/.test(address));
      return [
        ...(isOdd || isForeignScript ? [name] : []),
        ...handlers.map((handler) => `${name} ${handler}`),
        ...addresses.map((address) => `${name} ${address}`),
      ];
    }),
  );
}

/** Shown as they are, and nothing came of them. */
async function expectPlain(page: Page, ...texts: readonly string[]): Promise<void> {
  for (const text of texts) await page.getByText(text).first().waitFor({ state: "attached" });
  expect(await oddPartsOf(page)).toEqual([]);
  expect(came).toEqual([]);
}

/** Fills a field, and sees to it that nothing came of that. */
async function fill(page: Page, label: string, text: string): Promise<void> {
  await page.getByLabel(label, { exact: true }).fill(text);
  expect(await oddPartsOf(page)).toEqual([]);
}

test("markup that is typed into every field is shown as text, to whoever else reads it too", async () => {
  const { page } = lee;
  await page.goto(server.origin);
  await fill(page, "Set-up code", SCRIPT);
  await fill(page, "Name of your practice", IMAGE);
  await fill(page, "Your name", SVG);
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByText("This code is not right").waitFor();
  await fill(page, "Set-up code", await server.makeSetupCode());
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByRole("radiogroup").waitFor();
  await takeSixWords(page);
  await page.getByRole("button", { name: "Show my sheet" }).click();
  await page.getByRole("button", { name: "I have it on paper" }).click();
  await fill(page, "Code", FRAME);
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByText("This is not what stands on the sheet").waitFor();
  await expectPlain(page);
  await page.reload();
  await page.getByRole("button", { name: "Lock now" }).waitFor();

  await addFamily(page, MUTATION);
  await page.getByRole("button", { name: "Add a person" }).click();
  await fill(page, "Name", CLOSING);
  await page.getByLabel("A safe way to reach them").selectOption({ label: "Phone" });
  await fill(page, "Address or number", FOCUS);
  await fill(page, "What to avoid", TEMPLATE);
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByRole("button", { name: `Invite ${CLOSING}` }).waitFor();
  await expectPlain(page, MUTATION, CLOSING);
  const link = await invite(page, CLOSING);
  await expectPlain(page, CLOSING);
  await page.getByRole("button", { name: "Close", exact: true }).click();

  await addAuthenticator(ana.page);
  await ana.page.goto(link);
  await ana.page.getByRole("heading", { name: `Hello ${CLOSING}` }).waitFor();
  await expectPlain(ana.page, `${SVG} (${IMAGE}) invites you.`);
  await ana.page.getByRole("button", { name: "Continue" }).click();
  await ana.page.getByRole("button", { name: "Not now" }).click();
  await openRoom(ana.page, /Whole family/);
  await expectPlain(ana.page, SVG);
  expect(came).toEqual([]);
}, 240_000);

test("so is what is said, answered, looked for, and what files and rooms are called", async () => {
  const { page } = lee;
  await page.getByText("Open another room").first().click();
  await fill(page, "Name of the room", DATA);
  await page.getByRole("checkbox", { name: CLOSING }).check();
  await page.getByRole("button", { name: "Open another room" }).click();
  await page.getByRole("heading", { level: 1, name: DATA }).waitFor();
  await toRooms(ana.page);
  await openRoom(ana.page, /data:text/);
  for (const text of ALL) await say(page, text);
  for (const text of ALL) await hear(ana.page, text);
  await expectPlain(page, ...ALL);
  await expectPlain(ana.page, ...ALL, DATA);
  const links = await ana.page
    .getByRole("log")
    .getByRole("link")
    .evaluateAll((all) => all.map((a) => a.getAttribute("href")));
  expect(links.filter((href) => href === null || !/^https?:\/\//.test(href))).toEqual([]);

  await ana.page.getByRole("button", { name: "Add a photo, file or voice note" }).click();
  const chooser = ana.page.waitForEvent("filechooser");
  await ana.page.getByRole("button", { name: "Any file", exact: true }).click();
  const name = `${IMAGE}.html`;
  await (await chooser).setFiles([{ name, mimeType: "text/html", buffer: Buffer.from(SCRIPT) }]);
  await ana.page.getByRole("dialog").getByRole("listitem").first().waitFor();
  await expectPlain(ana.page);
  await ana.page.getByRole("dialog").getByRole("button", { name: "Send", exact: true }).click();
  // What no file on any device may be called has been taken out of its name.
  await page.getByRole("button", { name: "Save _img src=x onerror=alert(1)_.html" }).waitFor();
  await expectPlain(page, "_img src=x onerror=alert(1)_.html");

  await toRooms(ana.page);
  await ana.page.getByRole("link", { name: "Search messages" }).click();
  await fill(ana.page, "Words to look for", IMAGE);
  await ana.page.getByText(/messages? found/).waitFor();
  await expectPlain(ana.page);
  expect(await ana.page.locator("mark").count()).toBeGreaterThan(0);
}, 240_000);

test("so is what is asked for at the door, and what a colleague is called", async () => {
  const { page } = lee;
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Practice" }).click();
  await page.getByRole("heading", { level: 1, name: IMAGE }).waitFor();
  await page.getByRole("button", { name: "Invite a colleague" }).click();
  await fill(page, "Name", FRAME);
  await page.getByRole("button", { name: "Make the invitation" }).click();
  await page.getByRole("img", { name: `Invitation for ${FRAME}` }).waitFor();
  await expectPlain(page, FRAME);
  await page.reload();
  await page.getByRole("button", { name: "Lock now" }).click();
  await page.getByRole("heading", { name: "Welcome back" }).waitFor();
  await page.getByRole("radio", { name: /^Six words/ }).check({ force: true });
  await fill(page, "Sign-in name", IMAGE);
  await fill(page, "Your six words", SCRIPT);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByText(/could not be read|did not match/).waitFor();
  await page.getByRole("radio", { name: /^Recovery sheet/ }).check({ force: true });
  await fill(page, "Code on the sheet", SVG);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByText("This is not what stands on the sheet").waitFor();
  await expectPlain(page);
  expect(came).toEqual([]);
}, 240_000);

test("nobody's page had an error, a dialog or a breach of the policy, or asked anybody but the server", () => {
  // A sign-in that is refused is a 400 or a 401 in the console.
  const isExpected = (trouble: string) => /status of 4(00|01|04)/.test(trouble);
  for (const person of [lee, ana])
    expect(person.troubles.filter((trouble) => !isExpected(trouble))).toEqual([]);
  expect(came).toEqual([]);
});

/** Every file with a field, how many it has, and where they are tried; `code`: takes a code of ours, is compared and never shown again. */
const FIELDS: Readonly<Record<string, readonly [number, string]>> = {
  "features/agreement-compose/bring-template.tsx": [1, "agreement-compose.test.ts: a file, read strictly"],
  "features/agreement-compose/fields.tsx": [2, "code: a whole number, and a day of the calendar"],
  "features/agreement-compose/messages-part.tsx": [2, "agreement-compose.test.ts"],
  "features/agreement-compose/outsiders-part.tsx": [1, "agreement-compose.test.ts"],
  "features/agreement-compose/save-template.tsx": [2, "agreement-compose.test.ts: refused"],
  "features/agreement-compose/worries-part.tsx": [1, "agreement-compose.test.ts"],
  "features/agreement-desk/beside.tsx": [1, "agreement-desk.test.ts"],
  "features/agreement/sign.tsx": [1, "agreement-sign.test.ts"],
  "features/account/mail-reminder.tsx": [2, "code: an address by a strict pattern, and six digits"],
  "features/account/recovery-sheet.tsx": [1, "above"],
  "features/account/securing.tsx": [1, "code: the sheet's, as above"],
  "features/account/this-device.tsx": [1, "platform/parse-away.test.ts: a page of the web or nothing"],
  "features/enter/prove-words.tsx": [1, "code: two of the six words"],
  "features/enter/set-up.tsx": [3, "above"],
  "features/enter/sign-in.tsx": [2, "above"],
  "features/family/family-list.tsx": [1, "above"],
  "features/family/open-room.tsx": [1, "above"],
  "features/family/person-form.tsx": [3, "above"],
  "features/practice/continuity.tsx": [2, "code: a public text that opens or does not"],
  "features/practice/invite-form.tsx": [1, "above"],
  "features/practice/retention-rule.tsx": [1, "code: whole numbers of months"],
  "features/room/composer.tsx": [1, "above"],
  "features/room/file-menu.tsx": [1, "above"],
  "features/search/search.tsx": [1, "above"],
  "ui/way-form.tsx": [2, "code: as at the door"],
};

test("every field of the page stands in the list", () => {
  const folder = fileURLToPath(new URL("../../apps/web/src/", import.meta.url));
  const files = readdirSync(join(folder, "features"), { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".tsx"))
    .map((path) => `features/${path.replaceAll("\\", "/")}`)
    // The other parts of ui/ are what fields are made of.
    .concat("ui/way-form.tsx");
  const found = files.flatMap((path) => {
    const count =
      readFileSync(join(folder, path), "utf8").match(/<(TextField|textarea|input)\b/g)?.length ?? 0;
    return count === 0 ? [] : [[path, count] as const];
  });
  const listed = Object.entries(FIELDS).map(([path, [count]]) => [path, count] as const);
  expect(Object.fromEntries(found)).toEqual(Object.fromEntries(listed));
});
