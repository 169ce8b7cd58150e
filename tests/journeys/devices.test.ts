/** Who is signed in as somebody, leaving in a hurry, borrowed devices, rooms that stay hidden, and under which name the app shows itself. */
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { addAuthenticator, newPerson, openBrowser, type Person } from "../support/browser.ts";
import { look } from "../support/look.ts";
import {
  addFamily,
  hear,
  namePractice,
  openRoom,
  say,
  showWords,
  showWordsWhenAsked,
  signInByWords,
  takeSixWords,
  toRooms,
  wayAgainOn,
  type Passphrase,
} from "../support/walk.ts";
import { openWebServer, type WebServer } from "../support/web-server.ts";

const SAID = "said where few may hear it";

let browser: Browser;
let server: WebServer;
let phone: Person;
let other: Person;
let words: Passphrase;

beforeAll(async () => {
  server = await openWebServer();
  browser = await openBrowser();
  phone = await newPerson(browser, { viewport: "phone" });
  await showWordsWhenAsked(phone.page, () => words);
  other = await newPerson(browser, { viewport: "phone", colorScheme: "dark" });
});

afterAll(async () => {
  await browser?.close();
  await server?.close();
});

/** Everything that a browser keeps for this address, as text, but the program itself. */
const keptIn = (page: Page): Promise<string> =>
  page.evaluate(async () => {
    const found = [localStorage, sessionStorage].flatMap((storage) =>
      Array.from({ length: storage.length }, (_, index) => `storage ${storage.key(index) ?? ""}`),
    );
    for (const { name = "" } of await indexedDB.databases()) {
      const database = await new Promise<IDBDatabase>((resolve) => {
        const request = indexedDB.open(name);
        request.addEventListener("success", () => resolve(request.result));
      });
      for (const store of database.objectStoreNames) {
        const keys = await new Promise<IDBValidKey[]>((resolve) => {
          const request = database.transaction(store).objectStore(store).getAllKeys();
          request.addEventListener("success", () => resolve(request.result));
        });
        found.push(...keys.map((key) => `${store} ${JSON.stringify(key)}`));
      }
      database.close();
    }
    for (const name of await caches.keys()) {
      const requests = await (await caches.open(name)).keys();
      found.push(
        ...requests.map(({ url }) => new URL(url).pathname).filter((path) => path.startsWith("/v1")),
      );
    }
    return found.join("\n");
  });

const signInHere = async (person: Person): Promise<void> => {
  await signInByWords(person.page, words);
  await toRooms(person.page);
};

test("a device sees itself, and who else is signed in is one tap away", async () => {
  const { page } = phone;
  const code = await server.makeSetupCode();
  await namePractice(page, { origin: server.origin, code, practice: "Elm Street", me: "Dr. Ada Lee" });
  words = await takeSixWords(page);
  await page.getByRole("button", { name: "Not now" }).click();
  await addFamily(page, "Rivera");
  await toRooms(page);
  await openRoom(page, /Whole family/);
  await say(page, SAID);
  await hear(page, SAID);
  await look(page, "leave-in-room");
  await toRooms(page);
  await page.getByRole("link", { name: "Signed in as you: this device" }).click();
  await page.getByRole("heading", { level: 1, name: "Who is signed in as you" }).waitFor();
  await page.getByRole("listitem").filter({ hasText: "Chrome on Linux" }).getByText("This one").waitFor();
  await look(page, "devices", { whole: true });
  // Back goes up, and no address says where somebody was.
  await page.goBack();
  await page.getByRole("heading", { level: 1, name: "Your account" }).waitFor();
  await page.goBack();
  await page.getByRole("heading", { level: 1, name: "Rooms" }).waitFor();
  expect(page.url()).toBe(`${server.origin}/`);
});

test("a new sign-in is asked about at once; a no signs it out in seconds and says what to do next", async () => {
  await other.page.goto(server.origin);
  await signInByWords(other.page, words);
  await other.page.getByRole("heading", { level: 1, name: "Rooms" }).waitFor();
  const { page } = phone;
  await page.getByText(/Somebody signed in as you: Chrome on Linux/).waitFor();
  await look(page, "sign-in-alert");
  await page.getByRole("button", { name: "No, sign it out" }).click();
  await other.page.getByRole("heading", { name: "Welcome back" }).waitFor();
  expect(await other.page.getByText("Rivera").count()).toBe(0);
  await page.getByText("It is signed out. Do this next:").waitFor();
  await look(page, "sign-in-next");
  await page.getByRole("button", { name: "Change my ways in" }).click();
  await page.getByRole("heading", { level: 1, name: "Your account" }).waitFor();
  await look(page, "account-devices", { whole: true });
});

