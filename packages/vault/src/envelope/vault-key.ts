import { drawBytes, VaultFault } from "../codec/bytes.ts";
import type { Bytes, Random } from "../codec/bytes.ts";
import { ByteWriter, encodeUtf8 } from "../codec/writer.ts";
import { deriveBytes } from "../primitives/derive.ts";
import { sha256 } from "../primitives/hash.ts";
import { joinSalted, openSalted, SALT_BYTES, sealSalted, splitSalted } from "../primitives/salted-seal.ts";

/** The input that every passkey's PRF is asked for: one per application, so that any passkey opens on any device. */
export const VAULT_PRF_SALT: Bytes = sha256(encodeUtf8("fam-vault-v1"));

const WRAP_LABEL = "fam/wrap/1";
const KEK_LABEL = "fam/kek/1";
const WRAP_KINDS = ["passkey", "passphrase", "recovery"] as const;
export type WrapKind = (typeof WRAP_KINDS)[number];

/** Where a wrap belongs. All of it is bound to the wrap, so a wrap moved elsewhere does not open. */
export type WrapPlace = {
  readonly account: string;
  readonly kind: WrapKind;
  readonly factor: string;
  /** Counts the vault keys of this account, from 0. */
  readonly generation: number;
};

/** A new vault key: 32 random bytes, wrapped once per factor. */
export function makeVaultKey(random: Random): Bytes {
  return drawBytes(random, 32);
}

/** The key that a passkey's PRF output (32 bytes) gives for one credential. */
export async function kekFromPrf({
  prf,
  credentialId,
}: {
  readonly prf: Bytes;
  readonly credentialId: Bytes;
}): Promise<Bytes> {
  if (prf.length !== 32) throw new VaultFault("misuse");
  const info = ByteWriter.labelled(KEK_LABEL).block8(encodeUtf8("passkey")).block16(credentialId).bytes();
  return deriveBytes({ secret: prf, info });
}

/** The key that an OPAQUE export key (64 bytes) gives for one passphrase factor. */
export async function kekFromOpaque({
  exportKey,
  factor,
}: {
  readonly exportKey: Bytes;
  readonly factor: string;
}): Promise<Bytes> {
  if (exportKey.length !== 64) throw new VaultFault("misuse");
  const info = ByteWriter.labelled(KEK_LABEL).block8(encodeUtf8("passphrase")).id(factor).bytes();
  return deriveBytes({ secret: exportKey, info });
}

const wrapContext = (place: WrapPlace): Bytes => {
  if (!WRAP_KINDS.includes(place.kind)) throw new VaultFault("misuse");
  return ByteWriter.labelled(WRAP_LABEL)
    .id(place.account)
    .block8(encodeUtf8(place.kind))
    .id(place.factor)
    .unsigned(place.generation, 4)
    .bytes();
};

const wrapInfo = ByteWriter.labelled(WRAP_LABEL).bytes();

/** The vault key under one factor's key: label, salt, ciphertext. */
export async function wrapVaultKey(wrapping: {
  readonly kek: Bytes;
  readonly vaultKey: Bytes;
  readonly place: WrapPlace;
  readonly random: Random;
}): Promise<Bytes> {
  if (wrapping.kek.length !== 32 || wrapping.vaultKey.length !== 32) throw new VaultFault("misuse");
  const salt = drawBytes(wrapping.random, SALT_BYTES);
  const aad = wrapContext(wrapping.place);
  const sealed = await sealSalted({ key: wrapping.kek, info: wrapInfo, salt, aad, body: wrapping.vaultKey });
  return new Uint8Array([...wrapInfo, ...joinSalted(salt, sealed)]);
}

/** The vault key inside a wrap. Throws `unopenable`: wrong factor, other place and damage look alike. */
export async function openWrap(opening: {
  readonly kek: Bytes;
  readonly wrap: Bytes;
  readonly place: WrapPlace;
}): Promise<Bytes> {
  if (opening.kek.length !== 32) throw new VaultFault("misuse");
  const isWrap =
    opening.wrap.length === wrapInfo.length + 64 && wrapInfo.every((byte, at) => opening.wrap[at] === byte);
  if (!isWrap) throw new VaultFault("unopenable");
  const { salt, sealed } = splitSalted(opening.wrap.slice(wrapInfo.length));
  return openSalted({ key: opening.kek, info: wrapInfo, salt, aad: wrapContext(opening.place), sealed });
}
