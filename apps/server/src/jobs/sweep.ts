import { sweep } from "../usecases/sweep.ts";
import { sweepFiles } from "../usecases/sweep-files.ts";
import type { World } from "../steps/world.ts";

const EVERY_MS = 10 * 60 * 1000;

/** Takes away what has run out, now and then. Nothing depends on it: expiry is checked at every use. */
export function startSweeping(world: World, log: (line: string) => void): { readonly close: () => void } {
  const run = () => {
    sweep(world).catch(() => log("fault sweep"));
    sweepFiles(world).catch(() => log("fault sweep-files"));
  };
  const timer = setInterval(run, EVERY_MS);
  timer.unref();
  return { close: () => clearInterval(timer) };
}
