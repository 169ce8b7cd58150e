#!/usr/bin/env node
/** `npx sotto COMMAND`, `npm run sotto -- COMMAND`: the commands of whoever runs Sotto. `--help` lists them. */
import { runSotto } from "./run.mjs";

await runSotto(process.argv.slice(2));
