import { nearestOf } from "../config/settings.ts";
import type { Called, Command, ExitStatus, Terminal } from "./command.ts";
import { COMMANDS } from "./commands.ts";
import { helpOf, helpOfAll } from "./help.ts";

/** The program `sotto`: finds the command, calls it, and says in plain words what went wrong. */
export async function runProgram(args: readonly string[], terminal: Terminal): Promise<ExitStatus> {
  const [name, ...rest] = args;
  if (name === undefined || name === "help" || name === "--help" || name === "-h") {
    terminal.say(helpOfAll(COMMANDS));
    return name === undefined ? 2 : 0;
  }
  const command = COMMANDS.find((candidate) => candidate.name === name);
  if (command === undefined) return refuseName(name, terminal);
  if (rest.includes("--help") || rest.includes("-h")) {
    terminal.say(helpOf(command));
    return 0;
  }
  return call(command, rest, terminal);
}

async function call(command: Command, rest: readonly string[], terminal: Terminal): Promise<ExitStatus> {
  if (command.passesOn === true) return run(command, { words: rest, switches: new Set() }, terminal);
  const words = rest.filter((word) => !word.startsWith("-"));
  const switches = rest.filter((word) => word.startsWith("-")).map((word) => word.replace(/^--?/, ""));
  const unknown = switches.find((name) => !command.switches.some((known) => known.name === name));
  const wanted = command.takes.filter((word) => !word.startsWith("["));
  if (unknown !== undefined || words.length < wanted.length || words.length > command.takes.length) {
    terminal.tell(
      unknown === undefined
        ? `sotto ${command.name} takes ${wanted.length === 0 ? "nothing" : command.takes.join(" ")} after its name.`
        : `sotto ${command.name} has no switch --${unknown}.`,
    );
    terminal.tell(`sotto ${command.name} --help says more.`);
    return 2;
  }
  return run(command, { words, switches: new Set(switches) }, terminal);
}

async function run(command: Command, called: Called, terminal: Terminal): Promise<ExitStatus> {
  try {
    return await command.run(called, terminal);
  } catch (error) {
    sayFault(error, terminal);
    return 1;
  }
}

function refuseName(name: string, terminal: Terminal): ExitStatus {
  const nearest = nearestOf(
    name,
    COMMANDS.map((command) => command.name),
  );
  terminal.tell(
    nearest === null ? "There is no such command." : `There is no such command. Did you mean ${nearest}?`,
  );
  terminal.tell("sotto --help lists them.");
  return 2;
}

/** A fault of ours says what is wrong and what to do; anything else is named by its code alone, since its words might quote a row. */
function sayFault(error: unknown, terminal: Terminal): void {
  const isOurs = error instanceof Error && "code" in error && "remedy" in error;
  if (isOurs) {
    terminal.tell(`${error.message} (${String(error.code)})`);
    terminal.tell(String(error.remedy));
    return;
  }
  const code = error instanceof Error && "code" in error ? String(error.code) : "unknown";
  const name = /^[A-Za-z0-9_-]{1,40}$/.test(code) ? code : "unknown";
  terminal.tell(`Something went wrong that has no words yet (${name}). Nothing that was stored is lost.`);
  terminal.tell("sotto doctor looks at the machine and the database.");
}
