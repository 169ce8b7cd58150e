/** A page that a test may change and sign: what whoever holds the server's disk, or the builder's key, can do. */
import { cp, mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { sha256, signBuild, verifySignedBuild, type Bytes } from "@sotto/vault";
import { openTestFolder } from "./test-folder.ts";

const built = fileURLToPath(new URL("../../apps/web/dist", import.meta.url));
const SIGNED = "/build.signed";

export interface PageCopy {
  readonly folder: string;
  /** The path of the first file that matches. */
  readonly find: (path: RegExp) => string;
  readonly read: (path: string) => Promise<string>;
  readonly write: (path: string, content: string | Uint8Array) => Promise<void>;
  /** Signs the files as they are now. Without it the list stays as it was. */
  readonly sign: (wish: { readonly number: number; readonly signSeed: Bytes }) => Promise<void>;
  readonly remove: () => Promise<void>;
}

/** A copy of the built page. It must have been built. The files go out as they are, in no smaller form. */
export async function openPageCopy(): Promise<PageCopy> {
  const { path, remove } = await openTestFolder();
  const folder = join(path, "page");
  await cp(built, folder, { recursive: true, filter: (source) => !/\.(?:br|gz)$/.test(source) });
  const { manifest } = await verifySignedBuild(new Uint8Array(await readFile(join(folder, SIGNED))));
  return pageAt(
    folder,
    manifest.files.map((file) => file.path),
    remove,
  );
}

/** A page of a few files. Nobody has signed it. */
export async function writePage(files: { readonly [path: string]: string }): Promise<PageCopy> {
  const { path, remove } = await openTestFolder();
  const folder = join(path, "page");
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
  return pageAt(folder, Object.keys(files), remove);
}

const pageAt = (folder: string, paths: readonly string[], remove: () => Promise<void>): PageCopy => ({
  folder,
  find: (pattern) => {
    const found = paths.find((each) => pattern.test(each));
    if (found === undefined) throw new Error(`the page has no file like ${String(pattern)}`);
    return found;
  },
  read: (name) => readFile(join(folder, name), "utf8"),
  write: (name, content) => writeFile(join(folder, name), content),
  sign: async ({ number, signSeed }) => {
    const files = await Promise.all(
      paths.map(async (path) => {
        const bytes = await readFile(join(folder, path));
        return { path, size: bytes.length, hash: sha256(bytes) };
      }),
    );
    const release = `0.1.${String(number)}`;
    await writeFile(
      join(folder, SIGNED),
      await signBuild({ number, release, files, handOvers: [], signSeed }),
    );
  },
  remove,
});
