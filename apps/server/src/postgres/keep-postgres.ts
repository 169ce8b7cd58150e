import { realpath } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { placesIn } from "./data-folder.ts";
import { PostgresFault } from "./postgres-fault.ts";
import { isPostmasterOf, readPostmaster } from "./postmaster.ts";
import { startPostgres, type RunningPostgres, type StartOptions } from "./start-postgres.ts";

/** What happened to a server that should be running: it came back, or it could not be brought back this time. */
export type KeepEvent = Readonly<{ kind: "restarted" }> | Readonly<{ kind: "failed"; fault: PostgresFault }>;

const lookEverySeconds = 1;
const retryAfterSeconds = 10;

/**
 * Starts or adopts a server, and starts it again on the same port whenever it is gone: killed by the system for want of memory, say. Nothing that
 * was acknowledged is lost by that; connections break and must be made again. `tell` hears of it. `stop()` ends the watch first.
 * Throws as `startPostgres` does, for the first start only.
 */
export async function keepPostgres(
  options: StartOptions,
  tell: (event: KeepEvent) => void,
): Promise<RunningPostgres> {
  const running = await startPostgres(options);
  const ending = new AbortController();
  const watch = watchOver({ ...options, port: running.port }, tell, ending.signal);
  return {
    ...running,
    stop: async () => {
      ending.abort();
      await watch;
      await running.stop();
    },
  };
}

async function watchOver(
  options: StartOptions,
  tell: (event: KeepEvent) => void,
  ending: AbortSignal,
): Promise<void> {
  const places = placesIn(await realpath(options.directory));
  let waitSeconds = lookEverySeconds;
  while (await slept(waitSeconds, ending)) {
    const claim = await readPostmaster(places);
    waitSeconds = lookEverySeconds;
    if (claim !== null && isPostmasterOf(claim.pid, places) !== "no") continue;
    try {
      await startPostgres(options);
      tell({ kind: "restarted" });
    } catch (error) {
      if (!(error instanceof PostgresFault)) throw error;
      tell({ kind: "failed", fault: error });
      waitSeconds = retryAfterSeconds;
    }
  }
}

/** Waits; false when the watch was ended meanwhile. Does not keep the process alive. */
async function slept(seconds: number, ending: AbortSignal): Promise<boolean> {
  try {
    await sleep(seconds * 1000, undefined, { signal: ending, ref: false });
    return true;
  } catch {
    return false;
  }
}
