import { resolve } from "node:path";
import { readConfig } from "../config/read-config.ts";
import { restoreBackup } from "../operator/restore-backup.ts";
import { JSON_SWITCH, type Command } from "./command.ts";

export const restoreCommand: Command = {
  name: "restore",
  takes: ["FOLDER"],
  says: "Puts a backup back into an empty data folder.",
  more: [
    "Reads every file of the backup first and refuses one that is not as it was written. The data folder (and a PostgreSQL of your own) must be empty: nothing is ever overwritten. If something goes wrong, the place is empty again.",
    "Everybody signs in again afterwards. What was written after the backup began is not on the server any more, and people's devices say so: read 'After a restore' in docs/operator.md before you tell them.",
  ],
  switches: [JSON_SWITCH],
  example: "SOTTO_DATA=/var/lib/sotto sotto restore /var/backups/sotto/2026-11-25",
  run: async ({ switches, words }, terminal) => {
    const config = readConfig(terminal.env);
    const [folder = ""] = words;
    const { begunAt, kind, sotto } = await restoreBackup(config, resolve(folder));
    const { dataFolder } = config;
    if (switches.has("json")) terminal.say(JSON.stringify({ dataFolder, kind, begunAt, sotto }));
    else {
      terminal.say(`Restored into ${dataFolder}: as things were at ${new Date(begunAt).toISOString()}.`);
      terminal.say("Start it with: sotto start. Everybody signs in again.");
      terminal.say("Read 'After a restore' in docs/operator.md: people's devices will tell them of it.");
    }
    return 0;
  },
};
