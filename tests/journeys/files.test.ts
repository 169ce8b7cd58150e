/** Two people send each other a photo, a voice note and a PDF: through a network that breaks and a page that is loaded again. */
import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { addAuthenticator, newPerson, openBrowser, type Person } from "../support/browser.ts";
import { look } from "../support/look.ts";
import { makePdf, makePhoto, PHOTO_SECRETS } from "../support/sample-files.ts";
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

beforeAll(async () => {
  server = await openWebServer();
  browser = await openBrowser();
  lee = await newPerson(browser, { viewport: "desktop", colorScheme: "dark" });
  ana = await newPerson(browser, { viewport: "phone" });
  await lee.context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const code = await server.makeSetupCode();
  await namePractice(lee.page, { origin: server.origin, code, practice: "Elm Street", me: "Dr. Ada Lee" });
  await takeSixWords(lee.page);
  await keepSheet(lee.page);
  await addFamily(lee.page, "Rivera");
  await addPerson(lee.page, { name: "Ana" });
  const link = await invite(lee.page, "Ana");
  await addAuthenticator(ana.page);
  await ana.page.goto(link);
  await ana.page.getByRole("button", { name: "Continue" }).click();
  await keepSheet(ana.page);
  await openRoom(ana.page, /Whole family/);
  await toRooms(lee.page);
  await openRoom(lee.page, /Whole family/);
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await server?.close();
});

interface Given {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

/** Chooses files from the menu; stops where they can be looked at before they are sent. */
async function choose(page: Page, kind: "Photo" | "Any file", ...files: readonly Given[]): Promise<void> {
  await page.getByRole("button", { name: "Add a photo, file or voice note" }).click();
  const chooser = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: kind, exact: true }).click();
  await (await chooser).setFiles([...files]);
  await page.getByRole("dialog").getByRole("listitem").first().waitFor();
}

const confirm = (page: Page) =>
  page.getByRole("dialog").getByRole("button", { name: "Send", exact: true }).click();

/** Saves a file and reads what came onto the device. */
async function saved(page: Page, name: string): Promise<{ readonly name: string; readonly bytes: Buffer }> {
  await page
    .getByRole("button", { name: `Save ${name}` })
    .last()
    .click();
  const download = page.waitForEvent("download");
  await page.getByRole("dialog").getByRole("button", { name: "Save", exact: true }).click();
  const done = await download;
  return { name: done.suggestedFilename(), bytes: await readFile(await done.path()) };
}

const photo = async (): Promise<Given> => ({
  name: "IMG_0042.jpg",
  mimeType: "image/jpeg",
  buffer: await makePhoto(ana.page),
});

test("a photo is looked at before it goes, to named people, and arrives without place and camera", async () => {
  const { page } = ana;
  const given = await photo();
  for (const secret of PHOTO_SECRETS) expect(given.buffer.includes(secret)).toBe(true);
  await page.getByRole("button", { name: "Add a photo, file or voice note" }).click();
  await look(page, "file-menu");
  await page.getByRole("button", { name: "Close the choices" }).click();
  await choose(page, "Photo", given);
  const sheet = page.getByRole("dialog", { name: "Send this?" });
  await sheet.getByText("Place, time and camera are taken out.").waitFor();
  await sheet.getByText("Dr. Ada Lee").waitFor();
  await look(page, "file-photo-sheet");
  await confirm(page);
  await lee.page.getByRole("button", { name: "Open IMG_0042.jpg" }).waitFor();
  await page.locator('.message[data-mine][data-state="sent"]').first().waitFor();
  await look(page, "file-photo-sent");
  await look(lee.page, "file-photo-desktop");
  await lee.page.getByRole("button", { name: "Open IMG_0042.jpg" }).click();
  const picture = lee.page.getByRole("dialog").getByRole("img", { name: "IMG_0042.jpg" });
  await picture.waitFor();
  await expect
    .poll(() =>
      picture.evaluate((image) =>
        image instanceof HTMLImageElement ? `${image.naturalWidth} by ${image.naturalHeight}` : "",
      ),
    )
    .toBe("400 by 800");
  await look(lee.page, "file-viewer-desktop");
  await lee.page.getByRole("button", { name: "Larger" }).click();
  await lee.page.keyboard.press("Escape");
  await lee.page.getByRole("dialog").waitFor({ state: "detached" });
  const { bytes, name } = await saved(lee.page, "IMG_0042.jpg");
  expect(name).toBe("IMG_0042.jpg");
  for (const secret of PHOTO_SECRETS) expect(bytes.includes(secret)).toBe(false);
  expect(await topColour(lee.page, bytes)).toBe("red");
});

