import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Command, ExitStatus } from "./command.ts";

/** A program of its own: it opens rooms, and nothing of the server can. */
const PROGRAM = fileURLToPath(new URL("../../../custodian/src/main.ts", import.meta.url));

export const custodianCommand: Command = {
  name: "custodian",
  takes: ["make|rooms|open", "[FOLDER]"],
  says: "Makes the five sheets of the practice's continuity, and opens rooms with three of them.",
  more: [
    "`make FOLDER` makes a custodian on any computer, without a server: five pages to print and a text that is brought in on the practice's page. From then on the rooms of all families name it as a reader. Its key is on the pages alone.",
    "`open FOLDER` asks for three of the sheets, says in each room that it is opened, signed, for everybody in it to see, and only then reads the room and writes it into the folder. Which rooms: `--room ID`, `--kept-by ACCOUNT` (each can be given again), or `--all`. Why: `--reason` and one of rehearsal, therapist-gone, asked-for, law, danger. Who allowed it: `--allowed-by ACCOUNT`. Where: `--address https://...`, otherwise SOTTO_ORIGIN or this machine.",
    "`rooms` asks for three sheets too and lists the rooms that they could open: ids, and the accounts that keep them. It opens nothing and leaves no trace in a room.",
    "A sheet can come from a file instead of the keyboard: `--share FILE`. `--yes` goes on without asking once more. It ends with 1 when a room could not be opened. 'Continuity' in docs/operator.md says when and how.",
  ],
  switches: [],
  example: "sotto custodian make /media/stick/custodian",
  passesOn: true,
  run: ({ words }, { env }) =>
    new Promise<ExitStatus>((resolve, reject) => {
      const child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", PROGRAM, ...words], {
        stdio: "inherit",
        env: { ...env },
      });
      child.once("error", reject);
      child.once("exit", (status) => resolve(status === 0 || status === 2 ? status : 1));
    }),
};
