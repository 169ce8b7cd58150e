import type { Done } from "../client.ts";
import { refused } from "../done.ts";
import type { Home } from "../home.ts";
import { makeBackground, makeLine } from "../serial.ts";
import { renewNow, renewWhenDue } from "./renew-keys.ts";

const AFTER_TROUBLE_MS = 30_000;
// What a timer can hold.
const TIMER_MS_MAX = 12 * 3_600_000;

/** The renewal of keys behind everything else, from unlocking to locking. */
export interface Renewing {
  /** Looks whether there is something to do, and does it. */
  readonly look: () => void;
  /** Does now what is owed, without waiting for the rest. */
  readonly now: () => Promise<Done>;
  readonly stop: () => void;
}

/** `home` answers null for as long as the rooms have not come into step. */
export function makeRenewing(home: () => Home | null): Renewing {
  const line = makeLine();
  let timer: ReturnType<typeof setTimeout> | null = null;
  let isStopped = false;
  const later = (ms: number | null): void => {
    if (timer !== null) clearTimeout(timer);
    timer = ms === null || isStopped ? null : setTimeout(look, Math.min(ms, TIMER_MS_MAX));
  };
  const look = makeBackground(
    async () => {
      const open = home();
      if (open !== null && !isStopped) later(await line(() => renewWhenDue(open, false)));
    },
    () => later(AFTER_TROUBLE_MS),
  );
  return {
    look,
    now: async () => {
      const open = home();
      return open === null || isStopped ? refused("offline") : line(() => renewNow(open));
    },
    stop: () => {
      isStopped = true;
      later(null);
    },
  };
}
