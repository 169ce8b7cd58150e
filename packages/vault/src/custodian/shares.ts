import { combine, split } from "shamir-secret-sharing";
import { equalBytes, VaultFault, wipe } from "../codec/bytes.ts";
import type { Bytes } from "../codec/bytes.ts";
import { CUSTODIAN_KEY_BYTES, custodianTag } from "./key.ts";

/** The key is on five sheets, and any three of them give it back. */
export const CUSTODIAN_SHARES = 5;
export const CUSTODIAN_SHARES_NEEDED = 3;
export const SHARE_BYTES = CUSTODIAN_KEY_BYTES + 1;

/** What stands on one sheet. */
export type CustodianShare = {
  /** Names the key that it is of, and says nothing about it. */
  readonly tag: Bytes;
  /** Which of the sheets this is, from 1. */
  readonly number: number;
  /** One value of the polynomial per byte of the key, and the place that they are of. */
  readonly share: Bytes;
};

export type JoinedShares =
  | { readonly kind: "key"; readonly key: Bytes }
  | { readonly kind: "refused"; readonly problem: "too-few" | "of-two-keys" | "damaged" };

/** The five sheets of a key. The randomness is the platform's. */
export async function splitCustodianKey(key: Bytes): Promise<readonly CustodianShare[]> {
  if (key.length !== CUSTODIAN_KEY_BYTES) throw new VaultFault("misuse");
  const shares = await split(key, CUSTODIAN_SHARES, CUSTODIAN_SHARES_NEEDED);
  const tag = custodianTag(key);
  return shares.map((share, index) => ({ tag, number: index + 1, share: new Uint8Array(share) }));
}

/** The key from at least three different sheets of it. The same sheet twice counts once. */
export async function joinCustodianShares(shares: readonly CustodianShare[]): Promise<JoinedShares> {
  const [first] = shares;
  if (shares.some(({ share }) => share.length !== SHARE_BYTES))
    return { kind: "refused", problem: "damaged" };
  if (first !== undefined && shares.some(({ tag }) => !equalBytes(tag, first.tag)))
    return { kind: "refused", problem: "of-two-keys" };
  const different = shares.filter(
    ({ share }, index) => shares.findIndex((other) => equalBytes(other.share, share)) === index,
  );
  if (first === undefined || different.length < CUSTODIAN_SHARES_NEEDED)
    return { kind: "refused", problem: "too-few" };
  if (new Set(different.map(({ share }) => share.at(-1))).size < different.length)
    return { kind: "refused", problem: "damaged" };
  const joined = await combine(different.map(({ share }) => share.slice()));
  const key = new Uint8Array(joined);
  wipe(joined);
  if (equalBytes(custodianTag(key), first.tag)) return { kind: "key", key };
  wipe(key);
  return { kind: "refused", problem: "damaged" };
}
