import type { ChildProcess } from "node:child_process";

/** Where a server that runs as a child is, and its set-up code: the first line that it prints. */
export function firstLine(child: ChildProcess): Promise<{ port: number; code: string }> {
  return new Promise((resolve, reject) => {
    let text = "";
    child.stdout?.on("data", (chunk: Buffer) => {
      text += chunk.toString();
      const line = text.split("\n").find((candidate) => candidate.startsWith("{"));
      // Our own child prints exactly this shape.
      if (line !== undefined && text.includes("\n"))
        resolve(JSON.parse(line) as { port: number; code: string });
    });
    child.once("exit", () => reject(new Error("the server stopped before it was up")));
  });
}
