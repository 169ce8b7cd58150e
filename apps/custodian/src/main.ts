import { createInterface } from "node:readline/promises";
import { runCustodian } from "./program.ts";

const { stdin, stderr } = process;
const typing = createInterface({ input: stdin, output: stderr, terminal: stdin.isTTY });
const lines = typing[Symbol.asyncIterator]();

process.exitCode = await runCustodian(process.argv.slice(2), {
  say: (line) => console.log(line),
  tell: (line) => console.error(line),
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
