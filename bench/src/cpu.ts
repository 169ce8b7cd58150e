import { readdirSync, readFileSync } from "node:fs";
import pg from "pg";

/** Clock ticks a second, which Linux has fixed for programs at 100. */
const TICKS = 100;

interface Spent {
  readonly parent: number;
  readonly own: number;
  /** Of children that have ended. */
  readonly ended: number;
}

/** Seconds of processor that a process of this machine has used up; null when it is gone. */
function spentBy(pid: number): Spent | null {
  try {
    const line = readFileSync(`/proc/${String(pid)}/stat`, "utf8");
    // The name of the program, in brackets, may hold spaces; field 3 comes after it.
    const fields = line.slice(line.lastIndexOf(")") + 2).split(" ");
    const ticks = (field: number) => Number(fields[field - 3] ?? 0) / TICKS;
    return { parent: Number(fields[1]), own: ticks(14) + ticks(15), ended: ticks(16) + ticks(17) };
  } catch {
    return null;
  }
}

/** Seconds of processor of one process. */
export const processCpu = (pid: number): number => spentBy(pid)?.own ?? 0;

/** A look at what all processes of a database server have used up: a figure that others on the machine hardly move. */
export async function watchDatabaseCpu(adminUrl: string): Promise<() => number> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  const { rows } = await client.query<{ pid: number }>("select pg_backend_pid() as pid");
  const postmaster = spentBy(rows[0]?.pid ?? 0)?.parent;
  await client.end();
  if (postmaster === undefined) throw new Error("the database runs on another machine");
  return () => {
    const main = spentBy(postmaster);
    const children = readdirSync("/proc")
      .filter((name) => /^\d+$/.test(name))
      .map((name) => spentBy(Number(name)))
      .filter((spent) => spent?.parent === postmaster);
    return children.reduce((sum, spent) => sum + (spent?.own ?? 0), (main?.own ?? 0) + (main?.ended ?? 0));
  };
}
