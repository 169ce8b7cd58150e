/** Looks at a screen as everybody must be able to: axe, the title of the tab, the address. Keeps a picture of it where one is asked for. */
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { checkAccessible } from "./browser.ts";

/** A folder; every screen that a journey looks at is put there as a PNG. */
const pictures = process.env["SOTTO_PICTURES"];

/** Words that no tab, address or history may show, whatever is on the screen. */
const unspoken = /therap|clinic|counsel|practice|elm|rivera|ana|ben|tom|mia|lee/i;

/** What the app may be called on a device, and the page that whoever left is shown. */
const neutralTitles = ["Sotto", "Notes", "Calendar", "Weather", "Clock", "Notas", "Reloj"];

/** Throws when a screen cannot be used by everybody, is wider than its window, or says on its tab or in its address what it must not. */
export async function look(
  page: Page,
  name: string,
  picture: { readonly whole: boolean } = { whole: false },
): Promise<void> {
  // What has been asked for and is on its way in is part of the screen.
  await page.evaluate(() => document.fonts.ready.then(() => null));
  await page.waitForTimeout(150);
  if (pictures !== undefined) {
    await mkdir(pictures, { recursive: true });
    await page.screenshot({ path: join(pictures, `${name}.png`), fullPage: picture.whole });
  }
  await checkAccessible(page);
  const title = await page.title();
  const { pathname, hash } = new URL(page.url());
  // An id is made of hexadecimal digits, which can look like a short word.
  const address = `${pathname}${hash}`.replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, "");
  if (!neutralTitles.includes(title)) throw new Error(`the tab of ${name} says ${title}`);
  if (unspoken.test(address)) throw new Error(`the address of ${name} says ${address}`);
  const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  if (over > 0) throw new Error(`${name} is ${over} pixels wider than its window`);
}
