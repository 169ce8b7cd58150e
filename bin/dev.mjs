/**
 * `npm run dev`: the server on its embedded database, and in front of it the page as it is written, reloaded at every change.
 * SOTTO_PORT (8420) is the page's port, the server takes the one after it; SOTTO_DATA as for `npm start`.
 * `/ui` there shows every part of the design system.
 */
import { spawn } from "node:child_process";
import { join } from "node:path";
import { environment, findNode, installPackages, root } from "./prepare.mjs";

await installPackages();
const port = Number(process.env.SOTTO_PORT ?? "8420");
const env = {
  ...environment,
  SOTTO_PORT: String(port + 1),
  SOTTO_ORIGIN: `http://localhost:${port}`,
  SOTTO_DATA: process.env.SOTTO_DATA ?? join(root, "data"),
};
const children = [
  spawn(findNode(), [join(root, "apps", "server", "src", "main.ts"), "start"], {
    cwd: root,
    stdio: "inherit",
    env,
  }),
  spawn(join(root, "node_modules", ".bin", "vite"), ["--port", String(port), "--strictPort"], {
    cwd: join(root, "apps", "web"),
    stdio: "inherit",
    env,
  }),
];
// Whichever ends takes the other with it.
for (const child of children) {
  child.on("exit", (status) => {
    for (const other of children) other.kill("SIGTERM");
    process.exitCode ??= status ?? 1;
  });
}
for (const signal of ["SIGINT", "SIGTERM"]) {
  process.on(signal, () => children.forEach((child) => child.kill("SIGTERM")));
}
