/** `npm run demo`: installs and builds what is missing, then runs an invented practice to look around in. `--help` says more. */
import { runProgram } from "./run.mjs";

const args = process.argv.slice(2);
await runProgram("apps/demo/src/main.ts", args, { needsPage: !args.includes("--help") });
