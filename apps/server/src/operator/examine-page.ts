import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { equalBytes, sha256, verifySignedBuild, type SignedBuild } from "@sotto/vault/public";
import { OperatorFault } from "../config/operator-fault.ts";

const SIGNED = "build.signed";

/**
 * The signed list of a built page, after every file was compared with it; null for a page that nobody signed. Throws `OperatorFault` when something
 * was changed after it was built: browsers would refuse it, and those that come for the first time would not.
 */
export async function examinePage(folder: string): Promise<SignedBuild | null> {
  const bytes = await readOrNull(join(folder, SIGNED));
  if (bytes === null) return null;
  let signed: SignedBuild;
  try {
    signed = await verifySignedBuild(bytes);
  } catch (error) {
    throw changed(SIGNED, error);
  }
  for (const { hash, path, size } of signed.manifest.files) {
    const file = await readOrNull(join(folder, path));
    if (file === null || file.length !== size || !equalBytes(sha256(file), hash)) throw changed(path);
  }
  return signed;
}

const changed = (path: string, cause?: unknown): OperatorFault =>
  new OperatorFault(
    "page-changed",
    `The page is not as it was built and signed: ${path}. Nothing was started.`,
    "Find out who changed it. Then build it anew (npm run build), or copy it whole from where it was built.",
    cause,
  );

async function readOrNull(path: string): Promise<Uint8Array<ArrayBuffer> | null> {
  try {
    return new Uint8Array(await readFile(path));
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  }
}
