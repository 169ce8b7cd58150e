import { createWriteStream } from "node:fs";
import { chmod, mkdir } from "node:fs/promises";
import { once } from "node:events";
import { join, normalize } from "node:path";
import { OperatorFault } from "../config/operator-fault.ts";

const BLOCK = 512;
const FILE = new Set(["0", "\0"]);
const FOLDER = "5";

/**
 * Takes a tar archive apart into a folder, in the form that PostgreSQL writes (POSIX ustar, PostgreSQL's src/port/tar.c): files and folders with names
 * below the folder. Anything else, a link or a name that leads out of it, is refused: our own backups hold none.
 */
export async function readArchive(archive: AsyncIterable<Uint8Array>, folder: string): Promise<void> {
  const bytes = new Pieces(archive);
  for (;;) {
    const header = await bytes.take(BLOCK);
    if (header === null) throw broken("it ends early");
    // Two empty blocks end an archive.
    if (header.every((byte) => byte === 0)) return;
    const entry = parseHeader(header);
    const path = join(folder, entry.name);
    if (entry.kind === FOLDER) await mkdir(path, { recursive: true, mode: 0o700 });
    else await writeEntry(bytes, path, entry.bytes);
    await chmod(path, entry.kind === FOLDER ? 0o700 : 0o600);
  }
}

interface Entry {
  readonly name: string;
  readonly kind: string;
  readonly bytes: number;
}

function parseHeader(header: Buffer): Entry {
  const text = (from: number, to: number) => header.toString("utf8", from, to).split("\0")[0] ?? "";
  const sum = Number.parseInt(text(148, 156), 8);
  const counted = header.reduce((total, byte, index) => total + (index >= 148 && index < 156 ? 32 : byte), 0);
  if (sum !== counted) throw broken("a heading is damaged");
  const prefix = text(345, 500);
  const name = normalize(prefix === "" ? text(0, 100) : `${prefix}/${text(0, 100)}`);
  const kind = header.toString("latin1", 156, 157);
  if (name.startsWith("..") || name.startsWith("/")) throw broken("a name leads out of it");
  if (kind !== FOLDER && !FILE.has(kind)) throw broken("it holds something that is no file");
  const bytes = Number.parseInt(text(124, 136), 8);
  if (!Number.isSafeInteger(bytes) || bytes < 0) throw broken("a heading is damaged");
  return { name, kind, bytes: kind === FOLDER ? 0 : bytes };
}

async function writeEntry(bytes: Pieces, path: string, count: number): Promise<void> {
  const file = createWriteStream(path, { mode: 0o600 });
  let left = count;
  while (left > 0) {
    const piece = await bytes.takeUpTo(left);
    if (piece === null) throw broken("it ends early");
    left -= piece.length;
    if (!file.write(piece)) await once(file, "drain");
  }
  file.end();
  await once(file, "close");
  const padding = (BLOCK - (count % BLOCK)) % BLOCK;
  if (padding > 0 && (await bytes.take(padding)) === null) throw broken("it ends early");
}

function broken(why: string): OperatorFault {
  return new OperatorFault(
    "backup-broken",
    `The copy of the database in this backup cannot be read: ${why}.`,
    "Take another backup. This one was not changed.",
  );
}

/** Bytes that come in pieces, taken in the sizes that are needed. */
class Pieces {
  readonly #source: AsyncIterator<Uint8Array>;
  #rest: Buffer = Buffer.alloc(0);

  constructor(source: AsyncIterable<Uint8Array>) {
    this.#source = source[Symbol.asyncIterator]();
  }

  /** Exactly so many; null when there are fewer. */
  async take(count: number): Promise<Buffer | null> {
    while (this.#rest.length < count) {
      const next = await this.#source.next();
      if (next.done === true) return null;
      this.#rest = Buffer.concat([this.#rest, next.value]);
    }
    const taken = this.#rest.subarray(0, count);
    this.#rest = this.#rest.subarray(count);
    return taken;
  }

  /** As many as are at hand, at most so many; null at the end. */
  async takeUpTo(count: number): Promise<Buffer | null> {
    if (this.#rest.length === 0 && (await this.#more()) === null) return null;
    return this.take(Math.min(count, this.#rest.length));
  }

  async #more(): Promise<Buffer | null> {
    for (;;) {
      const next = await this.#source.next();
      if (next.done === true) return null;
      if (next.value.length === 0) continue;
      this.#rest = Buffer.from(next.value);
      return this.#rest;
    }
  }
}
