import { remind } from "../usecases/remind.ts";
import type { World } from "../steps/world.ts";

const EVERY_MS = 60 * 1000;

/** Looks once a minute whose moment has come. `run` does it now; two never overlap. */
export function startReminders(
  world: World,
  log: (line: string) => void,
): { readonly run: () => Promise<void>; readonly close: () => Promise<void> } {
  let running: Promise<void> = Promise.resolve();
  const run = () => {
    running = running
      .then(() => remind(world, (kind) => log(`fault reminder-${kind}`)))
      .catch(() => log("fault remind"));
    return running;
  };
  // What fell due while the server was not there is made up for at once.
  void run();
  const timer = setInterval(() => void run(), EVERY_MS);
  timer.unref();
  return {
    run,
    close: () => {
      clearInterval(timer);
      return running;
    },
  };
}
