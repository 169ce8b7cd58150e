import { chown, mkdir, open, readdir, rename, rm, statfs, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { commandAs, runToEnd, type Identity } from "./choose-identity.ts";
import type { DataFolder } from "./data-folder.ts";
import type { Programs } from "./find-programs.ts";
import { PostgresFault, systemCode } from "./postgres-fault.ts";
import { isAlive } from "./postmaster.ts";

/** A new cluster takes 40 MB and its first write-ahead log as much again; below this there is no point in starting. */
const freeBytesMin = 200 * 1024 * 1024;

/**
 * Makes a new cluster beside its place and renames it when it is whole, so that a half-made one is never taken for a cluster. When another
 * process does the same at the same time, one of the two clusters is kept. Throws `disk` or `did-not-start`.
 */
export async function makeCluster(
  programs: Programs,
  places: DataFolder,
  identity: Identity,
  password: string,
): Promise<void> {
  await requireRoom(places);
  await sweepHalfMade(places);
  const beside = `${places.cluster}.making-${process.pid}`;
  await rm(beside, { recursive: true, force: true });
  await mkdir(beside, { mode: 0o700 });
  try {
    await giveTo(identity, beside);
    await initialise(programs, identity, beside, password);
    await putInPlace(beside, places);
  } finally {
    await rm(beside, { recursive: true, force: true });
  }
}

async function initialise(
  programs: Programs,
  identity: Identity,
  folder: string,
  password: string,
): Promise<void> {
  // Beside the folder, so that what a killed process leaves is swept with it.
  const passwordFile = `${folder}-password`;
  await rm(passwordFile, { force: true });
  await writeFile(passwordFile, `${password}\n`, { mode: 0o600, flag: "wx" });
  await giveTo(identity, passwordFile);
  try {
    const ended = await runToEnd(
      commandAs(identity, programs.initdb, [
        `--pgdata=${folder}`,
        "--username=sotto_superuser",
        `--pwfile=${passwordFile}`,
        "--auth=scram-sha-256",
        "--encoding=UTF8",
        "--locale=C",
        "--data-checksums",
      ]),
    );
    if (ended.status === 0) return;
    throw /no space left|could not extend/i.test(ended.stderr)
      ? noRoom(folder)
      : notMade(folder, ended.stderr);
  } finally {
    await rm(passwordFile, { force: true });
  }
}

async function putInPlace(beside: string, places: DataFolder): Promise<void> {
  try {
    await rename(beside, places.cluster);
  } catch (error) {
    const code = systemCode(error);
    // Another process was faster; its cluster is as good as ours.
    if (code === "ENOTEMPTY" || code === "EEXIST") return;
    throw error;
  }
  const folder = await open(places.root, "r");
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

/** Removes what processes that no longer live have left half made. */
async function sweepHalfMade(places: DataFolder): Promise<void> {
  const prefix = `${basename(places.cluster)}.making-`;
  for (const name of await readdir(places.root)) {
    if (!name.startsWith(prefix) || isAlive(Number.parseInt(name.slice(prefix.length), 10))) continue;
    // Its initdb may have outlived it and still be writing there.
    await rm(join(places.root, name), { recursive: true, force: true, maxRetries: 10 });
  }
}

async function requireRoom(places: DataFolder): Promise<void> {
  const { bavail, bsize } = await statfs(places.root);
  if (bavail * bsize < freeBytesMin) throw noRoom(places.root);
}

async function giveTo(identity: Identity, path: string): Promise<void> {
  if (identity.kind === "user") await chown(path, identity.uid, identity.gid);
}

function noRoom(folder: string): PostgresFault {
  return new PostgresFault(
    "disk",
    `There is too little room for a database at ${folder}.`,
    "Free at least 200 MB, or name a folder on a larger disk in SOTTO_DATA.",
  );
}

function notMade(folder: string, stderr: string): PostgresFault {
  return new PostgresFault(
    "did-not-start",
    `A new database could not be made at ${folder}.`,
    "What initdb said is below.",
    new Error(stderr.trim()),
  );
}
