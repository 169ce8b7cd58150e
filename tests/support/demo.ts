/** The demo as whoever looks around in it starts it: a process, an address, a folder of its own. */
import { spawn } from "node:child_process";
import { randomInt } from "node:crypto";
import { createServer, type Server } from "node:net";
import { fileURLToPath } from "node:url";
import type { Ended } from "./operator.ts";

const program = fileURLToPath(new URL("../../apps/demo/src/main.ts", import.meta.url));

export interface StartedDemo {
  readonly address: string;
  /** Everything it has printed so far. */
  readonly said: () => string;
  readonly stop: () => Promise<Ended>;
}

/** Starts it, and waits until it says where it is. Throws with what it said when it ends before that. */
export async function startDemo(args: readonly string[]): Promise<StartedDemo> {
  const running = spawnDemo(args);
  const address = await Promise.race([running.address, running.ended]);
  if (typeof address !== "string") throw new Error(`the demo did not start: ${address.told}`);
  return { address, said: running.said, stop: running.stop };
}

/** Runs it to its own end, for what it refuses. */
export const runDemo = (args: readonly string[]): Promise<Ended> => spawnDemo(args).ended;

/** Starts it and lets it run. */
export function spawnDemo(args: readonly string[]) {
  const child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", program, ...args], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  const texts = { said: "", told: "" };
  const address = new Promise<string>((resolve) => {
    child.stdout.on("data", (chunk: Buffer) => {
      texts.said += chunk.toString();
      const [, found] = /^The demo is at (\S+)\n/m.exec(texts.said) ?? [];
      if (found !== undefined) resolve(found);
    });
  });
  child.stderr.on("data", (chunk: Buffer) => {
    texts.told += chunk.toString();
  });
  const ended = new Promise<Ended>((resolve) => {
    child.on("close", (status) => resolve({ status, ...texts }));
  });
  const stop = (): Promise<Ended> => {
    child.kill("SIGTERM");
    return ended;
  };
  return { address, ended, said: () => texts.said, stop };
}

/**
 * The first of so many ports in a row that nobody listens on now; below those that a system hands out for connections that begin here, of which a story that is
 * played has many.
 */
export async function freeRow(count: number): Promise<number> {
  for (;;) {
    const first = randomInt(20_000, 32_000);
    const opened = await Promise.all(Array.from({ length: count }, (_, index) => tryPort(first + index)));
    for (const server of opened) server?.close();
    if (opened.every((server) => server !== null)) return first;
  }
}

function tryPort(port: number): Promise<Server | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(null));
    server.listen(port, "127.0.0.1", () => resolve(server));
  });
}
