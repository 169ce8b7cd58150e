/**
 * What has to be there before anything runs: the packages and the built web app. Plain JavaScript without packages, because it runs on the
 * machine's own Node.js (18 or newer) before Sotto's is installed.
 */
import { spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder of the project. */
export const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");

const toolFolder = join(root, "node_modules", ".bin");

/** The environment of what we start: our own Node.js and tools come first. */
export const environment = { ...process.env, PATH: toolFolder + delimiter + (process.env.PATH ?? "") };

/** Says one line to the person at the terminal. */
export function say(line) {
  console.error(`sotto: ${line}`);
}

/** Ends with a sentence about what is wrong and what to do. */
export function giveUp(what, remedy) {
  say(what);
  if (remedy !== undefined) say(remedy);
  process.exit(1);
}

/**
 * Runs a command in the project folder; its exit status, 1 when it could not run. Its output is in sight, or, where somebody hears it, theirs alone.
 */
export function run(command, args, environmentChange = {}, hear = null) {
  return new Promise((done) => {
    const child = spawn(command, args, {
      cwd: root,
      env: { ...environment, ...environmentChange },
      stdio: hear === null ? "inherit" : ["ignore", "pipe", "pipe"],
      // npm is a script with another ending on Windows, and only a shell finds it.
      shell: process.platform === "win32",
    });
    for (const stream of [child.stdout, child.stderr]) stream?.on("data", hear);
    child.on("error", () => done(1));
    child.on("close", (status) => done(status ?? 1));
  });
}

/** Installs the packages the lockfile names, unless exactly those are installed. */
export async function installPackages() {
  if (hasLockedPackages()) return;
  say("installing the packages it needs; the first time takes a minute or two");
  const started = Date.now();
  const pulse = setInterval(() => {
    say(`still installing (${Math.round((Date.now() - started) / 1000)} s)`);
  }, 10_000);
  const status = await run("npm", [
    "ci",
    "--include=dev",
    "--include=optional",
    "--loglevel=error",
    "--no-audit",
    "--no-fund",
  ]);
  clearInterval(pulse);
  if (status === 0) return;
  giveUp(
    "the packages could not be installed (npm ci failed, see above)",
    "look at the network and at the free room on the disk, then run the same command again",
  );
}

/**
 * True when npm's own record of what is installed agrees with the lockfile. npm writes it as its last step, so an interrupted installation has none.
 * Optional packages are there only where they fit the platform.
 */
function hasLockedPackages() {
  const installed = readPackages(join(root, "node_modules", ".package-lock.json"));
  const locked = readPackages(join(root, "package-lock.json"));
  if (locked === null) giveUp("package-lock.json is missing or broken", "take a whole copy of Sotto");
  if (installed === null) return false;
  return Object.entries(locked).every(([place, entry]) => {
    if (!place.includes("node_modules/")) return true;
    const found = installed[place];
    if (found === undefined) return entry.optional === true || entry.devOptional === true;
    return found.version === entry.version && found.integrity === entry.integrity;
  });
}

function readPackages(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8")).packages ?? null;
  } catch {
    return null;
  }
}

/** The Node.js that runs Sotto: the one among its packages, or the machine's own where that is new enough. */
export function findNode() {
  const packaged = join(toolFolder, process.platform === "win32" ? "node.cmd" : "node");
  if (existsSync(packaged)) return packaged;
  if (Number.parseInt(process.versions.node, 10) >= 24) return process.execPath;
  return giveUp(
    `there is no packaged Node.js for ${process.platform} ${process.arch}, and this is Node.js ${process.versions.node}`,
    "install Node.js 24 or newer, then run the same command again",
  );
}

/** Builds the web app when it was never built, or when something it is made of has changed since. */
export async function buildWebApp() {
  const built = join(root, "apps", "web", "dist", "build.signed");
  if (existsSync(built) && !existsSync(builderKey())) {
    say("the page was built and signed on another machine; it is given as it is");
    return;
  }
  const sources = [
    "package-lock.json",
    "apps/web",
    ...readdirSync(join(root, "packages")).map((name) => `packages/${name}`),
  ];
  if (existsSync(built) && newest(sources) <= statSync(built).mtimeMs) return;
  say("building the web app");
  if ((await run("npm", ["run", "--silent", "build"])) !== 0)
    giveUp("the web app could not be built (see above)");
}

/** Where the key of whoever builds lies; apps/web/builder/place-of-key.ts says the same. */
function builderKey() {
  const { APPDATA, SOTTO_BUILDER_KEY, XDG_CONFIG_HOME } = process.env;
  const settings =
    process.platform === "win32" ? (APPDATA ?? homedir()) : (XDG_CONFIG_HOME ?? join(homedir(), ".config"));
  return SOTTO_BUILDER_KEY || join(settings, "sotto", "builder-key");
}

const notSources = new Set(["node_modules", "dist"]);

function newest(places) {
  let latest = 0;
  for (const place of places) {
    const path = resolve(root, place);
    const entry = statSync(path);
    if (!entry.isDirectory()) latest = Math.max(latest, entry.mtimeMs);
    else {
      const inside = readdirSync(path).filter((name) => !notSources.has(name));
      latest = Math.max(latest, newest(inside.map((name) => join(path, name))));
    }
  }
  return latest;
}
