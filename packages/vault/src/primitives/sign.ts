import { VaultFault, concatBytes } from "../codec/bytes.ts";
import type { Bytes } from "../codec/bytes.ts";
import { fromBase64Url, toBase64Url } from "../codec/text.ts";

// RFC 8410 section 7: the fixed start of a PKCS #8 Ed25519 key of version 0, up to the 32-byte seed. WebCrypto has no raw
// import for private keys.
const PKCS8_START = Uint8Array.of(48, 46, 2, 1, 0, 48, 5, 6, 3, 43, 101, 112, 4, 34, 4, 32);

const signingKey = async (seed: Bytes, extractable: boolean): Promise<CryptoKey> => {
  if (seed.length !== 32) throw new VaultFault("misuse");
  return crypto.subtle.importKey("pkcs8", concatBytes(PKCS8_START, seed), "Ed25519", extractable, ["sign"]);
};

/** The Ed25519 public key of a 32-byte seed (RFC 8032). Throws `misuse` for another length. */
export async function signPublicOf(signSeed: Bytes): Promise<Bytes> {
  // WebCrypto gives the public half of a private key only inside its JWK.
  const { x } = await crypto.subtle.exportKey("jwk", await signingKey(signSeed, true));
  if (x === undefined) throw new VaultFault("misuse");
  return fromBase64Url(x);
}

/** Signs with Ed25519. What is signed starts with a domain label, always. */
export async function signBytes({
  signSeed,
  message,
}: {
  readonly signSeed: Bytes;
  readonly message: Bytes;
}): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.sign("Ed25519", await signingKey(signSeed, false), message));
}

/** Public keys that were read not long ago: those of the few people whose thousand messages are opened. */
const readKeys = new Map<string, Promise<CryptoKey>>();
const READ_MAX = 200;

const verifyingKey = (signPublic: Bytes): Promise<CryptoKey> => {
  const name = toBase64Url(signPublic);
  const known = readKeys.get(name);
  if (known !== undefined) return known;
  const key = crypto.subtle.importKey("raw", signPublic, "Ed25519", false, ["verify"]);
  if (readKeys.size >= READ_MAX) readKeys.clear();
  readKeys.set(name, key);
  // What failed once may have failed for a passing reason.
  key.catch(() => void readKeys.delete(name));
  return key;
};

/** True when the signature holds. A key that is no point of the curve verifies nothing. */
export async function verifySignature(claim: {
  readonly signPublic: Bytes;
  readonly message: Bytes;
  readonly signature: Bytes;
}): Promise<boolean> {
  try {
    const key = await verifyingKey(claim.signPublic);
    return await crypto.subtle.verify("Ed25519", key, claim.signature, claim.message);
  } catch {
    return false;
  }
}
