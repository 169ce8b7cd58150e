import type { AccountId, DisposalId, FamilyId, RoomId } from "../id.ts";
import type { Month } from "./month.ts";
import type { HoldReason } from "./record.ts";
import type { RetentionRule } from "./rule.ts";

/** What of a family is to be ended, and why it may be. Ids alone: whoever runs the practice without looking after the family learns no name. */
export interface DisposalList {
  readonly disposal: DisposalId;
  readonly family: FamilyId;
  /** Every room but the team room. */
  readonly rooms: readonly RoomId[];
  /** The team room, when the record itself is to end too. */
  readonly record: RoomId | null;
  /** The rule as it was when this was proposed. */
  readonly rule: RetentionRule;
  /** Since when all of it has been due. */
  readonly dueSince: number;
}

/** Who did something, and when, by the log. */
export interface Act {
  readonly by: AccountId;
  readonly at: number;
}

export interface EndedRoom extends Act {
  readonly room: RoomId;
}

/** Entries about keeping and ending. The first two and `record-since` stand in a family's team room, the others in the practice's room. */
export type RetentionEntry =
  /** Nothing of this family is ended while one is on; null lifts it. */
  | { readonly kind: "legal-hold"; readonly reason: HoldReason | null }
  /** When the youngest in the record comes of age. */
  | { readonly kind: "comes-of-age"; readonly month: Month }
  /** To somebody who came in later: since when what they have just been told has been so. */
  | {
      readonly kind: "record-since";
      readonly closedAt: number | null;
      readonly holdChangedAt: number | null;
      readonly hasMinor: boolean;
    }
  | { readonly kind: "retention-rule"; readonly rule: RetentionRule }
  | { readonly kind: "disposal-proposed"; readonly list: DisposalList }
  | { readonly kind: "disposal-confirmed"; readonly disposal: DisposalId }
  | { readonly kind: "disposal-withdrawn"; readonly disposal: DisposalId }
  /** A part of the certificate: its author has ended these rooms. */
  | { readonly kind: "rooms-ended"; readonly disposal: DisposalId; readonly rooms: readonly RoomId[] }
  /** To somebody who came in later: a disposal as it stands. */
  | {
      readonly kind: "disposal-told";
      readonly list: DisposalList;
      readonly proposed: Act;
      readonly confirmed: Act | null;
      readonly ended: readonly EndedRoom[];
    };
