import { AEAD_AES_256_GCM, CipherSuite, KDF_HKDF_SHA512, KEM_MLKEM768_X25519 } from "hpke";
import { VaultFault } from "../codec/bytes.ts";
import type { Bytes } from "../codec/bytes.ts";

/**
 * HPKE base mode (RFC 9180) with X-Wing (ML-KEM-768 and X25519, KEM 0x647a), HKDF-SHA512 and AES-256-GCM.
 *
 * The native back end is used where WebCrypto has ML-KEM-768, else the one in JavaScript, loaded only then. Both read the
 * same 32-byte private key. Key pairs are generated and serialised, never derived: DeriveKeyPair of the native back end
 * needs SHAKE from WebCrypto, which browsers lack.
 */
export type HpkeBackEnd = "native" | "portable";

export const KEM_ENCAPSULATED_BYTES = 1120;
export const KEM_PUBLIC_BYTES = 1216;
export const KEM_PRIVATE_BYTES = 32;

type SupportsQuery = { readonly supports?: (operation: string, algorithm: string) => boolean };

/** Which back end this runtime takes. */
export function hpkeBackEnd(): HpkeBackEnd {
  // `supports` is newer than the compiler's library; Node 20 and older browsers do not have it.
  const constructor = (globalThis as { SubtleCrypto?: SupportsQuery }).SubtleCrypto;
  const native =
    constructor?.supports?.("encapsulateBits", "ML-KEM-768") === true &&
    constructor.supports("decapsulateBits", "ML-KEM-768") &&
    constructor.supports("generateKey", "X25519");
  return native ? "native" : "portable";
}

const makeSuite = async (backEnd: HpkeBackEnd): Promise<CipherSuite> => {
  if (backEnd === "native") return new CipherSuite(KEM_MLKEM768_X25519, KDF_HKDF_SHA512, AEAD_AES_256_GCM);
  const portable = await import("@panva/hpke-noble");
  return new CipherSuite(portable.KEM_MLKEM768_X25519, KDF_HKDF_SHA512, AEAD_AES_256_GCM);
};

const suites = new Map<HpkeBackEnd, Promise<CipherSuite>>();

const suiteOf = (backEnd: HpkeBackEnd): Promise<CipherSuite> => {
  const known = suites.get(backEnd);
  if (known !== undefined) return known;
  const made = makeSuite(backEnd);
  suites.set(backEnd, made);
  // A failed lazy load must not be remembered: the next call may find the network back.
  made.catch(() => suites.delete(backEnd));
  return made;
};

/** A fresh X-Wing key pair: the 32-byte private key for the vault and the 1216-byte public key for the record. */
export async function makeKemPair(
  backEnd: HpkeBackEnd = hpkeBackEnd(),
): Promise<{ readonly kemPrivate: Bytes; readonly kemPublic: Bytes }> {
  const suite = await suiteOf(backEnd);
  const pair = await suite.GenerateKeyPair(true);
  return {
    kemPrivate: new Uint8Array(await suite.SerializePrivateKey(pair.privateKey)),
    kemPublic: new Uint8Array(await suite.SerializePublicKey(pair.publicKey)),
  };
}

/** The public half of a 32-byte private key, which is the seed of X-Wing's own key generation. In JavaScript, loaded only then. */
export async function kemPublicOf(kemPrivate: Bytes): Promise<Bytes> {
  if (kemPrivate.length !== KEM_PRIVATE_BYTES) throw new VaultFault("misuse");
  const { XWing } = await import("@noble/post-quantum/hybrid.js");
  return new Uint8Array(XWing.keygen(kemPrivate).publicKey);
}

/** Seals to one public key: the encapsulated secret, then the ciphertext. Throws `misuse` for a key that is none. */
export async function sealToKey(
  sealing: { readonly kemPublic: Bytes; readonly info: Bytes; readonly aad: Bytes; readonly body: Bytes },
  backEnd: HpkeBackEnd = hpkeBackEnd(),
): Promise<Bytes> {
  const suite = await suiteOf(backEnd);
  const { kemPublic, info, aad, body } = sealing;
  try {
    const key = await suite.DeserializePublicKey(kemPublic);
    const { encapsulatedSecret, ciphertext } = await suite.Seal(key, body, { info, aad });
    const sealed = new Uint8Array(encapsulatedSecret.length + ciphertext.length);
    sealed.set(encapsulatedSecret);
    sealed.set(ciphertext, encapsulatedSecret.length);
    return sealed;
  } catch {
    throw new VaultFault("misuse");
  }
}

/** Opens what `sealToKey` sealed; throws `unopenable`, whatever the cause. */
export async function openWithKey(
  opening: { readonly kemPrivate: Bytes; readonly info: Bytes; readonly aad: Bytes; readonly sealed: Bytes },
  backEnd: HpkeBackEnd = hpkeBackEnd(),
): Promise<Bytes> {
  const suite = await suiteOf(backEnd);
  const { kemPrivate, info, aad, sealed } = opening;
  try {
    const key = await suite.DeserializePrivateKey(kemPrivate, false);
    const enc = sealed.slice(0, KEM_ENCAPSULATED_BYTES);
    return new Uint8Array(await suite.Open(key, enc, sealed.slice(KEM_ENCAPSULATED_BYTES), { info, aad }));
  } catch {
    throw new VaultFault("unopenable");
  }
}
