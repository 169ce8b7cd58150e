import type { FromGuard, GuardView, ToGuard } from "./guard-messages.ts";

const ANSWER_WITHIN_MS = 5_000;

/** The guard's answer; null when no guard watches over this page, or it knows nothing. */
function ask<Answer>(
  message: ToGuard,
  guard = navigator.serviceWorker?.controller ?? null,
): Promise<Answer | null> {
  if (guard === null) return Promise.resolve(null);
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve) => {
    port1.addEventListener("message", ({ data }: MessageEvent<Answer | null>) => resolve(data));
    port1.start();
    setTimeout(() => resolve(null), ANSWER_WITHIN_MS);
    guard.postMessage(message, [port2]);
  });
}

/** What the guard knows of this page. */
export const readGuard = (): Promise<GuardView | null> => ask<GuardView>({ kind: "state" });

/** Whether this guard awaits another one at this path. One that does not answer in time does not. */
export const isSentFor = async (path: string, guard: ServiceWorker): Promise<boolean> =>
  (await ask<boolean>({ kind: "is-sent-for", path }, guard)) === true;

/** Uses a build that was found in the key log, from the next start on. */
export const takeBuild = async (manifest: string): Promise<void> => {
  await ask({ kind: "take", manifest });
};

/** Whoever was told what was refused goes on. */
export const goOn = async (): Promise<void> => {
  await ask({ kind: "go-on" });
};

/** Hears of what is new, and of the guard itself once it stands over a page that was there first. Somebody who watches shows by themselves what was refused. */
export function watchGuard(changed: () => void): () => void {
  const container = navigator.serviceWorker;
  if (container === undefined) return () => undefined;
  const hear = ({ data, ports }: MessageEvent<FromGuard>): void => {
    if (data.kind === "refused") ports[0]?.postMessage(true);
    changed();
  };
  container.addEventListener("message", hear);
  container.addEventListener("controllerchange", changed);
  container.startMessages();
  return () => {
    container.removeEventListener("message", hear);
    container.removeEventListener("controllerchange", changed);
  };
}
