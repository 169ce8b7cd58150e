/** The program `sotto` as whoever runs Sotto meets it: processes, a data folder of their own, the embedded database. */
import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { chmod, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { houseAt, type House } from "./clients.ts";
import type { TestDatabase } from "./database.ts";
import { freePort } from "./free-port.ts";

const program = fileURLToPath(new URL("../../apps/server/src/main.ts", import.meta.url));

export interface Ended {
  readonly status: number | null;
  /** What it answered. */
  readonly said: string;
  /** What it told meanwhile, and what went wrong. */
  readonly told: string;
}

export interface RunningSotto {
  readonly port: number;
  /** The set-up code it printed; empty once a practice is set up. */
  readonly code: string;
  /** Everything it has printed so far. */
  readonly said: () => string;
  /** Asks it to stop, as a person or a service manager does, and waits. */
  readonly stop: () => Promise<Ended>;
}

export type Env = Readonly<Record<string, string>>;

/** A folder for data folders and backups, that the database's account may pass through; removed with everything that runs there. */
export async function makeGround(): Promise<{
  readonly at: (name: string) => string;
  readonly remove: () => Promise<void>;
}> {
  const folder = await mkdtemp(join(tmpdir(), "sotto-ground-"));
  await chmod(folder, 0o711);
  return {
    at: (name) => join(folder, name),
    remove: () => rm(folder, { recursive: true, force: true, maxRetries: 10 }),
  };
}

/** Runs a command to its end. */
export async function runSotto(args: readonly string[], env: Env = {}): Promise<Ended> {
  return spawnSotto(args, env).ended;
}

/** Starts a server and waits until it is up. Throws with what it said when it does not come up. */
export async function startSotto(env: Env): Promise<RunningSotto> {
  const port = Number(env["SOTTO_PORT"] ?? (await freePort()));
  const running = spawnSotto(["start"], { ...env, SOTTO_PORT: String(port) });
  const ready = new Promise<void>((resolve) => {
    running.child.stdout?.on("data", () => {
      if (isUp(running.said())) resolve();
    });
  });
  const early = await Promise.race([ready, running.ended]);
  if (early !== undefined) throw new Error(`sotto did not start: ${early.told}`);
  return {
    port,
    code: /Set-up code, good once, for 7 days: (\S+)/.exec(running.said())?.[1] ?? "",
    said: running.said,
    stop: () => {
      running.child.kill("SIGTERM");
      return running.ended;
    },
  };
}

/** The greeting is its last word before requests come, and holds a code unless a practice is set up. */
function isUp(said: string): boolean {
  return /^Sotto is ready\.$/m.test(said);
}

/** Starts a command and lets it run. */
export function spawnSotto(
  args: readonly string[],
  env: Env,
): { readonly child: ChildProcess; readonly said: () => string; readonly ended: Promise<Ended> } {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !name.startsWith("SOTTO_") && !name.startsWith("DATABASE_"),
  );
  const child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", program, ...args], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...Object.fromEntries(inherited), ...env },
  });
  const texts = { said: "", told: "" };
  child.stdout.on("data", (chunk: Buffer) => {
    texts.said += chunk.toString();
  });
  child.stderr.on("data", (chunk: Buffer) => {
    texts.told += chunk.toString();
  });
  const ended = new Promise<Ended>((resolve) => {
    child.on("close", (status) => resolve({ status, ...texts }));
  });
  return { child, said: () => texts.said, ended };
}

/** A house around a server that was started by `startSotto`, on its database. */
export async function houseOf(running: RunningSotto, urls: Omit<TestDatabase, "close">): Promise<House> {
  const codes = [running.code];
  return houseAt({
    port: running.port,
    database: { ...urls, close: async () => undefined },
    setupCode: async () => codes.shift() ?? "",
    close: async () => undefined,
  });
}

/** The addresses of a data folder's embedded database, from what lies there. */
export async function readUrls(dataFolder: string) {
  const port = (await readFile(join(dataFolder, "postgres.port"), "utf8")).trim();
  const urlOf = async (role: string, file: string) =>
    `postgres://${role}:${await readFile(join(dataFolder, "passwords", file), "utf8")}@127.0.0.1:${port}/sotto`;
  return {
    ownerUrl: await urlOf("sotto_owner", "owner"),
    appUrl: await urlOf("sotto_app", "app"),
    adminUrl: await urlOf("sotto_superuser", "superuser"),
  };
}

/** Whether a test may mount a small disk: as root, and not in every container. */
export function mayMount(): boolean {
  const tried = spawnSync("unshare", ["--mount", "mount", "-t", "tmpfs", "none", "/mnt"], {
    stdio: "ignore",
  });
  return tried.status === 0;
}

/** Changes one bit of a file, as a bad disk does. */
export async function flipBit(file: string, place: number): Promise<void> {
  const bytes = await readFile(file);
  bytes[place] = (bytes[place] ?? 0) ^ 1;
  await writeFile(file, bytes);
}
