import { randomBytes } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { newPerson, openBrowser } from "@sotto/tests/browser";
import { makeWords, seen, valueOf } from "@sotto/tests/clients";
import { makeDevice } from "@sotto/tests/node-ports";
import { openRoom, signInByWords } from "@sotto/tests/walk";
import type { Page } from "playwright-core";
import { benchLine, median, type BenchLine } from "./line.ts";
import { openServerChild } from "./server-child.ts";

const FILE_BYTES = 64 * 1024 * 1024;
const ROUNDS = 5;

/**
 * A file of 64 MiB in the page itself: from pressing "Send" until everybody may read it, and from pressing "Save" until all of it is checked, over encrypting
 * the same bytes with AES-GCM in the same page and the same chunks, which is no network, no disk and no hash. Rounds alternate.
 */
export async function benchPageFiles(): Promise<readonly BenchLine[]> {
  const server = await openServerChild({ hasPage: true });
  const browser = await openBrowser("whole");
  const folder = await mkdtemp(join(tmpdir(), "sotto-bench-"));
  try {
    const client = await makeDevice({ origin: server.origin() }).open();
    const way = makeWords(client);
    const code = server.code();
    valueOf(await client.actions.setUp({ code, practiceName: "Elm Street", myName: "Ada Lee", factor: way }));
    valueOf(await client.actions.createFamily({ name: "Rivera" }));
    await seen(client, "rooms", (rooms) => rooms.length === 2);
    await client.close();
    const { page } = await newPerson(browser, { viewport: "desktop" });
    const { page: other } = await newPerson(browser, { viewport: "desktop" });
    for (const one of [page, other]) {
      await one.goto(server.origin());
      await signInByWords(one, way);
      await openRoom(one, /Whole family/);
    }
    const [raw, sent, opened]: [number[], number[], number[]] = [[], [], []];
    for (let round = 0; round < ROUNDS; round += 1) {
      const name = `f${String(round)}.bin`;
      const path = join(folder, name);
      await writeFile(path, randomBytes(FILE_BYTES));
      raw.push(perSecond(await page.evaluate(encryptRaw, FILE_BYTES)));
      sent.push(perSecond(await send(page, path, round + 1)));
      await other.getByRole("button", { name: `Save ${name}` }).waitFor();
      opened.push(perSecond(await open(other, name)));
      await rm(path);
    }
    return [
      benchLine("files.page-send", "MB/s", median(sent), median(raw)),
      benchLine("files.page-open", "MB/s", median(opened), median(raw)),
    ];
  } catch (error) {
    console.error(error);
    throw error;
  } finally {
    await browser.close();
    await server.close();
    await rm(folder, { recursive: true, force: true });
  }
}

const perSecond = (milliseconds: number): number => FILE_BYTES / 1e6 / (milliseconds / 1000);

/** Milliseconds from pressing "Send" until so many messages of one's own are said. */
async function send(page: Page, path: string, count: number): Promise<number> {
  await page.getByRole("button", { name: "Add a photo, file or voice note" }).click();
  const chooser = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Any file", exact: true }).click();
  await (await chooser).setFiles(path);
  const button = page.getByRole("dialog").getByRole("button", { name: "Send", exact: true });
  await button.waitFor();
  return button.evaluate(pressUntil, { selector: '.message[data-mine][data-state="sent"]', count });
}

/** Milliseconds from pressing "Save" until the whole file is in hand, and Sotto asks what saving means. */
async function open(page: Page, name: string): Promise<number> {
  const button = page.getByRole("button", { name: `Save ${name}` });
  const ms = await button.evaluate(pressUntil, { selector: "dialog", count: 1 });
  await page.getByRole("dialog").getByRole("button", { name: "Cancel" }).click();
  await page.getByRole("dialog").waitFor({ state: "detached" });
  return ms;
}

/** In the page: presses a button, and looks until so many of something are there. */
function pressUntil(
  button: HTMLElement | SVGElement,
  wish: { readonly selector: string; readonly count: number },
): Promise<number> {
  return new Promise((resolve) => {
    const begin = performance.now();
    const look = (): void => {
      if (document.querySelectorAll(wish.selector).length < wish.count) setTimeout(look, 5);
      else resolve(performance.now() - begin);
    };
    if (button instanceof HTMLElement) button.click();
    look();
  });
}

/** In the page: nothing but the cipher, chunk by chunk. */
async function encryptRaw(size: number): Promise<number> {
  const chunk = crypto.getRandomValues(new Uint8Array(65_536));
  const bytes = new Uint8Array(1024 * 1024);
  for (let start = 0; start < bytes.length; start += chunk.length) bytes.set(chunk, start);
  const key = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt"]);
  const begin = performance.now();
  for (let index = 0; index < size / bytes.length; index += 1) {
    const iv = new Uint8Array(12);
    iv[11] = index;
    await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, bytes);
  }
  return performance.now() - begin;
}
