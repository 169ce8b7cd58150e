import { execFile, type ExecFileException } from "node:child_process";
import { readFile, stat } from "node:fs/promises";
import { PostgresFault, systemCode } from "./postgres-fault.ts";
import type { Programs } from "./find-programs.ts";
import type { DataFolder } from "./data-folder.ts";

/**
 * Whom the server runs as. PostgreSQL refuses root, so under root it is an unprivileged user that exists already, or a user namespace in
 * which our own files look like an unprivileged user's. No user is ever created.
 *
 * Known weakness: in the namespace the server has none of root's powers but does own root's files. An account of its own is better.
 */
export type Identity =
  | Readonly<{ kind: "self" }>
  | Readonly<{ kind: "user"; uid: number; gid: number }>
  | Readonly<{ kind: "namespace"; unshare: string }>;

/** A program with everything `spawn` needs to run it as an identity, from the root folder and with a bare environment. */
export type Command = Readonly<{
  file: string;
  args: readonly string[];
  options: Readonly<{ uid?: number; gid?: number; cwd: string; env: Record<string, string> }>;
}>;

/** Which users and which program to try; the defaults are what a Debian machine has. */
export type IdentityCandidates = Readonly<{ users?: readonly string[]; unshare?: string }>;

/**
 * The identity for the server of this data folder. A cluster that exists keeps its owner. Throws `no-identity` when we are root and neither a
 * user who can reach both programs and folder nor a user namespace is to be had; `no-access` when the cluster is another user's and we are not root.
 */
export async function chooseIdentity(
  programs: Programs,
  places: DataFolder,
  candidates: IdentityCandidates = {},
): Promise<Identity> {
  const owner = await ownerOf(places.cluster);
  const uid = process.getuid?.();
  if (uid !== 0) {
    if (owner !== null && uid !== undefined && owner.uid !== uid) throw notOurs(places);
    return { kind: "self" };
  }
  const users = owner === null ? await knownUsers(candidates.users ?? ["postgres", "nobody"]) : [owner];
  for (const user of users) {
    if (user.uid !== 0 && (await canServe({ kind: "user", ...user }, programs, places)))
      return { kind: "user", ...user };
  }
  const namespace: Identity = { kind: "namespace", unshare: candidates.unshare ?? "unshare" };
  const mayUseNamespace = owner === null || owner.uid === 0;
  if (mayUseNamespace && (await canServe(namespace, programs, places))) return namespace;
  throw new PostgresFault(
    "no-identity",
    `PostgreSQL does not run as root, and no unprivileged user can reach ${places.root}.`,
    "Run Sotto as an ordinary user, or set SOTTO_DATA to a folder others may pass through, as /var/lib/sotto.",
  );
}

/** The command that runs a program as an identity. */
export function commandAs(identity: Identity, program: string, args: readonly string[]): Command {
  // PGDATA, PGOPTIONS and their like from the operator's shell must not reach the server.
  const bare = { cwd: "/", env: { PATH: process.env["PATH"] ?? "/usr/bin:/bin", LC_ALL: "C", TZ: "UTC" } };
  switch (identity.kind) {
    case "self":
      return { file: program, args, options: bare };
    case "user":
      return { file: program, args, options: { ...bare, uid: identity.uid, gid: identity.gid } };
    case "namespace":
      return {
        file: identity.unshare,
        args: ["--user", "--map-user=65534", "--map-group=65534", program, ...args],
        options: bare,
      };
  }
}

/** How a program ended: its status (null when it could not run or was killed) and what it said. */
export type Ended = Readonly<{ status: number | null; stdout: string; stderr: string }>;

/** Runs a program to its end. Never throws: a program that cannot be started has the status null. */
export function runToEnd(command: Command): Promise<Ended> {
  return new Promise((resolve) => {
    const done = (error: ExecFileException | null, stdout: string, stderr: string): void => {
      const status = error === null ? 0 : typeof error.code === "number" ? error.code : null;
      resolve({ status, stdout, stderr });
    };
    try {
      execFile(command.file, [...command.args], { ...command.options, encoding: "utf8" }, done);
    } catch (error) {
      resolve({ status: null, stdout: "", stderr: String(error) });
    }
  });
}

async function canServe(identity: Identity, programs: Programs, places: DataFolder): Promise<boolean> {
  const reachesPrograms = await runToEnd(commandAs(identity, programs.postgres, ["--version"]));
  if (reachesPrograms.status !== 0) return false;
  const enters = await runToEnd(commandAs(identity, "/bin/sh", ["-c", 'cd "$1"', "sh", places.root]));
  return enters.status === 0;
}

type User = Readonly<{ uid: number; gid: number }>;

async function ownerOf(folder: string): Promise<User | null> {
  try {
    const { uid, gid } = await stat(folder);
    return { uid, gid };
  } catch (error) {
    if (systemCode(error) === "ENOENT") return null;
    throw error;
  }
}

/** The named users that this machine has, in the order asked for. A user without a passwd entry cannot run initdb. */
async function knownUsers(names: readonly string[]): Promise<readonly User[]> {
  const lines = (await readFile("/etc/passwd", "utf8")).split("\n").map((line) => line.split(":"));
  return names.flatMap((name) => {
    const entry = lines.find((fields) => fields[0] === name);
    return entry === undefined ? [] : [{ uid: Number(entry[2]), gid: Number(entry[3]) }];
  });
}

function notOurs(places: DataFolder): PostgresFault {
  return new PostgresFault(
    "no-access",
    `The database folder ${places.cluster} belongs to another account.`,
    "Run Sotto as the account that made it, or as root.",
  );
}