test("a yes ends the asking; the list signs out one, or all others", async () => {
  const { page } = phone;
  await signInHere(other);
  await page.getByRole("button", { name: "Yes, it was me" }).click();
  await expect.poll(() => page.getByText(/Somebody signed in as you/).count()).toBe(0);
  await page.getByRole("link", { name: "Signed in as you: 2 devices" }).click();
  await look(page, "devices-two", { whole: true });
  await page.getByRole("button", { name: /^Sign out: Chrome on Linux/ }).click();
  await other.page.getByRole("heading", { name: "Welcome back" }).waitFor();
  await signInHere(other);
  await page.getByRole("button", { name: "Sign out all others" }).click();
  await look(page, "devices-ask");
  await page.getByRole("dialog").getByRole("button", { name: "Sign out all others" }).click();
  await other.page.getByRole("heading", { name: "Welcome back" }).waitFor();
  await toRooms(page);
});

test("on a borrowed device nothing of the account is kept, and a reload asks for the way in", async () => {
  const borrowed = await newPerson(browser, { viewport: "phone" });
  const { page } = borrowed;
  await page.goto(server.origin);
  await page.getByRole("checkbox", { name: "This is not only my device: keep nothing here" }).check();
  await look(page, "sign-in-shared");
  await signInHere(borrowed);
  await page.getByText("Nothing is kept on this device.").waitFor();
  await look(page, "shared");
  await openRoom(page, /Whole family/);
  await hear(page, SAID);
  await page.getByRole("textbox", { name: "Message" }).fill("a draft");
  expect(await keptIn(page)).toBe("");
  await page.reload();
  await page.getByRole("heading", { name: "Sign in" }).waitFor();
  expect(await page.getByLabel("Sign-in name").count()).toBe(0);
  expect(await keptIn(page)).toBe("");
  expect(borrowed.troubles).toEqual([]);
  await borrowed.close();
  // It did not sign out by itself.
  await phone.page.getByRole("button", { name: "No, sign it out" }).click();
  await phone.page.getByRole("button", { name: "Done" }).click();
});

test("a room that is kept hidden says nothing in the list, and opens by a passkey or by the words", async () => {
  const { page } = phone;
  const authenticator = await addAuthenticator(page);
  await page.getByRole("link", { name: "Account" }).click();
  await page.getByRole("button", { name: "Add a passkey" }).click();
  await page.getByRole("button", { name: "Remove: Passkey" }).waitFor();
  await toRooms(page);
  await openRoom(page, /Whole family/);
  await page.getByRole("button", { name: "People in this room: 1" }).click();
  await page.getByRole("checkbox", { name: "Keep this room hidden" }).check();
  await look(page, "second-look-choice");
  await page.keyboard.press("Escape");
  await page.getByRole("heading", { name: "Welcome back" }).waitFor();
  await signInByWords(page, words);
  // It stays hidden where it was open, too.
  await page.getByRole("heading", { name: "Show that it is you" }).waitFor();
  await look(page, "second-look");
  expect(
    await page
      .getByRole("main")
      .getByText(/Rivera|said where/)
      .count(),
  ).toBe(0);
  await page.getByRole("radio", { name: /^Passkey/ }).check({ force: true });
  await page.getByRole("button", { name: "Open the room" }).click();
  await hear(page, SAID);
  // Every lock hides it again, and a passkey whose owner is not recognised opens nothing. (From then on this one never will.)
  await page.getByRole("button", { name: "Lock now" }).click();
  await signInByWords(page, words);
  await page.getByRole("heading", { name: "Show that it is you" }).waitFor();
  await authenticator.setVerified(false);
  await page.getByRole("radio", { name: /^Passkey/ }).check({ force: true });
  await page.getByRole("button", { name: "Open the room" }).click();
  await page.getByRole("alert").filter({ hasText: "Nothing was changed." }).waitFor();
  expect(
    await page
      .getByRole("main")
      .getByText(/Rivera|said where/)
      .count(),
  ).toBe(0);
  await page.getByRole("link", { name: "All rooms" }).click();
  await page.getByRole("link", { name: /A room you keep hidden/ }).waitFor();
  // The other room of that family says so; this one does not.
  expect(
    await page
      .getByRole("main")
      .getByText(/Rivera/)
      .count(),
  ).toBe(1);
  await look(page, "rooms-hidden");
  await page.getByRole("link", { name: /A room you keep hidden/ }).click();
  await page.getByRole("radio", { name: /^Six words/ }).check({ force: true });
  await page.getByLabel("Your six words").fill(words.words);
  await page.getByRole("button", { name: "Open the room" }).click();
  await hear(page, SAID);
  await page.getByRole("button", { name: "People in this room: 1" }).click();
  await page.getByRole("checkbox", { name: "Keep this room hidden" }).uncheck();
  await page.getByRole("button", { name: "Back to the messages" }).click();
  await toRooms(page);
});

