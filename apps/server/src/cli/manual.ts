import { writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { COMMANDS } from "./commands.ts";
import { manualOf } from "./help.ts";

// `npm run manual` writes the page of all commands; a test compares it with the table they are made from.
await writeFile(fileURLToPath(new URL("../../../../docs/sotto.md", import.meta.url)), manualOf(COMMANDS));
