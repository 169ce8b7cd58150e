import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { OperatorFault } from "../config/operator-fault.ts";
import { systemCode } from "../postgres/postgres-fault.ts";

/** `cluster`: the files of the embedded database. `copy`: the rows, for any PostgreSQL (docs/formats/backup.md). */
export type BackupKind = "cluster" | "copy";

export interface BackupFile {
  /** Below the folder of the backup, with `/`. */
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** What a backup holds. It is written last: a folder without it is no backup. */
export interface BackupManifest {
  readonly format: "sotto-backup/1";
  readonly kind: BackupKind;
  /** Everything acknowledged before this moment is in it. Milliseconds since 1970. */
  readonly begunAt: number;
  readonly sotto: string;
  /** The version of the PostgreSQL that wrote it. */
  readonly postgres: string;
  /** The steps that the schema had been through. */
  readonly steps: readonly number[];
  readonly files: readonly BackupFile[];
}

export const MANIFEST = "manifest.json";
export const CLUSTER_ARCHIVE = "database/cluster.tar.gz";
export const ROWS_ARCHIVE = "database/rows.jsonl.gz";

/** The manifest of a backup. Throws `backup-unfinished` where there is none, `backup-broken` for one that cannot be read, `wrong-version` for a newer form. */
export async function readManifest(folder: string): Promise<BackupManifest> {
  const text = await readFile(join(folder, MANIFEST), "utf8").catch((error: unknown) => {
    if (systemCode(error) !== "ENOENT" && systemCode(error) !== "ENOTDIR") throw error;
    throw new OperatorFault(
      "backup-unfinished",
      `There is no whole backup in ${folder}: it has no ${MANIFEST}.`,
      "Name the folder of a backup that was finished. One that was cut off ends in .making and a number.",
      error,
    );
  });
  const manifest = parseManifest(text);
  if (manifest === null)
    throw new OperatorFault(
      "backup-broken",
      `The ${MANIFEST} of this backup is damaged, or of a version that is not known here.`,
      "Use another backup, or the version of Sotto that wrote this one.",
    );
  return manifest;
}

function parseManifest(text: string): BackupManifest | null {
  let said: unknown;
  try {
    said = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof said !== "object" || said === null || !("format" in said) || said.format !== "sotto-backup/1")
    return null;
  // The format is ours and names its fields; what matters of them is checked here.
  const manifest = said as BackupManifest;
  const holds =
    (manifest.kind === "cluster" || manifest.kind === "copy") &&
    Number.isSafeInteger(manifest.begunAt) &&
    Array.isArray(manifest.steps) &&
    Array.isArray(manifest.files) &&
    manifest.files.every(
      ({ bytes, path, sha256 }) =>
        /^[a-zA-Z0-9][a-zA-Z0-9._-]*(\/[a-zA-Z0-9][a-zA-Z0-9._-]*)*$/.test(path) &&
        Number.isSafeInteger(bytes) &&
        /^[0-9a-f]{64}$/.test(sha256),
    );
  return holds ? manifest : null;
}

/** One way in which a backup is not what its manifest says. */
export interface BackupFinding {
  readonly kind: "file-missing" | "file-changed" | "file-unknown";
  readonly path: string;
}

/** Reads every file of a backup and compares it with the manifest. Empty when all are as they were written. */
export async function checkFiles(
  folder: string,
  manifest: BackupManifest,
): Promise<readonly BackupFinding[]> {
  const findings: BackupFinding[] = [];
  for (const file of manifest.files) {
    const found = await describeFile(folder, file.path);
    if (found === null) findings.push({ kind: "file-missing", path: file.path });
    else if (found.bytes !== file.bytes || found.sha256 !== file.sha256)
      findings.push({ kind: "file-changed", path: file.path });
  }
  const known = new Set([MANIFEST, ...manifest.files.map(({ path }) => path)]);
  for (const path of await listFiles(folder)) {
    if (!known.has(path)) findings.push({ kind: "file-unknown", path });
  }
  return findings;
}

/** Size and hash of a file; null when it is not there. */
export async function describeFile(folder: string, path: string): Promise<BackupFile | null> {
  const hash = createHash("sha256");
  let bytes = 0;
  try {
    for await (const piece of createReadStream(join(folder, path))) {
      // A read stream without an encoding gives buffers.
      const buffer = piece as Buffer;
      bytes += buffer.length;
      hash.update(buffer);
    }
  } catch (error) {
    if (systemCode(error) === "ENOENT") return null;
    throw error;
  }
  return { path, bytes, sha256: hash.digest("hex") };
}

/** Every file below a folder, by its path there. Empty when there is no such folder. */
export async function listFiles(folder: string, below = ""): Promise<readonly string[]> {
  const here = join(folder, below);
  const names = await readdir(here).catch((error: unknown) => {
    if (systemCode(error) === "ENOENT") return [];
    throw error;
  });
  const found: string[] = [];
  for (const name of names) {
    const path = below === "" ? name : `${below}/${name}`;
    const entry = await stat(join(folder, path)).catch(() => null);
    // What went away meanwhile is not there.
    if (entry === null) continue;
    if (entry.isDirectory()) found.push(...(await listFiles(folder, path)));
    else if (entry.isFile()) found.push(path);
  }
  return found;
}
