/** An agreement becomes a PDF on the device: in a worker, under the page's own policy, with the letters that the device has. */
import { familyPaper } from "@sotto/web/agreement-paper";
import { getDocument, OPS } from "pdfjs-dist/legacy/build/pdf.mjs";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { newPerson, openBrowser } from "../support/browser.ts";
import { openPaperPage, type PaperPage } from "../support/paper-page.ts";

let paperPage: Awaited<ReturnType<typeof openPaperPage>>;
let browser: Browser;

beforeAll(async () => {
  paperPage = await openPaperPage();
  browser = await openBrowser();
});

afterAll(async () => {
  await browser.close();
  await paperPage.close();
});

/** What the page makes of a paper: its bytes, or the code of what went wrong. */
async function made(paper: object): Promise<Uint8Array | string> {
  const { close, page, troubles } = await newPerson(browser, { viewport: "phone" });
  await page.goto(paperPage.origin);
  const answer = await page.evaluate((wanted) => {
    const { makeAgreementPdf } = globalThis as unknown as PaperPage;
    return makeAgreementPdf(wanted).then(
      (bytes) => Array.from(bytes),
      (fault: unknown) => String((fault as { readonly code?: string }).code),
    );
  }, paper);
  await close();
  expect(troubles).toEqual([]);
  return typeof answer === "string" ? answer : Uint8Array.from(answer);
}

async function firstPage(bytes: Uint8Array | string): Promise<{ text: string; pictures: number }> {
  if (typeof bytes === "string") throw new Error(bytes);
  const pdf = await getDocument({ data: bytes, verbosity: 0 }).promise;
  const page = await pdf.getPage(1);
  const { items } = await page.getTextContent();
  const { fnArray } = await page.getOperatorList();
  await pdf.loadingTask.destroy();
  return {
    text: items.map((item) => ("str" in item ? item.str : "")).join(""),
    pictures: fnArray.filter((name) => name === OPS.paintImageXObject).length,
  };
}

test("names in Greek and Cyrillic are letters, and what only the device can draw is a picture", async () => {
  // Every device has arrows; the fonts of the PDF do not.
  const names = ["Αλέξανδρος", "Людмила Їжак", "← Tom →", "Tess"] as const;
  const { pictures, text } = await firstPage(await made(familyPaper({ names })));
  for (const said of ["Αλέξανδρος (adult)", "Людмила Їжак (adult)", "Elm Street"])
    expect(text).toContain(said);
  expect(text).not.toContain("[U+");
  expect(pictures).toBeGreaterThanOrEqual(2);
});

test("a letter that the device does not have either is a code, and no empty box", async () => {
  // For private use: no font that comes with a system has it.
  const names = ["Ana \u{10abcd}", "Ben", "Tom", "Tess"] as const;
  const { pictures, text } = await firstPage(await made(familyPaper({ names })));
  expect(text).toContain("Ana [U+10ABCD] (adult)");
  expect(pictures).toBe(0);
});

test("where there is nothing to draw, the page is told in one word", async () => {
  const words = [{ part: "policy", language: "en", reader: "adult", text: "A sentence." }] as const;
  expect(await made({ ...familyPaper({ words }), language: "es" })).toBe("not-worded");
});
