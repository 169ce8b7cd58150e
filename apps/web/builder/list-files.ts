import { readdir, readFile } from "node:fs/promises";
import { join, sep } from "node:path";
import { encodeBuildContents, sha256, toHex, type BuildFile } from "@sotto/vault";

/** The signed list itself, by its path on the server. */
export const SIGNED = "/build.signed";

/** Every file of a built page as the server gives it. Its smaller forms are how a file travels, and no files of their own. */
export async function listFiles(folder: string): Promise<readonly BuildFile[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files: BuildFile[] = [];
  for (const entry of entries) {
    const place = join(entry.parentPath, entry.name);
    const path = place.slice(folder.length).split(sep).join("/");
    if (!entry.isFile() || path === SIGNED || /\.(?:br|gz)$/.test(path)) continue;
    const bytes = await readFile(place);
    files.push({ path, size: bytes.length, hash: sha256(bytes) });
  }
  return files;
}

/** The code that names all these files together, in hexadecimal. */
export const codeOf = (files: readonly BuildFile[]): string => toHex(sha256(encodeBuildContents(files)));
