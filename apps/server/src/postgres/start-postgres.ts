/**
 * Starts the PostgreSQL that Sotto carries, or finds it already running.
 *
 * The server outlives us on purpose: when we are killed it finishes its work in peace and the next start adopts it. It listens on 127.0.0.1
 * alone, never on a Unix socket, and wants a password (SCRAM). Two processes may start the same data folder at once; one server results.
 */
import { spawn } from "node:child_process";
import { openSync, closeSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { chooseIdentity, commandAs, runToEnd, type IdentityCandidates } from "./choose-identity.ts";
import { chooseAnotherPort, choosePort, isFreePort } from "./choose-port.ts";
import { hasCluster, openDataFolder, type DataFolder } from "./data-folder.ts";
import { findEmbeddedPrograms, type Programs } from "./find-programs.ts";
import { makeCluster } from "./make-cluster.ts";
import { PostgresFault } from "./postgres-fault.ts";
import { askServer, dropStrangersClaim, isPostmasterOf, readPostmaster, superuserUrl } from "./postmaster.ts";
import { makePassword, rememberOnce } from "./remember-once.ts";
import { judgeEnd, openLog, readLogFrom } from "./server-log.ts";
import { stopPostgres } from "./stop-postgres.ts";

export type StartOptions = Readonly<{
  /** The data folder; made if missing. */
  directory: string;
  /** 0 = any free port, the same one at every start. */
  port: number;
  /** Server settings for a server that this call starts; an adopted one keeps those it has. */
  settings?: Readonly<Record<string, string>>;
  /** Programs other than the embedded ones. */
  programs?: Programs;
  /** Whom to try to run the server as, when we are root. */
  identities?: IdentityCandidates;
}>;

export type RunningPostgres = Readonly<{
  /** The address for the superuser. Keep it out of logs: it holds the password. */
  url: string;
  port: number;
  /** True when the server was running already. */
  adopted: boolean;
  /** Stops the server cleanly. Throws `did-not-stop`. */
  stop: () => Promise<void>;
}>;

/** After a crash the server replays its log before it answers; a large log on a slow disk takes minutes. */
const answerWithinSeconds = 300;
const attemptsMax = 20;

/**
 * Settings of every server we start. The log never holds what people wrote: no statements and no errors, whose messages quote values. The
 * client that caused an error is told it all the same.
 */
const quietSettings: Readonly<Record<string, string>> = {
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  log_statement: "none",
  // In this setting's order "log" stands above "error": starts, stops, checkpoints, what is fatal, and nothing of a statement.
  log_min_messages: "log",
  log_min_error_statement: "panic",
  log_error_verbosity: "terse",
  log_parameter_max_length_on_error: "0",
  timezone: "UTC",
  log_timezone: "UTC",
  jit: "off",
};

/** Starts or adopts the server of a data folder. Throws `PostgresFault`, whose code says what is wrong and whose remedy what to do. */
export async function startPostgres(options: StartOptions): Promise<RunningPostgres> {
  const programs = options.programs ?? (await findEmbeddedPrograms());
  const places = await openDataFolder(options.directory);
  const password = await rememberOnce(places.superuserPassword, makePassword);
  for (let attempt = 0; attempt < attemptsMax; attempt++) {
    const running = await findRunning(places, password);
    if (running !== null) return asRunning(places, running, password, attempt === 0);
    const port = await tryToStart(options, programs, places, password);
    if (port !== null) return asRunning(places, port, password, false);
    await sleep(100 * attempt);
  }
  throw notStarted(places);
}

function asRunning(places: DataFolder, port: number, password: string, adopted: boolean): RunningPostgres {
  return { url: superuserUrl(port, password), port, adopted, stop: () => stopPostgres(places.root) };
}

/** The port of the server that holds this cluster, once it answers; null when nobody holds it. */
async function findRunning(places: DataFolder, password: string): Promise<number | null> {
  const giveUpAt = Date.now() + answerWithinSeconds * 1000;
  while (Date.now() < giveUpAt) {
    const claim = await readPostmaster(places);
    if (claim === null || isPostmasterOf(claim.pid, places) === "no") return null;
    if (claim.port !== null) {
      const answer = await askServer(places, claim.port, password);
      if (answer === "serves") return claim.port;
      if (answer === "refuses") throw wrongPassword(places);
      if (answer === "other") return null;
    }
    await sleep(100);
  }
  throw notStarted(places);
}

/** One try: the port of a server that answers, or null when it is worth trying again. */
async function tryToStart(
  options: StartOptions,
  programs: Programs,
  places: DataFolder,
  password: string,
): Promise<number | null> {
  const identity = await chooseIdentity(programs, places, options.identities);
  if (!(await hasCluster(places))) await makeCluster(programs, places, identity, password);
  await requireSameVersion(programs, places);
  await dropStrangersClaim(places);
  const port = await choosePort(options.port, places);
  if (!(await isFreePort(port))) {
    // A server of this cluster that another process has just started holds a claim by now.
    if ((await readPostmaster(places)) !== null) return null;
    return await leaveTakenPort(options, places, port);
  }
  const logFrom = await openLog(places);
  const settings = Object.entries({ ...quietSettings, ...options.settings });
  const child = launch(
    commandAs(identity, programs.postgres, [
      "-D",
      places.cluster,
      "-p",
      String(port),
      ...settings.flatMap(([name, value]) => ["-c", `${name}=${value}`]),
    ]),
    places,
  );
  if (await answersInTime(child, places, port, password)) return port;
  const end = judgeEnd(await readLogFrom(places, logFrom), places, port);
  if (end === "try-again") return null;
  if (end === "port-taken") return await leaveTakenPort(options, places, port);
  throw end;
}

type Child = Readonly<{ hasEnded: () => boolean }>;

function launch(command: ReturnType<typeof commandAs>, places: DataFolder): Child {
  const log = openSync(places.log, "a", 0o600);
  let ended = false;
  try {
    const child = spawn(command.file, [...command.args], {
      ...command.options,
      detached: true,
      stdio: ["ignore", log, log],
    });
    const end = (): void => {
      ended = true;
    };
    child.once("exit", end);
    child.once("error", end);
    child.unref();
  } finally {
    closeSync(log);
  }
  return { hasEnded: () => ended };
}

async function answersInTime(
  child: Child,
  places: DataFolder,
  port: number,
  password: string,
): Promise<boolean> {
  const giveUpAt = Date.now() + answerWithinSeconds * 1000;
  while (!child.hasEnded()) {
    const answer = await askServer(places, port, password);
    if (answer === "serves") return true;
    if (answer === "refuses" && !child.hasEnded() && (await readPostmaster(places))?.port === port) {
      await stopPostgres(places.root);
      throw wrongPassword(places);
    }
    if (Date.now() > giveUpAt) throw notStarted(places);
    await sleep(40);
  }
  return false;
}

/** A port of our choosing is given up for another; one that the operator asked for is not ours to change. */
async function leaveTakenPort(options: StartOptions, places: DataFolder, port: number): Promise<null> {
  if (options.port === 0) {
    await chooseAnotherPort(port, places);
    return null;
  }
  throw new PostgresFault(
    "port-taken",
    `Another program listens on port ${port}.`,
    "Stop it, or ask for another port.",
  );
}

async function requireSameVersion(programs: Programs, places: DataFolder): Promise<void> {
  const written = (await readFile(join(places.cluster, "PG_VERSION"), "utf8")).trim();
  const { stdout } = await runToEnd({
    file: programs.postgres,
    args: ["--version"],
    options: { cwd: "/", env: { LC_ALL: "C" } },
  });
  const ours = /\(PostgreSQL\) (\d+)/.exec(stdout)?.[1];
  if (ours === written) return;
  throw new PostgresFault(
    "wrong-version",
    `The database at ${places.cluster} was written by PostgreSQL ${written}, and this is PostgreSQL ${ours ?? "of an unknown version"}.`,
    "Start the version of Sotto that wrote it, make a backup, and restore the backup with this one.",
  );
}

function wrongPassword(places: DataFolder): PostgresFault {
  return new PostgresFault(
    "wrong-password",
    `The database at ${places.cluster} does not accept the password kept beside it.`,
    "Put back the passwords folder that belongs to this database, from the same backup.",
  );
}

function notStarted(places: DataFolder): PostgresFault {
  return new PostgresFault(
    "did-not-start",
    "PostgreSQL does not answer.",
    `It may still be recovering: start Sotto again in some minutes. What it says is at the end of ${places.log}.`,
  );
}
