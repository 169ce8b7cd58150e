import { open, rename, stat } from "node:fs/promises";
import type { DataFolder } from "./data-folder.ts";
import { PostgresFault, systemCode } from "./postgres-fault.ts";

const logBytesMax = 10 * 1024 * 1024;
const tailBytesMax = 64 * 1024;

/** How many bytes the log has now. A log that has grown too long is set aside first, replacing the one set aside before. */
export async function openLog(places: DataFolder): Promise<number> {
  try {
    const { size } = await stat(places.log);
    if (size <= logBytesMax) return size;
    await rename(places.log, `${places.log}.1`);
  } catch (error) {
    if (systemCode(error) !== "ENOENT") throw error;
  }
  return 0;
}

/** What the server wrote after a place in the log, at most the last 64 KiB of it. */
export async function readLogFrom(places: DataFolder, from: number): Promise<string> {
  const file = await open(places.log, "r");
  try {
    const { size } = await file.stat();
    const start = Math.max(from, size - tailBytesMax);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(Math.max(0, size - start)), {
      position: start,
    });
    return buffer.toString("utf8", 0, bytesRead);
  } finally {
    await file.close();
  }
}

/** Why a server ended instead of starting, read from what it said: worth another try, or a fault. */
export function judgeEnd(
  said: string,
  places: DataFolder,
  port: number,
): "try-again" | "port-taken" | PostgresFault {
  if (/could not bind|could not create any TCP\/IP/.test(said)) return "port-taken";
  // Another process of ours was faster, or backends of a killed postmaster are still on their way out.
  if (/lock file .* already exists|pre-existing shared memory/.test(said)) return "try-again";
  if (/no space left on device/i.test(said)) return noRoomToRun(places);
  return new PostgresFault(
    "did-not-start",
    `PostgreSQL did not start on port ${port}.`,
    `What it said is at the end of ${places.log}.`,
  );
}

function noRoomToRun(places: DataFolder): PostgresFault {
  return new PostgresFault(
    "disk",
    `The disk that holds ${places.root} is full.`,
    "Free some room there; nothing that was stored is lost.",
  );
}
