import { realpath } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { placesIn } from "./data-folder.ts";
import { PostgresFault } from "./postgres-fault.ts";
import { isPostmasterOf, readPostmaster } from "./postmaster.ts";

/** Open transactions are rolled back at once, but a last checkpoint of a busy server takes its time. */
const stopWithinSeconds = 120;

/**
 * Stops the server of a data folder, whoever started it: connections are closed, everything is written (PostgreSQL's "fast" shutdown).
 * Nothing happens when none runs. Throws `did-not-stop`.
 */
export async function stopPostgres(directory: string): Promise<void> {
  const places = placesIn(await realpath(directory));
  const claim = await readPostmaster(places);
  if (claim === null || isPostmasterOf(claim.pid, places) !== "yes") return;
  process.kill(claim.pid, "SIGINT");
  const giveUpAt = Date.now() + stopWithinSeconds * 1000;
  while (Date.now() < giveUpAt) {
    await sleep(30);
    // The server takes its claim away as the last thing it does.
    if ((await readPostmaster(places))?.pid !== claim.pid) return;
    if (isPostmasterOf(claim.pid, places) === "no") return;
  }
  throw new PostgresFault(
    "did-not-stop",
    `PostgreSQL (process ${claim.pid}) does not stop.`,
    `Look at the end of ${places.log}; wait, or stop it yourself with the signal INT.`,
  );
}
