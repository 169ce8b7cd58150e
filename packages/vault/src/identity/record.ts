import { equalBytes, VaultFault } from "../codec/bytes.ts";
import type { Bytes } from "../codec/bytes.ts";
import { ByteReader } from "../codec/reader.ts";
import { ByteWriter } from "../codec/writer.ts";
import { sha256 } from "../primitives/hash.ts";
import { verifySignature } from "../primitives/sign.ts";

/**
 * The public identity of one person, `fam/id/1`: one record per generation, each signed by its own key and by the key
 * before it. So a substituted key (threat T4) needs the person's own earlier key.
 */
export const IDENTITY_LABEL = "fam/id/1";
export const KEM_X_WING = 0x647a;
export const IDENTITY_REASONS = ["first", "rotation", "device-lost"] as const;
export type IdentityReason = (typeof IDENTITY_REASONS)[number];

const RECORD_BYTES_MAX = 1600;

export type IdentityFields = {
  readonly account: string;
  readonly generation: number;
  /** Ed25519 public key, 32 bytes. */
  readonly signPublic: Bytes;
  /** X-Wing public key, 1216 bytes. */
  readonly kemPublic: Bytes;
  /** Hash of the record before; null for the first. */
  readonly previous: Bytes | null;
  readonly reason: IdentityReason;
};

/** A parsed record. `hash` names it everywhere; `bytes` are what was parsed. */
export type IdentityRecord = IdentityFields & {
  readonly signature: Bytes;
  readonly previousSignature: Bytes | null;
  readonly bytes: Bytes;
  readonly hash: Bytes;
};

/**
 * Finds the record with this hash; null when there is none. Whoever provides it answers for the record: its signatures
 * hold and its hash is proven to stand in the key log.
 */
export type IdentityOf = (hash: Bytes) => IdentityRecord | null | Promise<IdentityRecord | null>;

const isFirst = (fields: IdentityFields): boolean =>
  fields.generation === 0 && fields.previous === null && fields.reason === "first";
const isLater = (fields: IdentityFields): boolean =>
  fields.generation > 0 && fields.previous !== null && fields.reason !== "first";

/** The signed part of a record; throws `misuse` for fields that contradict each other. */
export function encodeIdentityFields(fields: IdentityFields): Bytes {
  if (!isFirst(fields) && !isLater(fields)) throw new VaultFault("misuse");
  const writer = ByteWriter.labelled(IDENTITY_LABEL)
    .id(fields.account)
    .unsigned(fields.generation, 4)
    .fixed(fields.signPublic, 32)
    .unsigned(KEM_X_WING, 2)
    .fixed(fields.kemPublic, 1216);
  return writer
    .optional(fields.previous, (hash) => writer.fixed(hash, 32))
    .unsigned(IDENTITY_REASONS.indexOf(fields.reason), 1)
    .bytes();
}

/** What the record's own key (`new`) and the key before it (`previous`) sign. */
export function identityMessage(signer: "new" | "previous", fields: Bytes): Bytes {
  return ByteWriter.labelled(`${IDENTITY_LABEL} ${signer}`).fixed(sha256(fields), 32).bytes();
}

/** Reads a record of exactly this format; throws `malformed`. Says nothing about its signatures: `verifyIdentityRecord` does. */
export function parseIdentityRecord(bytes: Bytes): IdentityRecord {
  const reader = ByteReader.labelled(bytes, IDENTITY_LABEL, RECORD_BYTES_MAX);
  const account = reader.id();
  const generation = reader.unsigned(4);
  const signPublic = reader.fixed(32);
  if (reader.unsigned(2) !== KEM_X_WING) throw new VaultFault("malformed");
  const kemPublic = reader.fixed(1216);
  const previous = reader.optional(() => reader.fixed(32));
  const reason = reader.choice(IDENTITY_REASONS);
  const fields: IdentityFields = { account, generation, signPublic, kemPublic, previous, reason };
  if (!isFirst(fields) && !isLater(fields)) throw new VaultFault("malformed");
  const signature = reader.fixed(64);
  const previousSignature = previous === null ? null : reader.fixed(64);
  reader.end();
  return { ...fields, signature, previousSignature, bytes: new Uint8Array(bytes), hash: identityHash(bytes) };
}

/** The name of a record: SHA-256 of its bytes, which begin with their label. */
export function identityHash(recordBytes: Bytes): Bytes {
  return sha256(recordBytes);
}

/**
 * True when the record is signed by its own key and, after the first generation, follows `previous` by one and is signed
 * by that record's key too. `previous` itself must have been verified before.
 */
export async function verifyIdentityRecord(
  record: IdentityRecord,
  previous: IdentityRecord | null,
): Promise<boolean> {
  const fields = encodeIdentityFields(record);
  const own = {
    signPublic: record.signPublic,
    message: identityMessage("new", fields),
    signature: record.signature,
  };
  if (!(await verifySignature(own))) return false;
  if (record.previous === null) return previous === null;
  if (previous === null || record.previousSignature === null) return false;
  const follows =
    record.account === previous.account &&
    record.generation === previous.generation + 1 &&
    equalBytes(record.previous, previous.hash);
  const message = identityMessage("previous", fields);
  const signature = record.previousSignature;
  return follows && (await verifySignature({ signPublic: previous.signPublic, message, signature }));
}

const SUCCESSOR_STEPS_MAX = 100;

/** True when an unbroken, verified line of records leads from the older hash to the newer one. */
export async function isSuccessor(line: {
  readonly older: Bytes;
  readonly newer: Bytes;
  readonly identityOf: IdentityOf;
}): Promise<boolean> {
  let current = await line.identityOf(line.newer);
  for (let step = 0; step < SUCCESSOR_STEPS_MAX && current !== null; step++) {
    if (equalBytes(current.hash, line.older)) return step > 0;
    if (current.previous === null) return false;
    const previous = await line.identityOf(current.previous);
    if (previous === null || !(await verifyIdentityRecord(current, previous))) return false;
    current = previous;
  }
  return false;
}
