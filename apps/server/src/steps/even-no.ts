/**
 * How long a no takes, in milliseconds: more than any takes to be found, so that its time does not tell what was looked at (decision 0054), and less than
 * anybody notices.
 */
export const REFUSE_AFTER_MS = 30;

export interface EvenNo {
  /** When a no may be said. */
  readonly due: () => Promise<void>;
  /** It was no no. */
  readonly letGo: () => void;
}

/** Begun when something is asked, and not when the no is found: the grain of the clock would tell how long that took. With 0, a no may be said at once. */
export function beginEvenNo(refuseAfterMs: number): EvenNo {
  if (refuseAfterMs === 0) return AT_ONCE;
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, refuseAfterMs);
  return {
    due: () => promise,
    letGo: () => {
      clearTimeout(timer);
      resolve();
    },
  };
}

const AT_ONCE: EvenNo = { due: () => Promise.resolve(), letGo: () => undefined };
