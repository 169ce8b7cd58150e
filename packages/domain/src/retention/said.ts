import type { AccountId } from "../id.ts";

/** Who wrote an entry of a record, when, and whether whoever takes it in knows the record whole already. */
export interface Said {
  readonly by: AccountId;
  /** When the log took it, by the server's word. */
  readonly at: number;
  /** When it was written, by its author's word. */
  readonly writtenAt: number;
  /** False for somebody who came in later and has not been told all of the record yet. */
  readonly isKnownWhole: boolean;
}

/** By neither word earlier: nobody who lies about the time makes a period end sooner. */
export function laterOf({ at, writtenAt }: Said): number {
  return Math.max(at, writtenAt);
}
