import { useSyncExternalStore } from "react";

const TICK_MS = 60_000;

function subscribe(listener: () => void): () => void {
  const timer = setInterval(listener, TICK_MS);
  return () => clearInterval(timer);
}

/** The same for a whole minute: whoever asks twice while a screen is drawn does not draw it again. */
const minute = (): number => Math.floor(Date.now() / TICK_MS) * TICK_MS;

/** The time to the minute, for words like "today" and "yesterday" that must not grow old on an open screen. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, minute);
}
