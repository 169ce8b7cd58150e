import { listRooms, openRooms } from "./open.ts";
import { makeSheets } from "./make.ts";
import { readOptions } from "./options.ts";
import { ToolFault, type Terminal } from "./terminal.ts";

export type { Terminal } from "./terminal.ts";

/** The command `sotto custodian`. Ends with 0 when all is done, 1 when something is not, 2 when it was called wrongly. */
export async function runCustodian(args: readonly string[], terminal: Terminal): Promise<0 | 1 | 2> {
  const [verb, ...rest] = args;
  try {
    const options = readOptions(rest);
    switch (verb) {
      case "make":
        await makeSheets(options, terminal);
        return 0;
      case "rooms":
        await listRooms(options, terminal);
        return 0;
      case "open":
        return (await openRooms(options, terminal)) === 0 ? 0 : 1;
      default:
        terminal.tell("sotto custodian takes make, rooms or open after its name.");
        terminal.tell("sotto custodian --help says more.");
        return 2;
    }
  } catch (error) {
    if (!(error instanceof ToolFault)) return sayUnknown(error, terminal);
    terminal.tell(`${error.message} (${error.code})`);
    terminal.tell(error.remedy);
    return error.code === "called-wrongly" ? 2 : 1;
  }
}

/** Anything that is no fault of ours is named by its code alone: its words might hold what must not be shown. */
function sayUnknown(error: unknown, terminal: Terminal): 1 {
  const code = error instanceof Error && "code" in error ? String(error.code) : "unknown";
  const name = /^[A-Za-z0-9_-]{1,40}$/.test(code) ? code : "unknown";
  terminal.tell(`Something went wrong that has no words yet (${name}).`);
  terminal.tell("Look at the server, at the disk, and at the folder that was named.");
  return 1;
}
