import { useSyncExternalStore } from "react";

const TICK_MS = 60_000;

let now = Date.now();

function subscribe(listener: () => void): () => void {
  // Nobody may have asked for hours.
  now = Date.now();
  const timer = setInterval(() => {
    now = Date.now();
    listener();
  }, TICK_MS);
  return () => clearInterval(timer);
}

/** The time to the minute, for words like "today" and "yesterday" that must not grow old on an open screen. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, () => now);
}
