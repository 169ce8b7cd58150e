import { spawn, type ChildProcess } from "node:child_process";
import { connect } from "node:net";
import type { NatsPlace } from "@sotto/server/bus";
import { freePort } from "./free-port.ts";

/** A real NATS server of a test's own. */
export interface NatsServer {
  readonly port: number;
  readonly place: NatsPlace;
  /** kill -9, and the wait until it is gone. */
  readonly kill: () => Promise<void>;
  /** Starts it again on the same port. */
  readonly revive: () => Promise<void>;
}

/** Where Debian's package puts it. */
const PROGRAM = "/usr/sbin/nats-server";

/** A NATS server on this machine, without passwords. */
export const natsAt = (port: number): NatsPlace => ({
  host: "127.0.0.1",
  port,
  isSealed: false,
  user: null,
  password: null,
});

export async function startNats(options: readonly string[] = []): Promise<NatsServer> {
  const port = await freePort();
  let child = await startOn(port, options);
  return {
    port,
    place: natsAt(port),
    kill: () => end(child),
    revive: async () => {
      child = await startOn(port, options);
    },
  };
}

async function startOn(port: number, options: readonly string[]): Promise<ChildProcess> {
  const child = spawn(PROGRAM, ["--addr", "127.0.0.1", "--port", String(port), ...options], {
    stdio: "ignore",
  });
  const failed = new Promise<never>((_, reject) => {
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`nats-server stopped (${String(code)})`)));
  });
  // Whoever started it has heard by then, or ends it themselves.
  failed.catch(() => undefined);
  while (!(await Promise.race([answers(port), failed])))
    await new Promise((resolve) => setTimeout(resolve, 20));
  return child;
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("data", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
}

function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once("exit", () => resolve());
    child.kill("SIGKILL");
  });
}
