import type { ChildProcess } from "node:child_process";

interface FirstLine {
  readonly port: number;
  readonly codes: readonly string[];
}

/** Where a server that runs as a child is, and its set-up codes: the first line that it prints. */
export function firstLine(child: ChildProcess): Promise<FirstLine> {
  return new Promise((resolve, reject) => {
    let text = "";
    child.stdout?.on("data", (chunk: Buffer) => {
      text += chunk.toString();
      const line = text.split("\n").find((candidate) => candidate.startsWith("{"));
      // Our own child prints exactly this shape.
      if (line !== undefined && text.includes("\n")) resolve(JSON.parse(line) as FirstLine);
    });
    child.once("exit", () => reject(new Error("the server stopped before it was up")));
  });
}
