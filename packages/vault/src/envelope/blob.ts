import { concatBytes, drawBytes, equalBytes, VaultFault } from "../codec/bytes.ts";
import type { Bytes, Random } from "../codec/bytes.ts";
import { ByteWriter, encodeUtf8 } from "../codec/writer.ts";
import { deriveBytes } from "../primitives/derive.ts";
import {
  joinSalted,
  openingFailsOneWay,
  openSalted,
  padTo,
  SALT_BYTES,
  sealSalted,
  splitSalted,
  TAG_BYTES,
  unpad,
} from "../primitives/salted-seal.ts";

const VAULT_LABEL = "fam/vault/1";
const LOCAL_LABEL = "fam/local/1";
const NAME_BYTES_MAX = 200;
const BLOB_STEP_BYTES = 4096;
export const BLOB_BODY_BYTES_MAX = 4 * 1024 * 1024;

/** Which blob of whom, in which version. A blob under another version, name or account does not open (threat T9). */
export type BlobPlace = { readonly account: string; readonly name: string; readonly version: number };

const blobAad = (place: BlobPlace): Bytes =>
  ByteWriter.labelled(VAULT_LABEL)
    .id(place.account)
    .text(place.name, NAME_BYTES_MAX)
    .unsigned(place.version, 8)
    .bytes();

const blobInfo = (name: string): Bytes => ByteWriter.labelled(VAULT_LABEL).text(name, NAME_BYTES_MAX).bytes();

const blobSize = (bodyBytes: number): number =>
  Math.ceil((bodyBytes + 4) / BLOB_STEP_BYTES) * BLOB_STEP_BYTES;

const vaultStart = ByteWriter.labelled(VAULT_LABEL).bytes();
const localStart = ByteWriter.labelled(LOCAL_LABEL).bytes();

/** A vault blob for the server to keep: label, salt, ciphertext padded to steps of 4 KiB. */
export async function sealBlob(sealing: {
  readonly vaultKey: Bytes;
  readonly place: BlobPlace;
  readonly body: Bytes;
  readonly random: Random;
}): Promise<Bytes> {
  if (sealing.vaultKey.length !== 32 || sealing.body.length > BLOB_BODY_BYTES_MAX)
    throw new VaultFault("misuse");
  const salt = drawBytes(sealing.random, SALT_BYTES);
  const body = padTo(sealing.body, blobSize(sealing.body.length));
  const info = blobInfo(sealing.place.name);
  const sealed = await sealSalted({ key: sealing.vaultKey, info, salt, aad: blobAad(sealing.place), body });
  return concatBytes(vaultStart, joinSalted(salt, sealed));
}

/** The body of a vault blob. Throws `unopenable`, whatever the cause. */
export async function openBlob(opening: {
  readonly vaultKey: Bytes;
  readonly place: BlobPlace;
  readonly blob: Bytes;
}): Promise<Bytes> {
  if (opening.vaultKey.length !== 32) throw new VaultFault("misuse");
  const { salt, sealed } = splitSalted(afterStart(vaultStart, opening.blob));
  const tooLong = sealed.length > BLOB_BODY_BYTES_MAX + BLOB_STEP_BYTES + TAG_BYTES;
  if (tooLong || (sealed.length - TAG_BYTES) % BLOB_STEP_BYTES !== 0) throw new VaultFault("unopenable");
  const { vaultKey: key, place } = opening;
  return openingFailsOneWay(async () =>
    unpad(await openSalted({ key, info: blobInfo(place.name), salt, aad: blobAad(place), sealed }), blobSize),
  );
}

/** The key of this device's local store. It follows from the vault key, so a device holds no second secret. */
export async function localKey(vaultKey: Bytes): Promise<Bytes> {
  if (vaultKey.length !== 32) throw new VaultFault("misuse");
  const info = ByteWriter.labelled(LOCAL_LABEL).block8(encodeUtf8("store")).bytes();
  return deriveBytes({ secret: vaultKey, info });
}

const localAad = (name: string): Bytes => ByteWriter.labelled(LOCAL_LABEL).text(name, NAME_BYTES_MAX).bytes();

/** One record of the local store, bound to its name. */
export async function sealLocal(sealing: {
  readonly key: Bytes;
  readonly name: string;
  readonly body: Bytes;
  readonly random: Random;
}): Promise<Bytes> {
  const salt = drawBytes(sealing.random, SALT_BYTES);
  const { key, name, body } = sealing;
  const sealed = await sealSalted({ key, info: localStart, salt, aad: localAad(name), body });
  return concatBytes(localStart, joinSalted(salt, sealed));
}

/** The body of a local record. Throws `unopenable`, whatever the cause. */
export async function openLocal(opening: {
  readonly key: Bytes;
  readonly name: string;
  readonly sealed: Bytes;
}): Promise<Bytes> {
  const { salt, sealed } = splitSalted(afterStart(localStart, opening.sealed));
  return openSalted({ key: opening.key, info: localStart, salt, aad: localAad(opening.name), sealed });
}

const afterStart = (start: Bytes, bytes: Bytes): Bytes => {
  if (!equalBytes(bytes.slice(0, start.length), start)) throw new VaultFault("unopenable");
  return bytes.slice(start.length);
};
