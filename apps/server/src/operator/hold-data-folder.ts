import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { link, readFile, rename, rm, writeFile } from "node:fs/promises";
import { OperatorFault } from "../config/operator-fault.ts";
import { isAlive } from "../postgres/postmaster.ts";
import { systemCode } from "../postgres/postgres-fault.ts";
import { operatorPlaces } from "./places.ts";

/** Who holds a data folder: a process, and when the machine says it began, since numbers of processes are used again. */
interface Holder {
  readonly pid: number;
  readonly began: string;
}

/**
 * Takes the data folder for one server. A second one would serve the same rooms without hearing of what the first commits. The claim of a server that
 * was killed is taken over. Answers how to give it back. Throws `running`.
 *
 * Known weakness: two containers that share a folder do not see each other's processes; and of three that take over a dead claim in the same
 * millisecond, two could believe to hold it.
 */
export async function holdDataFolder(dataFolder: string): Promise<() => Promise<void>> {
  const { lock } = operatorPlaces(dataFolder);
  const beside = `${lock}.${String(process.pid)}-${randomUUID()}`;
  await writeFile(beside, JSON.stringify(holderOf(process.pid)), { mode: 0o600 });
  try {
    while (!(await tryLink(beside, lock))) {
      const holder = await readHolder(lock);
      if (holder !== null && isHolding(holder)) throw running(dataFolder, holder);
      await takeAway(lock, beside);
    }
  } finally {
    await rm(beside, { force: true });
  }
  return async () => {
    if ((await readHolder(lock))?.pid === process.pid) await rm(lock, { force: true });
  };
}

/** The process that serves this data folder; null when none does. */
export async function readServer(dataFolder: string): Promise<number | null> {
  const holder = await readHolder(operatorPlaces(dataFolder).lock);
  return holder !== null && isHolding(holder) ? holder.pid : null;
}

function running(dataFolder: string, holder: Holder): OperatorFault {
  return new OperatorFault(
    "running",
    `Sotto runs already on the data folder ${dataFolder}, as process ${String(holder.pid)}.`,
    "Stop that one first, or name another folder in SOTTO_DATA. Nothing was touched.",
  );
}

async function tryLink(beside: string, lock: string): Promise<boolean> {
  try {
    await link(beside, lock);
    return true;
  } catch (error) {
    if (systemCode(error) === "EEXIST") return false;
    throw error;
  }
}

/** Moves a dead server's claim out of the way. Should another process have put a living one there meanwhile, it goes back. */
async function takeAway(lock: string, beside: string): Promise<void> {
  const aside = `${beside}.dead`;
  try {
    await rename(lock, aside);
  } catch (error) {
    if (systemCode(error) === "ENOENT") return;
    throw error;
  }
  const holder = await readHolder(aside);
  if (holder !== null && isHolding(holder)) await tryLink(aside, lock);
  await rm(aside, { force: true });
}

async function readHolder(lock: string): Promise<Holder | null> {
  try {
    const kept: unknown = JSON.parse(await readFile(lock, "utf8"));
    if (typeof kept !== "object" || kept === null || !("pid" in kept) || !("began" in kept)) return null;
    return { pid: Number(kept.pid), began: String(kept.began) };
  } catch (error) {
    // A claim that cannot be read is one that a power cut left behind.
    if (systemCode(error) === "ENOENT" || error instanceof SyntaxError) return null;
    throw error;
  }
}

function isHolding(holder: Holder): boolean {
  return isAlive(holder.pid) && holder.began === holderOf(holder.pid).began;
}

function holderOf(pid: number): Holder {
  return { pid, began: beganAt(pid) };
}

/** Start and boot of a process in Linux's words; empty on machines that do not tell, where the number alone counts. */
function beganAt(pid: number): string {
  try {
    const fields = readFileSync(`/proc/${String(pid)}/stat`, "utf8");
    const boot = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
    // The name of the program, in brackets, may hold spaces; field 22 is the time of its start.
    const ticks = fields.slice(fields.lastIndexOf(")") + 2).split(" ")[19] ?? "";
    return `${boot}/${ticks}`;
  } catch {
    return "";
  }
}
