/**
 * `npm start`: installs and builds what is missing, then runs the server with the same arguments, environment, signals and exit status.
 *
 * SOTTO_PORT (8420) and SOTTO_DATA (the folder `data` of the project) say where it listens and where it keeps everything.
 */
import { spawn } from "node:child_process";
import { constants } from "node:os";
import { join, resolve } from "node:path";
import { buildWebApp, environment, findNode, giveUp, installPackages, root } from "./prepare.mjs";

if (Number.parseInt(process.versions.node, 10) < 18) {
  giveUp(
    `this is Node.js ${process.versions.node}`,
    "install Node.js 20 or newer, then run the same command again",
  );
}

await installPackages();
const node = findNode();
await buildWebApp();

const server = spawn(node, [join(root, "apps", "server", "src", "main.ts"), ...process.argv.slice(2)], {
  cwd: root,
  stdio: "inherit",
  env: {
    ...environment,
    SOTTO_PORT: process.env.SOTTO_PORT ?? "8420",
    SOTTO_DATA: dataFolder(),
  },
});

server.on("error", (error) => giveUp(`the server could not be started (${error.code})`));
server.on("exit", (status, signal) => process.exit(status ?? 128 + (constants.signals[signal] ?? 0)));

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
  process.on(signal, () => {
    // A terminal sends its signals to the server as well; a second one would read as impatience.
    if (signal === "SIGTERM" || !process.stdin.isTTY) server.kill(signal);
  });
}

/** The data folder; a relative name counts from where the person stands, which npm tells in INIT_CWD. */
function dataFolder() {
  const asked = process.env.SOTTO_DATA;
  return asked === undefined ? join(root, "data") : resolve(process.env.INIT_CWD ?? process.cwd(), asked);
}
