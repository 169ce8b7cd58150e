import { resolve } from "node:path";
import { readConfig } from "../config/read-config.ts";
import { takeBackup } from "../operator/take-backup.ts";
import { JSON_SWITCH, type Command } from "./command.ts";
import { bytesInWords } from "../config/words.ts";

export const backupCommand: Command = {
  name: "backup",
  takes: ["FOLDER"],
  says: "Makes a backup into a folder that is not there yet, while Sotto runs or not.",
  more: [
    "The backup holds everything that was acknowledged before it began: the database, its passwords, and sealed files. It gets its name when it is whole; one that was cut off is called FOLDER.making and a number, and is no backup. A folder that is there is never overwritten.",
    "Keep backups on another disk, readable by you alone. Nobody can read messages in them, and whoever has one can see who shares rooms with whom, as whoever runs the server can.",
    "The embedded database is copied as it lies on the disk. A PostgreSQL of your own is copied as rows, from one moment.",
  ],
  switches: [
    {
      name: "rows",
      says: "copy the embedded database as rows too: for moving to a PostgreSQL of your own or to a newer one",
    },
    JSON_SWITCH,
  ],
  example: "sotto backup /var/backups/sotto/$(date +%F)",
  run: async ({ switches, words }, terminal) => {
    const config = readConfig(terminal.env);
    const [folder = ""] = words;
    const kind = switches.has("rows") || config.database !== null ? "copy" : "cluster";
    const manifest = await takeBackup(config, resolve(folder), { kind, now: Date.now() });
    const bytes = manifest.files.reduce((sum, file) => sum + file.bytes, 0);
    if (switches.has("json")) {
      const { begunAt, files, postgres, sotto, steps } = manifest;
      const answer = { folder: resolve(folder), kind, begunAt, bytes, files: files.length };
      terminal.say(JSON.stringify({ ...answer, sotto, postgres, steps }));
    } else {
      terminal.say(`The backup is whole: ${resolve(folder)} (${bytesInWords(bytes)}).`);
      terminal.say("Check it with: sotto verify and the same folder.");
    }
    return 0;
  },
};
