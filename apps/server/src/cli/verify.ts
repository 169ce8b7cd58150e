import { resolve } from "node:path";
import { readConfig } from "../config/read-config.ts";
import { askStore } from "../operator/ask-store.ts";
import { checkBackup } from "../operator/check-backup.ts";
import { verifyAll } from "../operator/verify-files.ts";
import type { Verified } from "../usecases/verify.ts";
import { JSON_SWITCH, type Command, type Terminal } from "./command.ts";

export const verifyCommand: Command = {
  name: "verify",
  takes: ["[BACKUP]"],
  says: "Checks the data of a server, or of a backup, as far as it can be done without keys.",
  more: [
    "Builds the key log again from its leaves, follows every room from its first item, checks every identity, and looks for the newest version of every vault in the log and for every sealed file on the disk. It reads nothing of what people write. One line for each thing that is not as it must be, with opaque ids; it ends with 1 when there is any.",
    "With the folder of a backup it compares every file with the manifest, and then restores it into a folder of its own, checks that, and removes it: so it shows too that the backup can be restored. It needs room for that where temporary files lie.",
    "What it finds is either a damaged disk or database, or somebody's hand. Keep everything as it is, make no new backup over an old one, and look at the newest backup that verifies.",
  ],
  switches: [JSON_SWITCH],
  example: "sotto verify /var/backups/sotto/2026-11-25",
  run: async ({ switches, words }, terminal) => {
    const config = readConfig(terminal.env);
    const [folder] = words;
    const isJson = switches.has("json");
    if (folder === undefined)
      return report(
        await askStore(config, (store) => verifyAll(store, config.filesFolder)),
        isJson,
        terminal,
      );
    const { files, manifest, verified } = await checkBackup(config, resolve(folder));
    if (verified !== null) return report(verified, isJson, terminal);
    if (isJson) terminal.say(JSON.stringify({ begunAt: manifest.begunAt, findings: files }));
    else {
      for (const { kind, path } of files) terminal.say(`${kind} ${path}`);
      terminal.tell("This backup is not as it was written. Do not restore it; use another.");
    }
    return 1;
  },
};

function report({ findings, practices, rooms }: Verified, isJson: boolean, terminal: Terminal): 0 | 1 {
  if (isJson) terminal.say(JSON.stringify({ practices, rooms, findings }));
  else {
    for (const { at, kind, practice, why } of findings)
      terminal.say([kind, `practice ${practice}`, at, why].filter((part) => part !== "").join(" "));
    if (findings.length === 0)
      terminal.say(`All is as it must be: ${String(practices)} practices, ${String(rooms)} rooms.`);
    else terminal.tell(`${String(findings.length)} findings. docs/operator.md says what to do: 'Check'.`);
  }
  return findings.length === 0 ? 0 : 1;
}
