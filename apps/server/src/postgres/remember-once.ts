import { randomBytes } from "node:crypto";
import { link, readFile, rm, writeFile } from "node:fs/promises";
import { systemCode } from "./postgres-fault.ts";

/**
 * The text kept in a file, made by `make` the first time. When two processes come at once the first to finish wins and both
 * get its text; a file is never seen half written. Readable by its owner alone.
 */
export async function rememberOnce(file: string, make: () => string | Promise<string>): Promise<string> {
  const kept = await recall(file);
  if (kept !== null) return kept;
  const beside = `${file}.${randomBytes(6).toString("hex")}`;
  await writeFile(beside, await make(), { mode: 0o600, flush: true });
  try {
    // link, unlike rename, refuses to replace what another process has put there meanwhile.
    await link(beside, file);
  } catch (error) {
    if (systemCode(error) !== "EEXIST") throw error;
  } finally {
    await rm(beside, { force: true });
  }
  return await readFile(file, "utf8");
}

/** The text kept in a file, or null when there is none yet. */
export async function recall(file: string): Promise<string | null> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    if (systemCode(error) === "ENOENT") return null;
    throw error;
  }
}

/** A new password: 192 random bits that need no quoting in a URL, a file or SQL. */
export function makePassword(): string {
  return randomBytes(24).toString("base64url");
}
