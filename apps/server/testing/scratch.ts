/** What the tests of the supervisor share. Unsafe elsewhere: it makes folders anybody may pass through, and kills. */
import { type ChildProcess, spawn } from "node:child_process";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";
import { stopPostgres } from "../src/postgres/stop-postgres.ts";

/** True when the tests run as root. Rows that need root are not run otherwise, and say so. */
export const isRoot = process.getuid?.() === 0;

/** Says on standard error, once a file, that rows are not run and what they need. */
export function sayNotRun(rows: string, needs: string): void {
  process.stderr.write(`NOT RUN: ${rows}: ${needs}\n`);
}

/** A data folder in the temporary folder that others may pass through, as an operator's /var/lib/sotto; `closed` = nobody else may (as below /root). */
export async function makeScratch(kind: "open" | "closed" = "open"): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "sotto-scratch-"));
  if (kind === "open") await chmod(folder, 0o711);
  return join(folder, "data");
}

/** Stops the server of a scratch data folder, if it runs, and removes the folder. */
export async function removeScratch(directory: string): Promise<void> {
  await stopPostgres(directory).catch(() => undefined);
  await rm(join(directory, ".."), { recursive: true, force: true, maxRetries: 10 });
}

/** The rows of one statement on a connection of its own. Throws what `pg` throws. */
export async function ask(url: string, sql: string): Promise<readonly Record<string, unknown>[]> {
  const client = new Client({ connectionString: url });
  client.on("error", () => undefined);
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/**
 * Another process that starts the data folder, as a second `npm start` would, prints one line when the database answers, and stops it cleanly on
 * SIGTERM.
 */
export function startElsewhere(directory: string): ChildProcess {
  const script = `
    import { startPostgres } from ${JSON.stringify(new URL("../src/postgres/start-postgres.ts", import.meta.url).href)};
    const server = await startPostgres({ directory: ${JSON.stringify(directory)}, port: 0 });
    process.once("SIGTERM", () => { server.stop().then(() => process.exit(0)); });
    process.stdout.write("ready " + server.adopted + "\\n");
    setInterval(() => undefined, 1000);
  `;
  return spawn(process.execPath, ["--input-type=module", "--eval", script], {
    stdio: ["ignore", "pipe", "inherit"],
  });
}

/** The first line a process prints. Throws when it ends without one. */
export function firstLine(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    child.stdout?.once("data", (bytes: Buffer) => {
      resolve(bytes.toString("utf8").trim());
    });
    child.once("exit", () => {
      reject(new Error("the process ended before it said anything"));
    });
  });
}

/** Sends a signal and waits for the end of a process of ours; its exit status, or null when the signal ended it. */
export function endProcess(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  return new Promise((resolve) => {
    child.once("exit", (status) => {
      resolve(status);
    });
    child.kill(signal);
  });
}
