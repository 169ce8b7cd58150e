import { concatBytes, equalBytes, VaultFault } from "../codec/bytes.ts";
import type { Bytes } from "../codec/bytes.ts";
import { fromBase64, toBase64 } from "../codec/text.ts";
import { encodeUtf8 } from "../codec/writer.ts";
import { sha256 } from "../primitives/hash.ts";
import { signBytes, signPublicOf, verifySignature } from "../primitives/sign.ts";

/**
 * Checkpoints of the key log: C2SP tlog-checkpoint in a C2SP signed-note with Ed25519 (type 0x01). The key's name is the
 * log's origin.
 */
const NOTE_CHARACTERS_MAX = 20_000;
const SIGNATURES_MAX = 16;
const ED25519_TYPE = 0x01;
const SIGNATURE_START = "— ";
// Signed-note key names: not empty, without spaces and plus signs.
const KEY_NAME = /^[^\s+]{1,200}$/u;
const DECIMAL = /^(?:0|[1-9][0-9]{0,15})$/;

export type Checkpoint = { readonly origin: string; readonly size: number; readonly root: Bytes };

const keyIdOf = (name: string, publicKey: Bytes): Bytes =>
  sha256(encodeUtf8(name), Uint8Array.of(0x0a, ED25519_TYPE), publicKey).slice(0, 4);

/** Signs a text that ends in a line break as a C2SP signed note; throws `misuse` for a name or text that a note cannot hold. */
export async function signNote(note: {
  readonly text: string;
  readonly name: string;
  readonly signSeed: Bytes;
}): Promise<string> {
  if (!KEY_NAME.test(note.name) || !note.text.endsWith("\n")) throw new VaultFault("misuse");
  const keyId = keyIdOf(note.name, await signPublicOf(note.signSeed));
  const signature = await signBytes({ signSeed: note.signSeed, message: encodeUtf8(note.text) });
  return `${note.text}\n${SIGNATURE_START}${note.name} ${toBase64(concatBytes(keyId, signature))}\n`;
}

/** The text of a note that this key signed; signatures of others are passed over. Throws `unverified`, whatever the cause. */
export async function openNote(note: {
  readonly note: string;
  readonly name: string;
  readonly publicKey: Bytes;
}): Promise<string> {
  if (note.note.length > NOTE_CHARACTERS_MAX || !note.note.isWellFormed()) throw new VaultFault("unverified");
  const cut = note.note.lastIndexOf("\n\n");
  if (cut < 0 || !note.note.endsWith("\n")) throw new VaultFault("unverified");
  const text = note.note.slice(0, cut + 1);
  const lines = note.note.slice(cut + 2, -1).split("\n");
  if (lines.length > SIGNATURES_MAX) throw new VaultFault("unverified");
  const keyId = keyIdOf(note.name, note.publicKey);
  let isSigned = false;
  for (const line of lines) {
    const { name, blob } = parseSignatureLine(line);
    if (name !== note.name || !equalBytes(blob.slice(0, 4), keyId)) continue;
    const signature = blob.slice(4);
    const holds = await verifySignature({ signPublic: note.publicKey, message: encodeUtf8(text), signature });
    if (!holds) throw new VaultFault("unverified");
    isSigned = true;
  }
  if (!isSigned) throw new VaultFault("unverified");
  return text;
}

const parseSignatureLine = (line: string): { readonly name: string; readonly blob: Bytes } => {
  const [name, blob, ...more] = line.startsWith(SIGNATURE_START)
    ? line.slice(SIGNATURE_START.length).split(" ")
    : [];
  if (name === undefined || blob === undefined || more.length > 0 || !KEY_NAME.test(name))
    throw new VaultFault("unverified");
  try {
    return { name, blob: fromBase64(blob) };
  } catch {
    throw new VaultFault("unverified");
  }
};

/** The signed text of a checkpoint. Throws `misuse` for an origin, size or root that it cannot say. */
export async function signCheckpoint(signing: {
  readonly checkpoint: Checkpoint;
  readonly signSeed: Bytes;
}): Promise<string> {
  const { origin, size, root } = signing.checkpoint;
  if (!Number.isSafeInteger(size) || size < 0 || root.length !== 32) throw new VaultFault("misuse");
  return signNote({
    text: `${origin}\n${size}\n${toBase64(root)}\n`,
    name: origin,
    signSeed: signing.signSeed,
  });
}

/**
 * The checkpoint in a note that the log's key signed. Extension lines, which the format allows, are refused: our log
 * writes none. Throws `unverified`, whatever the cause.
 */
export async function openCheckpoint(opening: {
  readonly text: string;
  readonly origin: string;
  readonly publicKey: Bytes;
}): Promise<Checkpoint> {
  const text = await openNote({ note: opening.text, name: opening.origin, publicKey: opening.publicKey });
  const [origin, size, root, end, ...more] = text.split("\n");
  const isThreeLines = origin === opening.origin && end === "" && more.length === 0;
  if (!isThreeLines || size === undefined || root === undefined || !DECIMAL.test(size))
    throw new VaultFault("unverified");
  const checkpoint = { origin, size: Number(size), root: rootFrom(root) };
  if (!Number.isSafeInteger(checkpoint.size)) throw new VaultFault("unverified");
  return checkpoint;
}

const rootFrom = (text: string): Bytes => {
  try {
    const root = fromBase64(text);
    if (root.length === 32) return root;
  } catch {
    // Falls through: text that is no base64 is one more unverified checkpoint.
  }
  throw new VaultFault("unverified");
};
