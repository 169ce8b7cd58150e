import { VaultFault } from "../codec/bytes.ts";
import type { Bytes } from "../codec/bytes.ts";
import { idFromBytes } from "../codec/text.ts";
import { ByteWriter, encodeUtf8 } from "../codec/writer.ts";
import { identityOfKeys } from "../identity/secret.ts";
import type { WholeIdentity } from "../identity/secret.ts";
import { deriveBytes } from "../primitives/derive.ts";
import { sha256 } from "../primitives/hash.ts";
import { kemPublicOf } from "../primitives/hpke.ts";

/**
 * The custodian's key, `fam/custodian/1`: 32 random bytes from which everything else follows, its account id and public record included.
 * So whoever has three of the five sheets needs nothing else to have kept.
 */
const LABEL = "fam/custodian/1";
export const CUSTODIAN_KEY_BYTES = 32;
export const CUSTODIAN_TAG_BYTES = 16;

const derive = (key: Bytes, purpose: string, count: number): Promise<Bytes> => {
  const info = ByteWriter.labelled(LABEL).block8(encodeUtf8(purpose)).bytes();
  return deriveBytes({ secret: key, info, count });
};

/** A random id in form (RFC 9562 version 4), though it follows from the key. */
const accountFrom = (bytes: Bytes): string => {
  const stamped = new Uint8Array(bytes);
  stamped[6] = ((stamped[6] ?? 0) & 0x0f) | 0x40;
  stamped[8] = ((stamped[8] ?? 0) & 0x3f) | 0x80;
  return idFromBytes(stamped);
};

/** The custodian's identity. The same key gives the same, byte for byte. Throws `misuse` for a key of another length. */
export async function custodianIdentity(key: Bytes): Promise<WholeIdentity> {
  if (key.length !== CUSTODIAN_KEY_BYTES) throw new VaultFault("misuse");
  const [account, signSeed, kemPrivate] = await Promise.all([
    derive(key, "account", 16),
    derive(key, "sign", 32),
    derive(key, "kem", 32),
  ]);
  const keys = { signSeed, kemPrivate, kemPublic: await kemPublicOf(kemPrivate) };
  return (await identityOfKeys({ account: accountFrom(account), keys })).secret;
}

/** What names the key on every sheet and shows that shares gave it back: too few, or of two keys, give another one silently. */
export function custodianTag(key: Bytes): Bytes {
  return sha256(ByteWriter.labelled(`${LABEL} key`).fixed(key, CUSTODIAN_KEY_BYTES).bytes()).slice(
    0,
    CUSTODIAN_TAG_BYTES,
  );
}