test("a photo is answered, and found by its name", async () => {
  const picture = lee.page.locator(".message", {
    has: lee.page.getByRole("button", { name: "Open IMG_0042.jpg" }),
  });
  await picture.getByRole("button", { name: "More about this message by Ana" }).click();
  await lee.page.getByRole("menuitem", { name: "Reply" }).waitFor();
  expect(await lee.page.getByRole("menuitem").allTextContents()).toEqual(["Reply"]);
  await lee.page.getByRole("menuitem", { name: "Reply" }).click();
  await lee.page.getByText("You answer Ana").waitFor();
  await say(lee.page, "When was that?");
  await hear(ana.page, "When was that?");
  const answer = ana.page.locator(".message", { hasText: "When was that?" });
  await answer.getByText("IMG_0042.jpg").waitFor();
  await look(ana.page, "file-answered");
  await lee.page.getByRole("link", { name: "Search messages" }).first().click();
  await lee.page.getByRole("searchbox").fill("img");
  await lee.page.getByRole("img", { name: "File" }).waitFor();
  await look(lee.page, "file-found-desktop");
  await lee.page.getByRole("button", { name: /IMG_0042/ }).click();
  await lee.page.getByRole("button", { name: "Open IMG_0042.jpg" }).waitFor();
});

test("in full size a photo keeps its pixels and still loses all else", async () => {
  const given = { ...(await photo()), name: "full.jpg" };
  await choose(ana.page, "Photo", given);
  await ana.page.getByRole("dialog").getByLabel("Keep the full size of photos").check();
  await ana.page.getByText("Place, time and camera are taken out.").waitFor();
  await confirm(ana.page);
  await lee.page.getByRole("button", { name: "Open full.jpg" }).waitFor();
  const { bytes } = await saved(lee.page, "full.jpg");
  // Which way is up is all that is left of the Exif.
  for (const secret of PHOTO_SECRETS.filter((word) => word !== "Exif"))
    expect(bytes.includes(secret)).toBe(false);
  expect(await topColour(lee.page, bytes)).toBe("red");
  const scan = given.buffer.subarray(given.buffer.length - 500);
  expect(bytes.subarray(bytes.length - 500)).toEqual(scan);
});

/** What a browser shows at the top of these pixels. */
const topColour = (page: Page, bytes: Buffer): Promise<string> =>
  page.evaluate(
    async (numbers) => {
      const bitmap = await createImageBitmap(new Blob([new Uint8Array(numbers)], { type: "image/jpeg" }));
      const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
      const context = canvas.getContext("2d");
      context?.drawImage(bitmap, 0, 0);
      const [red = 0, , blue = 0] = context?.getImageData(bitmap.width / 2, 20, 1, 1).data ?? [];
      return red > blue ? "red" : "blue";
    },
    [...bytes],
  );

test("a voice note is recorded, heard, sent, and played by the other", async () => {
  const { page } = ana;
  await page.getByRole("button", { name: "Add a photo, file or voice note" }).click();
  await page.getByRole("button", { name: "Voice note", exact: true }).click();
  const sheet = page.getByRole("dialog", { name: "Voice note" });
  await sheet.getByText("Recording").waitFor();
  await look(page, "file-voice-recording");
  await sheet.getByText(/^\d+:(0[1-9]|[1-9]\d)$/).waitFor();
  await sheet.getByRole("button", { name: "Stop" }).click();
  await sheet.getByText("Listen before you send it.").waitFor();
  await look(page, "file-voice-recorded");
  await sheet.getByRole("button", { name: "Send" }).click();
  await lee.page.getByRole("button", { name: /^Listen to Voice note/ }).click();
  await lee.page.waitForFunction(() => {
    const audio = document.querySelector("audio");
    return audio !== null && audio.currentTime > 0 && audio.error === null;
  });
  await look(lee.page, "file-voice-desktop");
  // One that is thrown away goes nowhere, and closes the microphone.
  await page.getByRole("button", { name: "Add a photo, file or voice note" }).click();
  await page.getByRole("button", { name: "Voice note", exact: true }).click();
  await sheet.getByText("Recording").waitFor();
  await sheet.getByRole("button", { name: "Throw away" }).click();
  await sheet.waitFor({ state: "detached" });
  expect(
    await page
      .getByRole("log")
      .getByText(/^Voice note/)
      .count(),
  ).toBe(1);
});

