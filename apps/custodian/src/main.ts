import { createInterface } from "node:readline/promises";
import { runCustodian } from "./program.ts";

const { stderr, stdin, stdout } = process;
const typing = createInterface({ input: stdin, output: stderr, terminal: stdin.isTTY });
const lines = typing[Symbol.asyncIterator]();

process.exitCode = await runCustodian(process.argv.slice(2), {
  say: (line) => void stdout.write(`${line}\n`),
  tell: (line) => void stderr.write(`${line}\n`),
  ask: async (question) => {
    if (stdin.isTTY) stderr.write(question);
    const next = await lines.next();
    return next.done === true ? null : next.value;
  },
  // What was typed is a secret: it goes from the screen and from what can be scrolled back to.
  clear: () => {
    if (stderr.isTTY) stderr.write("\u001B[2J\u001B[3J\u001B[H");
  },
});
typing.close();
