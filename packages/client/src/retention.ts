import type {
  DisposalId,
  FamilyId,
  HoldReason,
  KeptRecord,
  Month,
  RetentionRule,
  RoomId,
  RoomKind,
  Standing,
  SubgroupKind,
} from "@sotto/domain";
import type { Done } from "./client.ts";

/** How long a practice keeps a family's rooms, and how they are ended. */
export interface RetentionActions {
  /** The practice's rule, by somebody who runs it. `rule-unusable` when its periods contradict each other. */
  setRetentionRule(rule: RetentionRule): Promise<Done>;
  /** While a hold is on, nothing of the family is ended; what was proposed is withdrawn. Null lifts it. */
  setHold(wish: { readonly family: FamilyId; readonly reason: HoldReason | null }): Promise<Done>;
  /** When the youngest of the record comes of age. */
  setComesOfAge(wish: { readonly family: FamilyId; readonly month: Month }): Promise<Done>;
  /**
   * A therapist of the family proposes that its rooms be ended: those with the family, and with `withRecord` the professionals' own too.
   * `in-the-way` while anything is, `proposed-already` while another proposal stands.
   */
  proposeDisposal(wish: {
    readonly family: FamilyId;
    readonly withRecord: boolean;
  }): Promise<Done<DisposalId>>;
  /**
   * Another person who runs the practice agrees. From then on the devices of those who look after the family end its rooms. `needs-another` for whoever
   * proposed it; alone in a practice, they may after a week (`too-early` until then).
   */
  confirmDisposal(wish: { readonly disposal: DisposalId }): Promise<Done>;
  /** By anybody who runs the practice, as long as not everything has ended. What has ended stays ended. */
  withdrawDisposal(wish: { readonly disposal: DisposalId }): Promise<Done>;
}

/** What this person may do next about a disposal. */
export type DisposalStep =
  | { readonly kind: "may-confirm" }
  | { readonly kind: "needs-another" }
  | { readonly kind: "may-confirm-from"; readonly at: number }
  | { readonly kind: "under-way" }
  | { readonly kind: "withdrawn" }
  | { readonly kind: "over" };

/** Somebody of the practice who did something, and when. */
export interface ActView {
  readonly name: string;
  readonly at: number;
}

/** A family's rooms on their way to their end, or what is left to say of them. */
export interface DisposalView {
  readonly disposal: DisposalId;
  readonly family: FamilyId;
  /** Null for whoever does not look after the family. */
  readonly familyName: string | null;
  readonly rooms: number;
  readonly withRecord: boolean;
  readonly rule: RetentionRule;
  readonly dueSince: number;
  readonly proposed: ActView & { readonly isMe: boolean };
  readonly confirmed: ActView | null;
  readonly step: DisposalStep;
  /** Which have ended, by whom. */
  readonly ended: readonly (ActView & { readonly room: RoomId })[];
}

/** A room that would be ended, and whose words would be gone. */
export interface RoomToEnd {
  readonly room: RoomId;
  readonly kind: RoomKind;
  readonly subgroup: SubgroupKind | null;
  readonly title: string;
  readonly names: readonly string[];
  /** A colleague keeps it without this person. */
  readonly isElsewhere: boolean;
}

/** A family as the practice's rule sees it, for whoever looks after it. */
export interface FamilyRetentionView {
  readonly rule: RetentionRule | null;
  readonly kept: KeptRecord;
  readonly family: Standing;
  readonly record: Standing;
  /** Something that was written in the record is not there: nothing is ended by a record with a hole. */
  readonly isIncomplete: boolean;
  readonly toEnd: readonly RoomToEnd[];
  /** What is on its way; null when nothing is. */
  readonly disposal: DisposalView | null;
  /** The rooms of this family that have ended: it is not opened again. */
  readonly hasEnded: boolean;
}

/** One family of this person's, as far as it is about keeping. */
export interface DueLine {
  readonly family: FamilyId;
  readonly name: string;
  readonly standing: Standing;
  readonly closedAt: number | null;
}

export interface PracticeRetentionView {
  readonly rule: RetentionRule | null;
  /** Those of this person's families that are closed, the one that is due first at the beginning. */
  readonly due: readonly DueLine[];
  /** Waiting to be confirmed or carried out. */
  readonly open: readonly DisposalView[];
  /** What was ended, newest first: the certificates. */
  readonly ended: readonly DisposalView[];
  /** A room has ended since the practice's continuity was brought in: its sheets still open copies that were made before. */
  readonly endedSinceSheets: boolean;
}
