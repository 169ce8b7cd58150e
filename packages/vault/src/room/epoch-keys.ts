import { concatBytes, drawBytes, VaultFault } from "../codec/bytes.ts";
import type { Bytes, Random } from "../codec/bytes.ts";
import { ByteWriter, encodeUtf8 } from "../codec/writer.ts";
import { authenticate, deriveBytes, isAuthentic } from "../primitives/derive.ts";
import {
  joinSalted,
  openSalted,
  padTo,
  SALT_BYTES,
  sealSalted,
  splitSalted,
  unpad,
} from "../primitives/salted-seal.ts";
import { ROOM_LABEL } from "./event.ts";

/** The secrets of one epoch. Whoever holds them reads what was said in it; they say nothing of any other epoch. */
export type EpochKeys = {
  readonly room: string;
  readonly epoch: number;
  /** Hash of the event that made the epoch. */
  readonly head: Bytes;
  /** Seals content frames. */
  readonly content: Bytes;
  /** Seals the room card. */
  readonly card: Bytes;
  /** Seals the names of files. */
  readonly file: Bytes;
};

export type DerivedKeys = Pick<EpochKeys, "content" | "card" | "file"> & { readonly confirm: Bytes };

const labelled = (purpose: string): Bytes => ByteWriter.labelled(`${ROOM_LABEL} ${purpose}`).bytes();

/** All keys of an epoch: HKDF of the seed, salted with the header's hash, so that one seed never serves two events. */
export async function deriveEpochKeys(seed: Bytes, headerHash: Bytes): Promise<DerivedKeys> {
  const derive = (purpose: string): Promise<Bytes> =>
    deriveBytes({ secret: seed, salt: headerHash, info: labelled(purpose) });
  const [content, confirm, card, file] = await Promise.all([
    derive("content"),
    derive("confirm"),
    derive("card"),
    derive("file"),
  ]);
  return { content, confirm, card, file };
}

const confirmMessage = (headerHash: Bytes): Bytes => concatBytes(labelled("confirmation"), headerHash);

/** The MAC that shows every receiver that all were given one seed (threat T19). */
export async function confirmEpoch(confirm: Bytes, headerHash: Bytes): Promise<Bytes> {
  return authenticate({ key: confirm, message: confirmMessage(headerHash) });
}

/** True when the MAC is of this seed and header. */
export async function isConfirmed(claim: {
  readonly confirm: Bytes;
  readonly headerHash: Bytes;
  readonly code: Bytes;
}): Promise<boolean> {
  return isAuthentic({ key: claim.confirm, message: confirmMessage(claim.headerHash), code: claim.code });
}

/** The HPKE `info` of a sealed seed. */
export function seedInfo(headerHash: Bytes): Bytes {
  return concatBytes(ByteWriter.labelled(ROOM_LABEL).block8(encodeUtf8("seed")).bytes(), headerHash);
}

const CARD_BYTES_MAX = 64 * 1024 - 4;

/** The smallest power of two from 512 up: card sizes say little about the card. */
const cardSize = (cardBytes: number): number => 2 ** Math.max(9, Math.ceil(Math.log2(cardBytes + 4)));

/** The card under the epoch, padded. Throws `misuse` for a card beyond its limit. */
export async function sealCard(sealing: {
  readonly key: Bytes;
  readonly headerHash: Bytes;
  readonly card: Bytes;
  readonly random: Random;
}): Promise<Bytes> {
  if (sealing.card.length > CARD_BYTES_MAX) throw new VaultFault("misuse");
  const salt = drawBytes(sealing.random, SALT_BYTES);
  const body = padTo(sealing.card, cardSize(sealing.card.length));
  const { key, headerHash: aad } = sealing;
  return joinSalted(salt, await sealSalted({ key, info: labelled("sealed card"), salt, aad, body }));
}

/** The card's bytes. Throws `unopenable`; `malformed` for padding that is not ours. */
export async function openCard(opening: {
  readonly key: Bytes;
  readonly headerHash: Bytes;
  readonly sealed: Bytes;
}): Promise<Bytes> {
  const { salt, sealed } = splitSalted(opening.sealed);
  const { key, headerHash: aad } = opening;
  return unpad(await openSalted({ key, info: labelled("sealed card"), salt, aad, sealed }), cardSize);
}
