import type { Browser } from "playwright-core";

const TURN_MS = 20;

/** The processes that this browser's pages run in. */
export async function pageProcesses(browser: Browser): Promise<readonly number[]> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  await session.detach();
  const pages = processInfo.filter(({ type }) => type === "renderer").map(({ id }) => id);
  if (pages.length === 0) throw new Error("a browser without a page");
  return pages;
}

/**
 * A browser whose pages run at a fraction of this machine's speed. DevTools slows a page's own thread alone ("not supported for workers", it says), and
 * the client runs in a worker; so here each of the browser's page processes is stopped for the rest of every 20 milliseconds, with all its threads.
 */
export async function slowDown(browser: Browser, factor: number): Promise<() => void> {
  const pages = new Set(await pageProcesses(browser));
  const signal = (name: NodeJS.Signals): void => {
    for (const id of pages) if (!isSent(id, name)) pages.delete(id);
  };
  let timer: ReturnType<typeof setTimeout> | null = null;
  const run = (): void => {
    signal("SIGCONT");
    timer = setTimeout(stop, TURN_MS / factor);
  };
  const stop = (): void => {
    signal("SIGSTOP");
    timer = setTimeout(run, TURN_MS - TURN_MS / factor);
  };
  run();
  return () => {
    if (timer !== null) clearTimeout(timer);
    signal("SIGCONT");
  };
}

/** False for a process that is no more: the browser keeps some in store, and lets them go. */
function isSent(id: number, name: NodeJS.Signals): boolean {
  try {
    return process.kill(id, name);
  } catch {
    return false;
  }
}
