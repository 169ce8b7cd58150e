import { execFileSync } from "node:child_process";
import { readFileSync, readlinkSync } from "node:fs";
import { rm } from "node:fs/promises";
import { basename, join } from "node:path";
import { Client } from "pg";
import type { DataFolder } from "./data-folder.ts";
import { systemCode } from "./postgres-fault.ts";
import { recall } from "./remember-once.ts";

/** What `postmaster.pid` says: the process that holds the cluster and the port it listens on (null while it is still starting). */
export type Postmaster = Readonly<{ pid: number; port: number | null }>;

/** The process that claims the cluster, or null when nobody does. The claim may be stale: see `isPostmasterOf`. */
export async function readPostmaster(places: DataFolder): Promise<Postmaster | null> {
  const text = await recall(join(places.cluster, "postmaster.pid"));
  if (text === null) return null;
  const lines = text.split("\n");
  const pid = Number(lines[0]);
  const port = Number(lines[3] ?? "");
  if (!Number.isSafeInteger(pid) || pid <= 0) return null;
  return { pid, port: port > 0 ? port : null };
}

/** True while a process with this number lives, whoever owns it. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return systemCode(error) === "EPERM";
  }
}

/**
 * Whether a process is the postmaster of this cluster: `no` when it is dead or surely something else (the number was used again after a
 * restart of the machine), `unknown` when it is a PostgreSQL whose folder we may not look at.
 */
export function isPostmasterOf(pid: number, places: DataFolder): "yes" | "no" | "unknown" {
  if (!isAlive(pid)) return "no";
  const command = commandLine(pid);
  if (command === null) return "unknown";
  const program = basename(command[0] ?? "");
  if (program !== "postgres" && program !== "postmaster") return "no";
  if (command.includes(places.cluster)) return "yes";
  // The postmaster's working folder is its cluster.
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === places.cluster ? "yes" : "no";
  } catch {
    return "unknown";
  }
}

/** The words a process was started with, or null when this machine does not tell. An ended process not yet collected has none. */
function commandLine(pid: number): readonly string[] | null {
  try {
    if (process.platform === "linux") return readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0");
    return execFileSync("ps", ["-ww", "-o", "args=", "-p", String(pid)], { encoding: "utf8" })
      .trim()
      .split(/\s+/);
  } catch {
    return null;
  }
}

/**
 * Removes a claim on the cluster that names a living stranger. PostgreSQL itself handles the dead but would wait for the stranger for ever.
 * It still refuses to start beside surviving backends: it finds their shared memory by the folder, not by this file.
 */
export async function dropStrangersClaim(places: DataFolder): Promise<void> {
  const claim = await readPostmaster(places);
  if (claim === null || !isAlive(claim.pid) || isPostmasterOf(claim.pid, places) !== "no") return;
  await rm(join(places.cluster, "postmaster.pid"), { force: true });
}

/** The address of a server on this machine for its superuser. */
export function superuserUrl(port: number, password: string): string {
  return `postgres://sotto_superuser:${password}@127.0.0.1:${port}/postgres`;
}

/**
 * What is found on a port: `serves` = a server that accepts our password and serves exactly this cluster; `refuses` = a server that knows
 * another password; `other` = a server of another cluster; `silent` = nothing that answers yet.
 */
export type Answer = "serves" | "refuses" | "other" | "silent";

/** Asks the server on a port of this machine whose it is. Never throws. */
export async function askServer(places: DataFolder, port: number, password: string): Promise<Answer> {
  const client = new Client({
    connectionString: superuserUrl(port, password),
    connectionTimeoutMillis: 5000,
    query_timeout: 5000,
  });
  // A connection that breaks between two steps fails the next step; it must not end the process.
  client.on("error", () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ data_directory: string }>("show data_directory");
    return rows[0]?.data_directory === places.cluster ? "serves" : "other";
  } catch (error) {
    // 28P01 invalid_password, 28000 invalid_authorization_specification (PostgreSQL, appendix A).
    const code = systemCode(error);
    return code === "28P01" || code === "28000" ? "refuses" : "silent";
  } finally {
    await client.end().catch(() => undefined);
  }
}
