import { randomUUID } from "node:crypto";
import { mkdir, open, readdir, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import type { BlobPlace, Blobs } from "./blobs.ts";

const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const CHUNK = /^(0|[1-9][0-9]{0,5})$/;
/** What is being written lies here until it is whole. */
const UNFINISHED = "unfinished";
/** No chunk takes longer from its first byte to its place. */
const WRITTEN_WITHIN_MS = 60 * 60 * 1000;

/**
 * Chunks as files `<practice>/<file>/<chunk>`. A chunk is written aside, flushed, and moved to its place in one step, and the folder is flushed too: what was
 * acknowledged is there after a power cut, and half a chunk is never in its place. `isShared`: other processes write in the same folder.
 */
export async function openFolderBlobs(
  root: string,
  { isShared = false }: { readonly isShared?: boolean } = {},
): Promise<Blobs> {
  const unfinished = join(root, UNFINISHED);
  await mkdir(unfinished, { recursive: true, mode: 0o700 });
  await sweepUnfinished(unfinished, isShared ? Date.now() - WRITTEN_WITHIN_MS : Number.POSITIVE_INFINITY);
  const folderOf = ({ file, practice }: BlobPlace): string => join(root, checked(practice), checked(file));
  return {
    put: async (place, chunk, bytes) => {
      const folder = folderOf(place);
      await makeFolder(root, place, folder);
      const aside = join(unfinished, randomUUID());
      try {
        await writeFlushed(aside, bytes);
        await rename(aside, join(folder, String(chunk)));
      } catch (error) {
        await rm(aside, { force: true });
        throw error;
      }
      await flushFolder(folder);
    },
    get: async (place, chunk) => orNull(readWhole(join(folderOf(place), String(chunk)))),
    chunksOf: async (place) => {
      const names = (await orNull(readdir(folderOf(place)))) ?? [];
      return names
        .filter((name) => CHUNK.test(name))
        .map(Number)
        .toSorted((a, b) => a - b);
    },
    remove: async (place) => {
      await rm(folderOf(place), { recursive: true, force: true });
      await orNull(flushFolder(join(root, checked(place.practice))));
    },
    filesOf: async (practice) =>
      ((await orNull(readdir(join(root, checked(practice))))) ?? []).filter((name) => ID.test(name)),
  };
}

/** Nothing that was begun in an earlier life will ever be finished; what is younger than `before` another process may be writing. */
async function sweepUnfinished(unfinished: string, before: number): Promise<void> {
  for (const name of await readdir(unfinished)) {
    const path = join(unfinished, name);
    const begun = await orNull(stat(path));
    if (begun !== null && begun.mtimeMs < before) await rm(path, { recursive: true, force: true });
  }
}

/** A path is made of ids alone, whoever asks. */
function checked(id: string): string {
  if (!ID.test(id)) throw new Error("a place in the file store that is no id");
  return id;
}

async function makeFolder(root: string, { practice }: BlobPlace, folder: string): Promise<void> {
  const made = await mkdir(folder, { recursive: true, mode: 0o700 });
  if (made === undefined) return;
  await flushFolder(join(root, practice));
  await flushFolder(root);
}

/** In one piece: `readFile` comes by many small ones. */
async function readWhole(path: string): Promise<Uint8Array<ArrayBuffer>> {
  const handle = await open(path, "r");
  try {
    const bytes = new Uint8Array((await handle.stat()).size);
    const { bytesRead } = await handle.read(bytes);
    if (bytesRead !== bytes.length) throw new Error("a chunk that is shorter than its file says");
    return bytes;
  } finally {
    await handle.close();
  }
}

async function writeFlushed(path: string, bytes: Uint8Array): Promise<void> {
  const handle = await open(path, "wx", 0o600);
  try {
    await handle.writeFile(bytes);
    await handle.datasync();
  } finally {
    await handle.close();
  }
}

async function flushFolder(path: string): Promise<void> {
  const handle = await open(path, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Null when it is not there; everything else that goes wrong is thrown. */
async function orNull<Value>(reading: Promise<Value>): Promise<Value | null> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  }
}
