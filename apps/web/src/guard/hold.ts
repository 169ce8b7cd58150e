import type { GuardEvent } from "./scope.ts";

/**
 * A browser fetches the script of a service worker anew after a navigation or a push, and a script that changed may ask to take over at once. It is
 * not let in while the one before has something to do (Service Workers, "Try Activate"; Chromium waits five minutes at most). So each event that can
 * bring such a look holds the place for as long as the look may take: what comes is then seen before it can do anything.
 */
const HOLD_MS = 60_000;

const waiting = new Set<() => void>();

/** Keeps the place for a while. */
export function hold(event: GuardEvent): void {
  event.waitUntil(
    new Promise<void>((resolve) => {
      const release = (): void => {
        clearTimeout(timer);
        waiting.delete(release);
        resolve();
      };
      const timer = setTimeout(release, HOLD_MS);
      waiting.add(release);
    }),
  );
}

export const isHeld = (): boolean => waiting.size > 0;

/** Makes way: the one who comes was sent for. */
export function letGo(): void {
  for (const release of waiting) release();
}
