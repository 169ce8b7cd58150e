/** A copy of an agreement is checked by a page that stands on a disk, without any server. */
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { newPerson, openBrowser, type Person } from "../support/browser.ts";
import { look } from "../support/look.ts";

interface Golden {
  readonly file: string;
  readonly waiting: { readonly file: string };
}

let browser: Browser;
let ground: string;
let reader: Person;
let golden: Golden;

beforeAll(async () => {
  ground = await mkdtemp(join(tmpdir(), "sotto-check-copy-"));
  golden = JSON.parse(
    await readFile(new URL("../vectors/agreement.json", import.meta.url), "utf8"),
  ) as Golden;
  const built = await readFile(new URL("../../apps/web/dist/check-agreement.txt", import.meta.url), "utf8");
  await writeFile(join(ground, "check-agreement.html"), built);
  browser = await openBrowser();
  reader = await newPerson(browser, { viewport: "phone" });
  await reader.context.setOffline(true);
  await reader.page.goto(pathToFileURL(join(ground, "check-agreement.html")).href);
});

afterAll(async () => {
  await browser?.close();
  await rm(ground, { recursive: true, force: true });
});

async function choose(name: string, bytes: Uint8Array): Promise<void> {
  const file = join(ground, name);
  await writeFile(file, bytes);
  await reader.page.getByLabel("Choose the copy").setInputFiles(file);
}

test("a copy that is whole says who signed, with which key, and what was signed", async () => {
  const { page } = reader;
  await choose("whole.sotto", Buffer.from(golden.file, "hex"));
  await page.getByRole("heading", { name: "Everyone who has to sign has signed." }).waitFor();
  await page.getByText("Ana, for themselves").waitFor();
  await page.getByText("Ben, for themselves").waitFor();
  expect(await page.getByText(/^Key( [0-9a-f]{4}){5}$/).count()).toBe(2);
  await page.getByText("What it says (en, adult)").click();
  await page.getByText("What policy says").first().waitFor();
  await look(page, "check-copy", { whole: true });
});

test("what was found is said in the other language, and back", async () => {
  const { page } = reader;
  await page.getByRole("button", { name: "Español" }).click();
  await page.getByRole("heading", { name: "Firmaron todos los que tienen que firmar." }).waitFor();
  expect(await page.locator("html").getAttribute("lang")).toBe("es");
  await look(page, "check-copy-spanish", { whole: true });
  await page.getByRole("button", { name: "English" }).click();
  await page.getByRole("heading", { name: "Everyone who has to sign has signed." }).waitFor();
});

test("a copy that waits for somebody, is changed by a byte, or is another file says so", async () => {
  const { page } = reader;
  await choose("waiting.sotto", Buffer.from(golden.waiting.file, "hex"));
  await page.getByRole("heading", { name: "It does not hold yet. Some have not signed." }).waitFor();
  await page.getByRole("heading", { name: "Not signed yet" }).waitFor();
  const changed = Buffer.from(golden.file, "hex");
  changed[changed.length - 1] = (changed.at(-1) ?? 0) ^ 1;
  await choose("changed.sotto", changed);
  await page.getByText("Something in this file is not as it was signed.").waitFor();
  expect(await page.getByText("Ana").count()).toBe(0);
  await choose("paper.pdf", Buffer.from("%PDF-1.7"));
  await page.getByText("This file is no copy of an agreement").waitFor();
  expect(reader.troubles).toEqual([]);
});
