import type { FromGuard, RefusedWhy } from "../platform/guard-messages.ts";
import { browserKeeper } from "../platform/browser-store.ts";
import { changeNotes, readNotes } from "./kept.ts";
import { scope, type OpenPage } from "./scope.ts";

const ANSWER_WITHIN_MS = 4_000;

/** Notes what was refused and tells every open page. The same thing is told once. */
export async function refuse(why: RefusedWhy, what: string): Promise<void> {
  const { refused } = await readNotes();
  const isKnown = refused !== null && refused.what === what && refused.why === why;
  if (isKnown && !refused.isOver) return;
  const isSeen = isKnown && refused.isSeen;
  // All files are compared at the next look, so that it is over only when all are as they should be.
  await changeNotes((notes) => ({
    ...notes,
    comparedAt: 0,
    refused: { why, what, at: Date.now(), isSeen, isOver: false },
  }));
  const pages = await scope.clients.matchAll({ type: "window" });
  await Promise.all(pages.map((page) => show(page, why)));
}

/**
 * Another guard waits, and could soon do what it likes with this browser: every open page ends, and whoever was kept unlocked across a reload is
 * locked. A page may have kept them once more before it ended, so that is done again behind it.
 */
export async function refuseNewcomer(path: string): Promise<void> {
  await browserKeeper.forget();
  await refuse("replaced", path);
  await browserKeeper.forget();
}

/** A page that shows it by itself keeps what its person is writing; any other is brought to where the guard shows it. */
async function show(page: OpenPage, why: RefusedWhy): Promise<void> {
  // Under another guard that page could be changed at any moment: it ends here, with the keys that it holds.
  if (why !== "replaced" && (await isShown(page))) return;
  await page.navigate(page.url).catch(() => undefined);
}

function isShown(page: OpenPage): Promise<boolean> {
  const { port1, port2 } = new MessageChannel();
  const message: FromGuard = { kind: "refused" };
  page.postMessage(message, [port2]);
  return new Promise((resolve) => {
    port1.addEventListener("message", () => resolve(true));
    port1.start();
    setTimeout(() => resolve(false), ANSWER_WITHIN_MS);
  });
}

/** Tells every open page that something is new. */
export async function tellPages(): Promise<void> {
  const message: FromGuard = { kind: "changed" };
  for (const page of await scope.clients.matchAll({ type: "window" })) page.postMessage(message, []);
}
