import type { AccountId } from "../id.ts";

/**
 * The practice's continuity: a reader of every room of families, whose key stands on five printed sheets. `name` is what the rooms call it.
 */
export interface Custodian {
  readonly account: AccountId;
  readonly identity: Uint8Array;
  readonly name: string;
}

/** A custodian of the practice's record. One that is brought in ends those before it; what has ended never comes back. */
export type RecordedCustodian = Custodian & { readonly ended: boolean };

/** The one that reads now; null when there is none. */
export function currentCustodian(
  recorded: ReadonlyMap<AccountId, RecordedCustodian>,
): RecordedCustodian | null {
  return [...recorded.values()].find(({ ended }) => !ended) ?? null;
}
