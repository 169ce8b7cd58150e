/** Runs our programs on Sotto's own Node.js, with the same arguments, environment, signals and exit status, from the folder where the person stands. */
import { spawn } from "node:child_process";
import { constants } from "node:os";
import { join, resolve } from "node:path";
import { buildWebApp, environment, findNode, giveUp, installPackages, root } from "./prepare.mjs";

/** The program `sotto`. The page is built when the server is to start. Does not return. */
export function runSotto(args) {
  const needsPage = args[0] === "start" && !args.includes("--help");
  return runProgram("apps/server/src/main.ts", args, { needsPage });
}

/** Installs what is missing (and builds the page where it is needed), then runs. Does not return. */
export async function runProgram(program, args, { needsPage }) {
  if (Number.parseInt(process.versions.node, 10) < 18) {
    giveUp(
      `this is Node.js ${process.versions.node}`,
      "install Node.js 20 or newer, then run the same command again",
    );
  }
  await installPackages();
  const node = findNode();
  if (needsPage) await buildWebApp();

  // Node.js remarks on encryption that is new in it; that is no news for whoever runs Sotto.
  const quiet = "--disable-warning=ExperimentalWarning";
  const child = spawn(node, [quiet, join(root, program), ...args], {
    cwd: standing(),
    stdio: "inherit",
    env: { ...environment, SOTTO_DATA: dataFolder() },
  });
  child.on("error", (error) => giveUp(`${program} could not be started (${error.code})`));
  child.on("exit", (status, signal) => process.exit(status ?? 128 + (constants.signals[signal] ?? 0)));
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
    process.on(signal, () => {
      // A terminal sends its signals to the server as well; a second one would read as impatience.
      if (signal === "SIGTERM" || !process.stdin.isTTY) child.kill(signal);
    });
  }
}

/** Where the person stands: npm tells in INIT_CWD. */
function standing() {
  return process.env.INIT_CWD ?? process.cwd();
}

/** The data folder; a relative name counts from where the person stands. */
function dataFolder() {
  const asked = process.env.SOTTO_DATA;
  return asked === undefined ? join(root, "data") : resolve(standing(), asked);
}
