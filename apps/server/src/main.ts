import { runProgram } from "./cli/program.ts";

const stopped = new Promise<void>((resolve) => {
  process.once("SIGTERM", () => resolve());
  process.once("SIGINT", () => resolve());
});

process.exitCode = await runProgram(process.argv.slice(2), {
  say: (line) => console.log(line),
  tell: (line) => console.error(line),
  env: process.env,
  stopped: () => stopped,
});
