import { spawn, type ChildProcess } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { TestDatabase } from "./database.ts";
import { openTestFolder } from "./test-folder.ts";

export interface ServerProcess {
  readonly port: number;
  readonly code: string;
  readonly pid: number;
  /** kill -9, and the wait until it is gone. */
  readonly kill: () => Promise<void>;
}

/**
 * Starts the real server as a process of its own on this database; port 0 picks a free one. Without a folder for files it has one until it is
 * killed. With a mail server it sends mail, with a bus it hears of others on the same database.
 */
export async function startServerProcess(
  database: TestDatabase,
  port: number,
  {
    busPort,
    filesFolder,
    smtpUrl = "",
  }: { readonly filesFolder?: string; readonly smtpUrl?: string; readonly busPort?: number } = {},
): Promise<ServerProcess> {
  const script = fileURLToPath(new URL("./serve.ts", import.meta.url));
  const files = filesFolder === undefined ? await openTestFolder() : null;
  const folder = files?.path ?? filesFolder ?? "";
  const child = spawn(
    process.execPath,
    [
      script,
      database.appUrl,
      database.ownerUrl,
      String(port),
      folder,
      smtpUrl,
      busPort === undefined ? "" : String(busPort),
    ],
    { stdio: ["ignore", "pipe", "ignore"] },
  );
  const up = await firstJson(child);
  return {
    ...up,
    pid: child.pid ?? 0,
    kill: async () => {
      await new Promise<void>((resolve) => {
        child.once("exit", () => resolve());
        child.kill("SIGKILL");
      });
      await files?.remove();
    },
  };
}

function firstJson(child: ChildProcess): Promise<{ port: number; code: string }> {
  return new Promise((resolve, reject) => {
    let text = "";
    child.stdout?.on("data", (chunk: Buffer) => {
      text += chunk.toString();
      const line = text
        .split("\n")
        .find((candidate) => candidate.startsWith('{"port"') && candidate.endsWith("}"));
      // serve.ts prints exactly this shape.
      if (line !== undefined) resolve(JSON.parse(line) as { port: number; code: string });
    });
    child.once("exit", (code) => reject(new Error(`the server stopped before it was up (${String(code)})`)));
  });
}
