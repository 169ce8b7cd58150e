import { spawn, type ChildProcess } from "node:child_process";
import { fileURLToPath } from "node:url";
import { openTestDatabase } from "@sotto/server/unsafe-test-database";
import { freePort } from "@sotto/tests/free-port";
import { openTestFolder } from "@sotto/tests/test-folder";
import { firstLine } from "./first-line.ts";

type TestDatabase = Awaited<ReturnType<typeof openTestDatabase>>;

/** The server in a process of its own on a fresh database, as users run it. */
export interface ServerChild {
  readonly database: TestDatabase;
  /** Where it is now: another port after each restart, but with the page. */
  readonly origin: () => string;
  readonly port: () => number;
  readonly pid: () => number;
  /** A set-up code, good once. Each start has two. */
  readonly code: () => string;
  /** Stops it and starts it again. */
  readonly restart: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** With `hasPage` it gives the built page too, always at one port. */
export async function openServerChild({ hasPage = false } = {}): Promise<ServerChild> {
  const database = await openTestDatabase();
  const files = await openTestFolder();
  const pagePort = hasPage ? [String(await freePort())] : [];
  const start = async () => {
    const script = fileURLToPath(new URL("./serve.ts", import.meta.url));
    const args = [script, database.appUrl, database.ownerUrl, files.path, ...pagePort];
    const child = spawn(process.execPath, args, { stdio: ["pipe", "pipe", "inherit"] });
    // Heard of from the start: it may have ended before anybody waits for that.
    const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
    const { codes, port } = await firstLine(child);
    return { child, ended, port, codes: [...codes] };
  };
  let running = await start();
  return {
    database,
    port: () => running.port,
    origin: () => `http://${hasPage ? "localhost" : "127.0.0.1"}:${String(running.port)}`,
    pid: () => running.child.pid ?? 0,
    code: () => {
      const code = running.codes.shift();
      if (code === undefined) throw new Error("a third set-up code of one start");
      return code;
    },
    restart: async () => {
      await end(running);
      running = await start();
    },
    close: async () => {
      await end(running);
      await database.close();
      await files.remove();
    },
  };
}

async function end({ child, ended }: { readonly child: ChildProcess; readonly ended: Promise<void> }) {
  child.stdin?.end();
  await ended;
}
