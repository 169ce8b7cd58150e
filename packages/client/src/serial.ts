/** A line of work: each piece starts when the one before has ended, well or badly. */
export type Line = <Value>(work: () => Promise<Value>) => Promise<Value>;

export function makeLine(): Line {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const next = last.then(work, work);
    last = next.catch(() => null);
    return next;
  };
}

/**
 * Runs `work` in the background, one at a time. A call while it runs makes it run once more afterwards. What it throws is
 * given to `failed`, which decides about trying again.
 */
export function makeBackground(work: () => Promise<void>, failed: (error: unknown) => void): () => void {
  let isRunning = false;
  let isWanted = false;
  const run = async (): Promise<void> => {
    isRunning = true;
    try {
      while (isWanted) {
        isWanted = false;
        await work();
      }
    } catch (error) {
      failed(error);
    } finally {
      isRunning = false;
    }
  };
  return () => {
    isWanted = true;
    if (!isRunning) void run();
  };
}
