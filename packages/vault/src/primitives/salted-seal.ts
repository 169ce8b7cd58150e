import { concatBytes, VaultFault, wipe } from "../codec/bytes.ts";
import type { Bytes } from "../codec/bytes.ts";
import { deriveBytes } from "./derive.ts";

/**
 * AES-256-GCM under a key and nonce that are both derived from a random salt, so that there is no counter anywhere: two
 * browsers of one person can seal under one key without knowing of each other (threat T24). With 16 random bytes a
 * repeated salt is a matter of 2^64 sealings under one key. AES-GCM does not commit to its key; where several people
 * hold keys, the room's confirmation MAC does.
 */
export const SALT_BYTES = 16;
export const TAG_BYTES = 16;

type Sealing = { readonly key: Bytes; readonly info: Bytes; readonly salt: Bytes; readonly aad: Bytes };

const messageKey = async ({
  key,
  salt,
  info,
}: Sealing): Promise<{ readonly aes: CryptoKey; readonly nonce: Bytes }> => {
  const derived = await deriveBytes({ secret: key, salt, info, count: 44 });
  const secret = derived.slice(0, 32);
  const aes = await crypto.subtle.importKey("raw", secret, "AES-GCM", false, ["encrypt", "decrypt"]);
  wipe(secret, derived.subarray(0, 32));
  return { aes, nonce: derived.slice(32) };
};

/** The ciphertext and tag alone; the caller stores the salt beside them. */
export async function sealSalted(sealing: Sealing & { readonly body: Bytes }): Promise<Bytes> {
  if (sealing.salt.length !== SALT_BYTES) throw new VaultFault("misuse");
  const { aes, nonce } = await messageKey(sealing);
  const algorithm = { name: "AES-GCM", iv: nonce, additionalData: sealing.aad };
  return new Uint8Array(await crypto.subtle.encrypt(algorithm, aes, sealing.body));
}

/** Throws `unopenable`, whatever the cause. */
export async function openSalted(sealing: Sealing & { readonly sealed: Bytes }): Promise<Bytes> {
  const { aes, nonce } = await messageKey(sealing);
  const algorithm = { name: "AES-GCM", iv: nonce, additionalData: sealing.aad };
  try {
    return new Uint8Array(await crypto.subtle.decrypt(algorithm, aes, sealing.sealed));
  } catch {
    throw new VaultFault("unopenable");
  }
}

/** Fills up with zero bytes behind a 4-byte length, so that sizes fall into steps; throws `misuse` when it does not fit. */
export function padTo(body: Bytes, size: number): Bytes {
  if (body.length + 4 > size) throw new VaultFault("misuse");
  const padded = new Uint8Array(size);
  new DataView(padded.buffer).setUint32(0, body.length);
  padded.set(body, 4);
  return padded;
}

/**
 * The body of a padded plaintext; throws `malformed` unless it is exactly what `padTo` writes for the size that `sizeFor`
 * gives a body of so many bytes.
 */
export function unpad(padded: Bytes, sizeFor: (bodyBytes: number) => number | null): Bytes {
  if (padded.length < 4) throw new VaultFault("malformed");
  const length = new DataView(padded.buffer, padded.byteOffset).getUint32(0);
  const isExact = length + 4 <= padded.length && sizeFor(length) === padded.length;
  if (!isExact || padded.subarray(4 + length).some((byte) => byte !== 0)) throw new VaultFault("malformed");
  return padded.slice(4, 4 + length);
}

/** Runs a reading of opened bytes so that its faults look like any other failure to open. */
export async function openingFailsOneWay<Value>(open: () => Promise<Value>): Promise<Value> {
  try {
    return await open();
  } catch (error) {
    if (error instanceof VaultFault) throw new VaultFault("unopenable");
    throw error;
  }
}

/** Splits a stored `salt | ciphertext`; throws `unopenable` when it is too short to be one. */
export function splitSalted(stored: Bytes): { readonly salt: Bytes; readonly sealed: Bytes } {
  if (stored.length < SALT_BYTES + TAG_BYTES) throw new VaultFault("unopenable");
  return { salt: stored.slice(0, SALT_BYTES), sealed: stored.slice(SALT_BYTES) };
}

/** Joins what `splitSalted` splits. */
export function joinSalted(salt: Bytes, sealed: Bytes): Bytes {
  return concatBytes(salt, sealed);
}
