import { remind } from "../usecases/remind.ts";
import type { World } from "../steps/world.ts";

const EVERY_MS = 60 * 1000;

/** Looks once a minute whose moment has come, unless it is still at it. `run` does it now; two never overlap. */
export function startReminders(
  world: World,
  log: (line: string) => void,
): { readonly run: () => Promise<void>; readonly close: () => Promise<void> } {
  let running: Promise<void> = Promise.resolve();
  let waiting = 0;
  const run = () => {
    waiting += 1;
    running = running
      .then(() => remind(world, (kind) => log(`fault reminder-${kind}`)))
      .catch(() => log("fault remind"))
      .finally(() => {
        waiting -= 1;
      });
    return running;
  };
  // What fell due while the server was not there is made up for at once.
  void run();
  const timer = setInterval(() => {
    if (waiting === 0) void run();
  }, EVERY_MS);
  timer.unref();
  return {
    run,
    close: () => {
      clearInterval(timer);
      return running;
    },
  };
}