test("under another name the tab, the picture and what is installed follow, and stay", async () => {
  const { page } = phone;
  await page.getByRole("link", { name: /^Signed in as you/ }).click();
  await page.getByRole("radio", { name: /^Notes/ }).check({ force: true });
  await look(page, "devices-notes", { whole: true });
  for (const moment of ["chosen", "reloaded"]) {
    if (moment === "reloaded") await page.reload();
    await page.getByRole("button", { name: "Lock now" }).waitFor();
    expect(await page.title()).toBe("Notes");
    const links = await page.evaluate(() =>
      [
        ...document.head.querySelectorAll("link[rel=icon], link[rel=manifest], link[rel=apple-touch-icon]"),
      ].map((link) => link.getAttribute("href")),
    );
    expect(new Set(links)).toEqual(
      new Set([
        "/looks/notes/apple-touch-icon.png",
        "/looks/notes/icon.svg",
        "/looks/notes/manifest.webmanifest",
      ]),
    );
    const session = await page.context().newCDPSession(page);
    const { data = "", errors, url } = await session.send("Page.getAppManifest");
    expect(url).toBe(`${server.origin}/looks/notes/manifest.webmanifest`);
    expect(errors).toEqual([]);
    expect(JSON.parse(data)).toMatchObject({ name: "Notes", short_name: "Notes", id: "/" });
    for (const { src } of (JSON.parse(data) as { icons: readonly { src: string }[] }).icons) {
      expect((await page.request.get(`${server.origin}${src}`)).ok()).toBe(true);
    }
  }
  expect(await page.locator(".brand").textContent()).toBe("Notes");
  for (const name of ["Notes", "Calendar", "Weather"]) {
    const manifest = await page.request.get(
      `${server.origin}/looks/${name.toLowerCase()}/manifest.webmanifest`,
    );
    expect(await manifest.json()).toMatchObject({ name, short_name: name, id: "/" });
    await page.getByRole("radio", { name: new RegExp(`^${name}`) }).waitFor({ state: "attached" });
  }
});

test("a page that was left open asks for a way in before it makes a new sheet, and then goes on by itself", async () => {
  const { page } = phone;
  await page.removeLocatorHandler(wayAgainOn(page));
  await page.reload();
  await page.getByRole("link", { name: "Account" }).click();
  await page.getByRole("button", { name: "Make a new recovery sheet" }).click();
  await page.getByRole("button", { name: "Show my sheet" }).click();
  await wayAgainOn(page).waitFor();
  await look(page, "way-again");
  await page.setViewportSize({ width: 1280, height: 800 });
  await look(page, "way-again-desktop");
  await page.setViewportSize({ width: 390, height: 844 });
  // Without it nothing is made.
  await wayAgainOn(page).getByRole("button", { name: "Cancel" }).click();
  await page.getByText("First show a way in of yours again. Nothing was changed.").waitFor();
  expect(await page.locator(".paper .code").count()).toBe(0);
  await page.getByRole("button", { name: "Show my sheet" }).click();
  await showWords(page, { ...words, words: words.words.split(" ").toReversed().join(" ") });
  await wayAgainOn(page).getByRole("alert").waitFor();
  expect(await page.locator(".paper .code").count()).toBe(0);
  await showWords(page, words);
  await page.locator(".paper .code").waitFor();
  await page.reload();
  await showWordsWhenAsked(page, () => words);
});

/** Within a second, however busy this machine is. */
const pressEscapeTwice = (page: Page): Promise<void> =>
  page.evaluate(() => {
    for (const place of [document.body, document.body]) {
      place.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true }));
    }
  });

