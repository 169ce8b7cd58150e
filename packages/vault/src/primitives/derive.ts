import { VaultFault } from "../codec/bytes.ts";
import type { Bytes } from "../codec/bytes.ts";

const NO_SALT = new Uint8Array(0);

/** HKDF-SHA-256 (RFC 5869) of a secret that is already uniform. `info` starts with a domain label. */
export async function deriveBytes(source: {
  readonly secret: Bytes;
  readonly salt?: Bytes;
  readonly info: Bytes;
  readonly count?: number;
}): Promise<Bytes> {
  if (source.secret.length === 0) throw new VaultFault("misuse");
  const key = await crypto.subtle.importKey("raw", source.secret, "HKDF", false, ["deriveBits"]);
  const algorithm = { name: "HKDF", hash: "SHA-256", salt: source.salt ?? NO_SALT, info: source.info };
  return new Uint8Array(await crypto.subtle.deriveBits(algorithm, key, (source.count ?? 32) * 8));
}

const HMAC = { name: "HMAC", hash: "SHA-256" } as const;

/** HMAC-SHA-256 of a labelled message. */
export async function authenticate({
  key,
  message,
}: {
  readonly key: Bytes;
  readonly message: Bytes;
}): Promise<Bytes> {
  const macKey = await crypto.subtle.importKey("raw", key, HMAC, false, ["sign"]);
  return new Uint8Array(await crypto.subtle.sign("HMAC", macKey, message));
}

/** True when the code belongs to the message. Compares in constant time, as WebCrypto does. */
export async function isAuthentic(claim: {
  readonly key: Bytes;
  readonly message: Bytes;
  readonly code: Bytes;
}): Promise<boolean> {
  const macKey = await crypto.subtle.importKey("raw", claim.key, HMAC, false, ["verify"]);
  return crypto.subtle.verify("HMAC", macKey, claim.code, claim.message);
}
