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
  const isOurs = process.env.SOTTO_CHROMIUM === undefined;
  if (!existsSync(process.env.SOTTO_CHROMIUM ?? "/usr/bin/chromium")) missing.push("chromium");
  if (isOurs && !existsSync("/usr/bin/chromium-headless-shell")) missing.push("chromium-headless-shell");
  if (!hasDebianPostgres()) missing.push("postgresql");
  if (!existsSync("/usr/sbin/nginx")) missing.push("nginx");
  if (!existsSync("/usr/sbin/nats-server")) missing.push("nats-server");
  if (missing.length === 0) return;
  const install = `apt-get install --yes --no-install-recommends ${missing.join(" ")}`;
  const prefix = privilege();
  if (prefix === null)
    giveUp("the tests need more than is installed", `run as root: apt-get update && ${install}`);
  say(`installing ${missing.join(" and ")} for the tests`);
  const [command, ...args] = [...prefix, "env", "DEBIAN_FRONTEND=noninteractive"];
  await run(command, [...args, "apt-get", "update", "--quiet"]);
  const status = await run(command, [...args, ...install.split(" "), "--quiet"]);
  if (status !== 0) giveUp("the installation failed (see above)", `run as root: ${install}`);
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
