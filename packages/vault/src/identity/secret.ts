import { concatBytes, drawBytes, equalBytes, VaultFault } from "../codec/bytes.ts";
import type { Bytes, Random } from "../codec/bytes.ts";
import { makeKemPair } from "../primitives/hpke.ts";
import { signBytes, signPublicOf } from "../primitives/sign.ts";
import { encodeIdentityFields, identityHash, identityMessage, parseIdentityRecord } from "./record.ts";
import type { IdentityFields, IdentityReason } from "./record.ts";

/** One generation of a person's keys. Lives in the vault, with all earlier ones: old events were signed by them, old seeds sealed to them. */
export type IdentitySecret = {
  readonly account: string;
  readonly generation: number;
  /** Ed25519 seed, 32 bytes. */
  readonly signSeed: Bytes;
  /** X-Wing private key, 32 bytes; null once it is destroyed. */
  readonly kemPrivate: Bytes | null;
  /** The public record of this generation, as published. */
  readonly record: Bytes;
};

/** A generation that still opens what is sealed to it. */
export type WholeIdentity = IdentitySecret & { readonly kemPrivate: Bytes };

export type MadeIdentity = { readonly secret: WholeIdentity; readonly record: Bytes };

type Start = Pick<IdentityFields, "account" | "generation" | "previous" | "reason">;
type Keys = { readonly signSeed: Bytes; readonly kemPrivate: Bytes; readonly kemPublic: Bytes };

const makeGeneration = async (
  start: Start,
  previousSeed: Bytes | null,
  random: Random,
): Promise<MadeIdentity> => {
  const signSeed = drawBytes(random, 32);
  return recordKeys(start, previousSeed, { signSeed, ...(await makeKemPair()) });
};

const recordKeys = async (
  start: Start,
  previousSeed: Bytes | null,
  { kemPrivate, kemPublic, signSeed }: Keys,
): Promise<MadeIdentity> => {
  const signPublic = await signPublicOf(signSeed);
  const fields = encodeIdentityFields({ ...start, signPublic, kemPublic });
  const signature = await signBytes({ signSeed, message: identityMessage("new", fields) });
  const previousSignature =
    previousSeed === null
      ? new Uint8Array(0)
      : await signBytes({ signSeed: previousSeed, message: identityMessage("previous", fields) });
  const record = concatBytes(fields, signature, previousSignature);
  const { account, generation } = start;
  return { secret: { account, generation, signSeed, kemPrivate, record }, record };
};

/** A new person's first identity. The X-Wing half takes its randomness from the platform. */
export async function makeIdentity({
  account,
  random,
}: {
  readonly account: string;
  readonly random: Random;
}): Promise<MadeIdentity> {
  return makeGeneration({ account, generation: 0, previous: null, reason: "first" }, null, random);
}

/** The first identity of keys that are given. The same keys give the same record, byte for byte. */
export async function identityOfKeys({
  account,
  keys,
}: {
  readonly account: string;
  readonly keys: Keys;
}): Promise<MadeIdentity> {
  return recordKeys({ account, generation: 0, previous: null, reason: "first" }, null, keys);
}

/** The next generation, signed by the keys of `secret` as well. The caller keeps both, then re-keys every room. */
export async function rotateIdentity(turn: {
  readonly secret: IdentitySecret;
  readonly reason: Exclude<IdentityReason, "first">;
  readonly random: Random;
}): Promise<MadeIdentity> {
  const { account, generation, record, signSeed } = turn.secret;
  const start = { account, generation: generation + 1, previous: identityHash(record), reason: turn.reason };
  return makeGeneration(start, signSeed, turn.random);
}

/** The generation whose record has this hash; null when it is none of mine. */
export function identityFor(mine: readonly IdentitySecret[], hash: Bytes): IdentitySecret | null {
  return mine.find((secret) => equalBytes(identityHash(secret.record), hash)) ?? null;
}

/** True when the secret fits its own record: what a vault that was opened is worth checking for once. */
export async function isConsistentIdentity(secret: IdentitySecret): Promise<boolean> {
  try {
    const record = parseIdentityRecord(secret.record);
    const signPublic = await signPublicOf(secret.signSeed);
    return (
      record.account === secret.account &&
      record.generation === secret.generation &&
      equalBytes(record.signPublic, signPublic)
    );
  } catch (error) {
    if (error instanceof VaultFault) return false;
    throw error;
  }
}