/** What somebody finds who looks at the tab after it was left. */
async function expectLeft(page: Page): Promise<void> {
  await page.waitForURL(`${server.origin}/clock.html`);
  await page.locator("#time").filter({ hasText: /[0-9]/ }).waitFor();
  expect(await page.title()).toBe("Clock");
  expect(await page.getByText(/Rivera|Ada|Sotto|Notes|said/).count()).toBe(0);
  const kept = await keptIn(page);
  // What stays is sealed, under names that say nothing; nothing that could open it, and no trace of where somebody was.
  expect(kept).not.toMatch(/^entries "kept"$|^keys /m);
  expect(kept).not.toContain("place");
}

test("one tap leaves: nothing on the screen, in the title or behind Back, and the session is over", async () => {
  const { page } = phone;
  await signInHere(other);
  await toRooms(page);
  await openRoom(page, /Whole family/);
  await hear(page, SAID);
  const lengthBefore = await page.evaluate(() => history.length);
  await page.getByRole("button", { name: "Leave now. Or press Escape two times." }).click();
  await expectLeft(page);
  await look(page, "left");
  expect(await page.evaluate(() => history.length)).toBe(lengthBefore);
  // Another page comes in the way of going back, which the browser's driver may call an interruption.
  await page.goBack().catch(() => null);
  await expectLeft(page);
  await page.reload();
  await expectLeft(page);
  // The other device sees that the session is over.
  await other.page.getByRole("link", { name: "Signed in as you: this device" }).waitFor();
  await page.goto(server.origin);
  await page.getByRole("heading", { name: "Welcome back" }).waitFor();
  await look(page, "after-leaving");
});

test("Escape two times leaves, from any screen and in every tab, to a page of one's own", async () => {
  const { page, context, troubles } = phone;
  await context.route("https://www.example.org/**", (route) =>
    route.fulfill({ contentType: "text/html", body: "<title>News</title><h1>News</h1>" }),
  );
  await signInHere(phone);
  await page.getByRole("link", { name: /^Signed in as you/ }).click();
  await page.getByLabel("Where to go then").fill("javascript:alert(1)");
  await page.getByRole("button", { name: "Keep this address" }).click();
  await page.getByText("This is not an address of a page.").waitFor();
  await page.getByLabel("Where to go then").fill("www.example.org");
  await page.getByRole("button", { name: "Keep this address" }).click();
  await page.getByText("Kept on this device.").waitFor();
  const second = await context.newPage();
  await second.goto(server.origin);
  await second.getByRole("button", { name: "Lock now" }).waitFor();
  await pressEscapeTwice(page);
  for (const tab of [page, second]) {
    await tab.waitForURL("https://www.example.org/");
    expect(await tab.title()).toBe("News");
  }
  await second.close();
  await page.goBack().catch(() => null);
  await page.waitForURL("https://www.example.org/");
  await page.goto(server.origin);
  await page.getByRole("heading", { name: "Welcome back" }).waitFor();
  await pressEscapeTwice(page);
  await page.waitForURL("https://www.example.org/");
  expect(troubles.filter((trouble) => trouble !== "request to www.example.org")).toEqual([]);
});

test("a hurried leaving that could not be finished is finished before anything is shown", async () => {
  const { page } = other;
  await toRooms(page);
  await page.evaluate(() => localStorage.setItem("unfinished", "1"));
  await page.reload();
  await page.getByRole("heading", { name: "Welcome back" }).waitFor();
  expect(await keptIn(page)).not.toMatch(/^keys /m);
  await expect.poll(() => page.evaluate(() => localStorage.getItem("unfinished"))).toBe(null);
});

test("a device that is forgotten keeps nothing at all", async () => {
  const { page } = other;
  await signInHere(other);
  await page.getByRole("link", { name: /^Signed in as you/ }).click();
  await page.getByRole("radio", { name: /^Weather/ }).check({ force: true });
  await page.getByRole("button", { name: "Forget this device" }).click();
  await look(page, "forget-ask");
  await page.getByRole("dialog").getByRole("button", { name: "Forget this device" }).click();
  await page.getByRole("heading", { name: "Sign in" }).waitFor();
  await expect.poll(() => keptIn(page)).toBe("");
  expect(await page.evaluate(() => caches.keys())).toEqual([]);
  await page.reload();
  await page.getByRole("heading", { name: "Sign in" }).waitFor();
  expect(await page.title()).toBe("Sotto");
  expect(other.troubles).toEqual([]);
});
