import { isOfBuilder, toHex, verifySignedBuild, type Bytes, type SignedBuild } from "@sotto/vault/public";
import type { RefusedWhy } from "../platform/guard-messages.ts";

/**
 * What the guard keeps in this browser: the build that it pinned, a newer one that was offered, what it refused, and the files of each, as answers
 * that are ready to be given. Every file was hashed before it was put there, so nothing is hashed when it is given.
 */
const PINS = "pin";
const FILES = "build-";
const PIN = "/pin";
const OFFER = "/offer";
const NOTES = "/notes";

export interface Pinned extends SignedBuild {
  readonly bytes: Bytes;
  /** The name of its files. */
  readonly code: string;
}

export interface Notes {
  /** The last thing that was refused. `isSeen`: its person was told. */
  readonly refused: {
    readonly why: RefusedWhy;
    /** What exactly: the same thing is told once. */
    readonly what: string;
    readonly at: number;
    readonly isSeen: boolean;
    readonly isOver: boolean;
  } | null;
  /** The build before this one: pages that are still open ask for its files. */
  readonly before: string | null;
  /** When all files were last compared with those of the server. */
  readonly comparedAt: number;
}

const NOTHING: Notes = { refused: null, before: null, comparedAt: 0 };

async function read(name: string): Promise<Response | null> {
  if (!(await caches.has(PINS))) return null;
  return (await (await caches.open(PINS)).match(name)) ?? null;
}

async function readBuild(name: string): Promise<Pinned | null> {
  const kept = await read(name);
  if (kept === null) return null;
  const bytes: Bytes = new Uint8Array(await kept.arrayBuffer());
  const signed = await verifySignedBuild(bytes);
  return { ...signed, bytes, code: toHex(signed.manifest.code) };
}

let pinned: Promise<Pinned | null> | null = null;

/** The build that this browser knows; null when it knows none, or has forgotten it. */
export function readPin(): Promise<Pinned | null> {
  pinned ??= readBuild(PIN).then((found) => {
    if (found === null) pinned = null;
    return found;
  });
  return pinned;
}

export async function writePin(bytes: Bytes): Promise<void> {
  await (await caches.open(PINS)).put(PIN, new Response(bytes));
  pinned = null;
}

/** The newer build that lies here whole. */
export const readOffer = (): Promise<Pinned | null> => readBuild(OFFER);

export async function writeOffer(bytes: Bytes): Promise<void> {
  await (await caches.open(PINS)).put(OFFER, new Response(bytes));
}

/** Uses the offered build from the next page on. False when another one, or none, is offered. */
export async function takeOffer(manifest: string): Promise<boolean> {
  const [pin, offer] = [await readPin(), await readOffer()];
  if (pin === null || offer === null || toHex(offer.manifest.hash) !== manifest) return false;
  // What was offered for one builder's key is not taken for another's.
  if (!(await isOfBuilder(pin.builder, offer)) || offer.manifest.number <= pin.manifest.number) return false;
  await changeNotes((notes) => ({ ...notes, before: pin.code, refused: null }));
  await writePin(offer.bytes);
  await (await caches.open(PINS)).delete(OFFER);
  return true;
}

export async function readNotes(): Promise<Notes> {
  const kept = await read(NOTES);
  // Written by this very file alone.
  return kept === null ? NOTHING : ((await kept.json()) as Notes);
}

export async function changeNotes(change: (notes: Notes) => Notes): Promise<void> {
  const notes = change(await readNotes());
  if (await caches.has(PINS)) await (await caches.open(PINS)).put(NOTES, Response.json(notes));
}

/** A file of a build, as it is to be given; null when it is not kept here. */
export async function readFile(code: string, path: string): Promise<Response | null> {
  if (!(await caches.has(FILES + code))) return null;
  return (await (await caches.open(FILES + code)).match(path)) ?? null;
}

/** Keeps a file that was hashed. */
export async function writeFile(code: string, path: string, answer: Response): Promise<void> {
  await (await caches.open(FILES + code)).put(path, answer);
}

/** True unless everything was forgotten meanwhile, and must not come back. */
export const isKept = (code: string): Promise<boolean> => caches.has(FILES + code);

/** Throws away the files of builds that no page can ask for any more. */
export async function throwOldAway(): Promise<void> {
  // In the other order than `takeOffer` writes them: whatever it does meanwhile, the build that it takes and the one before are seen.
  const [offer, pin, notes] = [await readOffer(), await readPin(), await readNotes()];
  if (pin === null) return;
  const wanted = [PINS, ...[pin.code, offer?.code, notes.before].map((code) => `${FILES}${String(code)}`)];
  for (const name of await caches.keys()) if (!wanted.includes(name)) await caches.delete(name);
}
