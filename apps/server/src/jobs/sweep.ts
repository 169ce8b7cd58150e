import { sweepExpired } from "../store/attempt.ts";
import { NO_PRACTICE } from "../store/store.ts";
import type { World } from "../usecases/world.ts";

const EVERY_MS = 10 * 60 * 1000;

/** Takes away what has run out, now and then. Nothing depends on it: expiry is checked at every use. */
export function startSweeping(world: World, log: (line: string) => void): { readonly close: () => void } {
  const sweep = () => {
    world.store
      .write(NO_PRACTICE, (writer) => sweepExpired(writer, world.now()))
      .catch(() => log("fault sweep"));
  };
  const timer = setInterval(sweep, EVERY_MS);
  timer.unref();
  return { close: () => clearInterval(timer) };
}
