import { stat } from "node:fs/promises";
import { join } from "node:path";
import { findPractices } from "../store/door.ts";
import { NO_PRACTICE, type Store } from "../store/store.ts";
import { readWholeFiles } from "../store/whole.ts";
import type { Finding } from "../steps/finding.ts";
import { verify, type Verified } from "../usecases/verify.ts";
import { listFiles } from "./backup-manifest.ts";

/** Checks the rows, and that every sealed file they name lies on the disk in its size. */
export async function verifyAll(store: Store, filesFolder: string): Promise<Verified> {
  const verified = await verify({ store });
  const findings: Finding[] = [];
  for (const practice of await store.read(NO_PRACTICE, findPractices)) {
    const suspects = await findAstray(store, practice, filesFolder);
    // Somebody may have taken a file away between the look at its row and the look at the disk; then its row is gone too.
    if (suspects.length > 0) findings.push(...(await findAstray(store, practice, filesFolder)));
  }
  return { ...verified, findings: [...verified.findings, ...findings] };
}

async function findAstray(store: Store, practice: string, filesFolder: string): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (const { bytes, file } of await store.read(practice, readWholeFiles)) {
    const folder = join(filesFolder, practice, file);
    const chunks = await listFiles(folder);
    const sizes = await Promise.all(chunks.map(async (chunk) => (await stat(join(folder, chunk))).size));
    const there = sizes.reduce((sum, size) => sum + size, 0);
    if (there === bytes) continue;
    const kind = chunks.length === 0 ? "file-missing" : "file-wrong-size";
    findings.push({ kind, practice, at: `file ${file}`, why: `${String(there)} of ${String(bytes)} bytes` });
  }
  return findings;
}
