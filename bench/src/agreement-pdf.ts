import { newPerson, openBrowser } from "@sotto/tests/browser";
import { openPaperPage, type PaperPage } from "@sotto/tests/paper-page";
import { familyPaper } from "@sotto/web/agreement-paper";
import type { Browser, Page } from "playwright-core";
import { benchLine, median, type BenchLine } from "./line.ts";
import { slowDown } from "./slowed.ts";

const SLOWED = 4;
const ROUNDS = 5;
/** A task that is longer keeps somebody waiting whom the page should have answered (W3C, Long Tasks). */
const TASK_BUDGET_MS = 50;
const EVIDENCE_BYTES = 40_000;

interface Watched {
  /** The longest task of the page's own thread, in processor time at the speed of the slowed page. */
  readonly longest: number;
  readonly took: number;
}

/**
 * The whole agreement of a family of three as a PDF, fonts, evidence and all, in a page at a quarter of this machine's speed: the longest task of the page's own
 * thread meanwhile, over a budget of 50 ms; and the same in that page when it does nothing. Tasks are counted by the processor time that Chromium says they
 * took, times four: what else the machine does is in no figure. The page is built as the app's is, and has its policy.
 */
export async function benchAgreementPdf(): Promise<readonly BenchLine[]> {
  const paper = await openPaperPage();
  const browser = await openBrowser("whole");
  try {
    const { page, troubles } = await newPerson(browser, { viewport: "phone" });
    await page.goto(paper.origin);
    await givePaper(page);
    const [slowed, idle] = await atSpeed(browser, async () => {
      const made = await rounds(() => watched(browser, page, () => makePdf(page)));
      const rest = (): Promise<unknown> => page.waitForTimeout(median(made.map(({ took }) => took)));
      return [made, await rounds(() => watched(browser, page, rest))] as const;
    });
    if (troubles.length > 0) throw new Error(`no PDF came out: ${troubles.join(", ")}`);
    const middle = (all: readonly Watched[]): number => median(all.map(({ longest }) => longest));
    return [
      benchLine("agreement-pdf.longest-task", "ms", middle(slowed), TASK_BUDGET_MS),
      benchLine("agreement-pdf.idle", "ms", middle(idle), TASK_BUDGET_MS),
    ];
  } finally {
    await browser.close();
    await paper.close();
  }
}

async function rounds<Value>(run: () => Promise<Value>): Promise<readonly Value[]> {
  const all: Value[] = [];
  for (let round = 0; round < ROUNDS; round += 1) all.push(await run());
  return all;
}

async function atSpeed<Value>(browser: Browser, run: () => Promise<Value>): Promise<Value> {
  const restore = await slowDown(browser, SLOWED);
  try {
    return await run();
  } finally {
    restore();
  }
}

/** An event as Chromium traces it; `tdur` is processor time in microseconds. */
interface Traced {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

async function watched(browser: Browser, page: Page, run: () => Promise<unknown>): Promise<Watched> {
  await browser.startTracing(page, { categories: ["toplevel"] });
  const begin = performance.now();
  await run();
  const took = performance.now() - begin;
  const text = (await browser.stopTracing()).toString("utf8");
  // Chromium's own format.
  const { traceEvents } = JSON.parse(text) as { readonly traceEvents: readonly Traced[] };
  const threads = traceEvents.filter(
    ({ args, name }) => name === "thread_name" && args?.name === "CrRendererMain",
  );
  const tasks = traceEvents.filter(
    ({ name, pid, tid }) =>
      name.endsWith("RunTask") && threads.some((one) => one.pid === pid && one.tid === tid),
  );
  if (tasks.length === 0) throw new Error("a trace without a task");
  const longest = Math.max(...tasks.map(({ tdur = 0 }) => tdur)) / 1000;
  return { longest: longest * SLOWED, took };
}

/** What the page has at hand before anything is measured. */
interface AtHand extends PaperPage {
  readonly paper: object;
}

/** Gives the page an agreement of three people with an evidence file of a usual size. */
async function givePaper(page: Page): Promise<void> {
  await page.evaluate(
    ({ evidenceBytes, paper }) => {
      const bytes = crypto.getRandomValues(new Uint8Array(evidenceBytes));
      Object.assign(globalThis, { paper: { ...paper, file: { name: "agreement.sotto", bytes } } });
    },
    { paper: familyPaper(), evidenceBytes: EVIDENCE_BYTES },
  );
}

function makePdf(page: Page): Promise<void> {
  return page.evaluate(async (evidenceBytes) => {
    const { makeAgreementPdf, paper } = globalThis as unknown as AtHand;
    const made = await makeAgreementPdf(paper);
    if (made.length < evidenceBytes) throw new Error("a PDF without its evidence");
  }, EVIDENCE_BYTES);
}