test("a PDF says what may be inside before it goes, and is read in the page", async () => {
  const buffer = makePdf(["Hello from page one", "And page two"]);
  await choose(ana.page, "Any file", { name: "letter.pdf", mimeType: "application/pdf", buffer });
  await ana.page.getByText("The file's name and author may be inside.").waitFor();
  await look(ana.page, "file-pdf-sheet");
  await confirm(ana.page);
  for (const person of [lee, ana]) {
    await person.page.getByRole("button", { name: "Open letter.pdf" }).click();
    const viewer = person.page.getByRole("dialog", { name: "letter.pdf" });
    await viewer.getByText("Page 1 of 2").waitFor();
    await viewer.getByText("Hello from page one").waitFor({ state: "attached" });
    await look(person.page, person === ana ? "file-pdf-phone" : "file-pdf-desktop");
    await viewer.getByRole("button", { name: "Next page" }).click();
    await viewer.getByText("And page two").waitFor({ state: "attached" });
    await viewer.getByRole("button", { name: "Close" }).click();
    await viewer.waitFor({ state: "detached" });
    // Whoever closes it is back where they opened it.
    await expect.poll(() => focused(person.page)).toBe("Open letter.pdf");
  }
});

const focused = (page: Page): Promise<string | null> =>
  page.evaluate(() => document.activeElement?.getAttribute("aria-label") ?? null);

test("what cannot be shown is saved with a warning, under its name or a plain one", async () => {
  const buffer = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>');
  await choose(ana.page, "Any file", { name: "drawing.svg", mimeType: "image/svg+xml", buffer });
  await confirm(ana.page);
  const { page } = lee;
  await page.getByRole("button", { name: "Save drawing.svg" }).click();
  await page.getByText("a drawing that can hold a program").waitFor();
  await look(page, "file-save-desktop");
  await page.getByLabel("Give it a plain name").check();
  const download = page.waitForEvent("download");
  await page.getByRole("dialog").getByRole("button", { name: "Save", exact: true }).click();
  expect((await download).suggestedFilename()).toBe("file.svg");
  expect(await readFile(await (await download).path())).toEqual(buffer);
});

test("a large file outlives a network that breaks and a page that is loaded again, and holds up no message", async () => {
  const buffer = randomBytes(12_000_000);
  const { context, page } = ana;
  let mayPass = false;
  await context.route(/\/chunks\/(?:[4-9]|1[0-9])$/, (route) => (mayPass ? route.continue() : route.abort()));
  await choose(page, "Any file", { name: "large.bin", mimeType: "application/octet-stream", buffer });
  await confirm(page);
  await page.getByRole("progressbar").waitFor();
  await look(page, "file-sending");
  await say(page, "It is on its way.");
  await hear(lee.page, "It is on its way.");
  await page.reload();
  await page.getByRole("log").getByText("large.bin").waitFor();
  await page.getByText("Waiting to be sent").waitFor();
  expect(await lee.page.getByText("large.bin").count()).toBe(0);
  mayPass = true;
  await context.setOffline(true);
  await context.setOffline(false);
  await lee.page.getByRole("log").getByText("large.bin").waitFor();
  expect((await saved(lee.page, "large.bin")).bytes).toEqual(buffer);
  await page.getByText("Waiting to be sent").waitFor({ state: "detached" });
});

test("on a desk a file is dropped on the conversation, and may be taken back before it goes", async () => {
  const { page } = lee;
  const drop = () =>
    page.locator(".talk").evaluate((talk) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File(["a note"], "note.txt", { type: "text/plain" }));
      talk.dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true }));
    });
  await drop();
  await page.getByText("We cannot see what is inside.").waitFor();
  await look(page, "file-drop-sheet");
  await page.getByRole("button", { name: "Do not send" }).click();
  await page.getByRole("dialog").waitFor({ state: "detached" });
  expect(await page.getByRole("log").getByText("note.txt").count()).toBe(0);
  await drop();
  await confirm(page);
  await ana.page.getByRole("log").getByText("note.txt").waitFor();
});

test("a microphone that is blocked is said with what to do", async () => {
  const { page } = lee;
  await page.evaluate(() => {
    navigator.mediaDevices.getUserMedia = () =>
      Promise.reject(new DOMException("Permission denied", "NotAllowedError"));
  });
  await page.getByRole("button", { name: "Add a photo, file or voice note" }).click();
  await page.getByRole("button", { name: "Voice note", exact: true }).click();
  await page.getByText("The microphone is blocked for this page.").waitFor();
  await look(page, "file-voice-blocked");
  await page.getByRole("dialog").getByRole("button", { name: "Close" }).click();
  await page.getByRole("dialog").waitFor({ state: "detached" });
  expect(
    await page
      .getByRole("log")
      .getByText(/^Voice note/)
      .count(),
  ).toBe(1);
});

test("nothing went wrong on any page, and nobody else was asked for anything", () => {
  const expected = /net::ERR_FAILED|net::ERR_INTERNET_DISCONNECTED/;
  expect([...lee.troubles, ...ana.troubles].filter((trouble) => !expected.test(trouble))).toEqual([]);
});
