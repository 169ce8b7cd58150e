import { spawn, type ChildProcess } from "node:child_process";
import { fileURLToPath } from "node:url";
import { openTestDatabase } from "@sotto/server/unsafe-test-database";
import { openTestFolder } from "@sotto/tests/test-folder";
import { firstLine } from "./first-line.ts";

type TestDatabase = Awaited<ReturnType<typeof openTestDatabase>>;

/** The server in a process of its own on a fresh database, as users run it. */
export interface ServerChild {
  readonly database: TestDatabase;
  /** Where it is now: another port after each restart. */
  readonly origin: () => string;
  readonly port: () => number;
  readonly pid: () => number;
  /** A set-up code, good once. */
  readonly code: () => string;
  /** Stops it and starts it again. */
  readonly restart: () => Promise<void>;
  readonly close: () => Promise<void>;
}

export async function openServerChild(): Promise<ServerChild> {
  const database = await openTestDatabase();
  const files = await openTestFolder();
  const start = async () => {
    const script = fileURLToPath(new URL("./serve.ts", import.meta.url));
    const args = [script, database.appUrl, database.ownerUrl, files.path];
    const child = spawn(process.execPath, args, { stdio: ["pipe", "pipe", "inherit"] });
    return { child, ...(await firstLine(child)) };
  };
  let running = await start();
  return {
    database,
    port: () => running.port,
    origin: () => `http://127.0.0.1:${String(running.port)}`,
    pid: () => running.child.pid ?? 0,
    code: () => running.code,
    restart: async () => {
      await end(running.child);
      running = await start();
    },
    close: async () => {
      await end(running.child);
      await database.close();
      await files.remove();
    },
  };
}

async function end(child: ChildProcess): Promise<void> {
  child.stdin?.end();
  await new Promise((resolve) => child.once("exit", resolve));
}
