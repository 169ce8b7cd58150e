import { randomBytes } from "node:crypto";
import { mkdir, open, readFile, rename, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { fromHex, toHex, type Bytes, type HandOver } from "@sotto/vault";

/**
 * The key of whoever builds, in a file of lines that a person can move to another machine. It also keeps the last build that was signed: the same
 * contents keep their number, and another one never gets a lower one, also when the clock goes back.
 */
const FIRST_LINE = "Sotto builder's key. Whoever has it can sign pages. Keep it secret.";
const HEX_KEY = /^[0-9a-f]{64}$/;

export interface LastBuild {
  readonly number: number;
  readonly code: string;
  readonly release: string;
}

export interface BuilderKey {
  readonly signSeed: Bytes;
  readonly handOvers: readonly HandOver[];
  readonly last: LastBuild | null;
}

/** What cannot be done with the key, and what to do. */
export class KeyFault extends Error {
  override readonly name = "KeyFault";
}

/** The key; null when there is none at this place. Throws `KeyFault` for a file that is something else. */
export async function readKey(path: string): Promise<BuilderKey | null> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw new KeyFault(`The builder's key at ${path} cannot be read. Nothing was signed.`);
  }
  const [first, ...lines] = text.trimEnd().split("\n");
  const key = first === FIRST_LINE ? parseLines(lines) : null;
  if (key === null) throw new KeyFault(`${path} is not a builder's key. Nothing was signed.`);
  return key;
}

function parseLines(lines: readonly string[]): BuilderKey | null {
  let signSeed: Bytes | null = null;
  let last: LastBuild | null = null;
  const handOvers: HandOver[] = [];
  for (const line of lines) {
    const [name, ...words] = line.split(" ");
    const [one = "", two = "", three = ""] = words;
    if (name === "key" && words.length === 1 && HEX_KEY.test(one)) signSeed = fromHex(one);
    else if (name === "last" && words.length === 3 && /^\d{1,15}$/.test(one) && HEX_KEY.test(two))
      last = { number: Number(one), code: two, release: three };
    else if (name === "hand-over" && isHandOver(words))
      handOvers.push({ from: fromHex(one), to: fromHex(two), signature: fromHex(three) });
    else return null;
  }
  return signSeed === null ? null : { signSeed, handOvers, last };
}

const isHandOver = (words: readonly string[]): boolean =>
  words.length === 3 && words.every((word, index) => (index < 2 ? HEX_KEY : /^[0-9a-f]{128}$/).test(word));

/** A hand-over as a line of a key file. */
export const handOverLine = ({ from, signature, to }: HandOver): string =>
  ["hand-over", ...[from, to, signature].map(toHex)].join(" ");

/** Makes a key where none is. */
export async function makeKey(path: string): Promise<BuilderKey> {
  const key = { signSeed: new Uint8Array(randomBytes(32)), handOvers: [], last: null };
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    await writeFile(path, textOf(key), { flag: "wx", mode: 0o600 });
  } catch {
    throw new KeyFault(
      `A builder's key could not be written to ${path}. Set SOTTO_BUILDER_KEY to a file that this account may write, and build again.`,
    );
  }
  return key;
}

/** Writes the key anew, whole or not at all. */
export async function writeKey(path: string, key: BuilderKey): Promise<void> {
  const beside = `${path}.new`;
  const file = await open(beside, "w", 0o600);
  try {
    await file.writeFile(textOf(key));
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(beside, path);
}

function textOf({ handOvers, last, signSeed }: BuilderKey): string {
  const lines = [FIRST_LINE, `key ${toHex(signSeed)}`, ...handOvers.map(handOverLine)];
  if (last !== null) lines.push(`last ${String(last.number)} ${last.code} ${last.release}`);
  return `${lines.join("\n")}\n`;
}
