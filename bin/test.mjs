/**
 * `npm test`: installs what Sotto and its tests need, builds, and runs every check. On Debian it installs Chromium, a second PostgreSQL, nginx and NATS
 * itself when it may; elsewhere it says what to install.
 */
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { buildWebApp, findNode, giveUp, installPackages, root, run, say } from "./prepare.mjs";

await installPackages();
await installForTests();
await buildWebApp();
process.exitCode = await run(findNode(), [join(root, "bin", "check.mjs"), ...process.argv.slice(2)]);

async function installForTests() {
  const missing = [];
  if (!existsSync(process.env.SOTTO_CHROMIUM ?? "/usr/bin/chromium")) missing.push("chromium");
  if (!hasDebianPostgres()) missing.push("postgresql");
  if (!existsSync("/usr/sbin/nginx")) missing.push("nginx");
  if (!existsSync("/usr/sbin/nats-server")) missing.push("nats-server");
  // The journeys' engine without a browser's windows: they are slower, and the same, in the whole of it.
  const isShellWanted =
    process.env.SOTTO_CHROMIUM === undefined && !existsSync("/usr/bin/chromium-headless-shell");
  if (missing.length === 0 && !isShellWanted) return;
  const install = `apt-get install --yes --no-install-recommends ${missing.join(" ")}`;
  const prefix = privilege();
  if (prefix === null && missing.length === 0) return;
  if (prefix === null)
    giveUp("the tests need more than is installed", `run as root: apt-get update && ${install}`);
  say(
    `installing ${[...missing, ...(isShellWanted ? ["a bare Chromium"] : [])].join(" and ")} for the tests`,
  );
  const [command, ...args] = [...prefix, "env", "DEBIAN_FRONTEND=noninteractive"];
  await run(command, [...args, "apt-get", "update", "--quiet"]);
  const status = missing.length === 0 ? 0 : await run(command, [...args, ...install.split(" "), "--quiet"]);
  if (status !== 0) giveUp("the installation failed (see above)", `run as root: ${install}`);
  const shell = "apt-get install --yes --no-install-recommends --quiet chromium-headless-shell";
  if (isShellWanted && (await run(command, [...args, ...shell.split(" ")])) !== 0)
    say("there is no bare Chromium here: the journeys run in the whole of it");
}

/** The words to put before a command that needs root; null when we may not, or there is no apt-get. */
function privilege() {
  if (spawnSync("apt-get", ["--version"]).status !== 0) return null;
  if (process.getuid?.() === 0) return [];
  return spawnSync("sudo", ["-n", "true"]).status === 0 ? ["sudo", "-n"] : null;
}

function hasDebianPostgres() {
  const folder = "/usr/lib/postgresql";
  if (!existsSync(folder)) return false;
  return readdirSync(folder).some((version) => existsSync(join(folder, version, "bin", "initdb")));
}
