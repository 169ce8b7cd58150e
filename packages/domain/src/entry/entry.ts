import type { AccountId, EntryId, FamilyId, InvitationId, PersonId, RoomId } from "../id.ts";
import type { AgreementEntry } from "../agreement/entry.ts";
import type { Person } from "../family/person.ts";
import type { Custodian } from "../practice/custodian.ts";
import type { TemplateEntry } from "../practice/shared-template.ts";
import type { StaffPerson } from "../practice/staff.ts";
import type { RetentionEntry } from "../retention/entry.ts";
import type { FileEntry } from "./file.ts";

/** How an identity came to be trusted. `introduced` = vouched for by a keeper's signed roster, not yet by this person. */
export type Verification = "invitation" | "in-person" | "introduced";

/** A frame that its author takes away for everyone: what it takes to know the place that it leaves in the order of the room. */
export interface TakenFrame {
  readonly entry: EntryId;
  /** The author's stream, 16 hexadecimal digits. */
  readonly stream: string;
  readonly sequence: number;
  readonly epoch: number;
  /** The epoch of the frame before it in its stream; null when it was the first. */
  readonly previousEpoch: number | null;
  readonly hash: Uint8Array;
}

/**
 * What an entry says. `message`, `reply` and `file` live in any room; `edit` and `deletion` are about an entry of their own author in
 * the same room; `leave-asked` lives wherever its author asks to be taken out, and `person-returned` wherever somebody came back. The
 * others live in a family's team room and are the family's record of itself, or in the practice's room and are the practice's. Later
 * entries win over earlier ones about the same person or invitation.
 */
export type EntryBody =
  | { readonly kind: "message"; readonly text: string }
  /** `to` names an entry of the same room and holds nothing of it: whoever may not see that one learns nothing of it here. */
  | { readonly kind: "reply"; readonly to: EntryId; readonly text: string }
  | { readonly kind: "edit"; readonly target: EntryId; readonly text: string }
  | { readonly kind: "deletion"; readonly target: EntryId; readonly frames: readonly TakenFrame[] }
  | { readonly kind: "family-profile"; readonly family: FamilyId; readonly name: string }
  | { readonly kind: "person"; readonly person: Person }
  | { readonly kind: "person-left"; readonly person: PersonId }
  | {
      readonly kind: "invitation-made";
      readonly invitation: InvitationId;
      readonly person: PersonId;
      readonly secret: Uint8Array;
      readonly inviterIdentity: Uint8Array;
      readonly expiresAt: number;
    }
  | { readonly kind: "invitation-revoked"; readonly invitation: InvitationId }
  | FileEntry
  | {
      readonly kind: "person-joined";
      readonly person: PersonId;
      readonly account: AccountId;
      readonly identity: Uint8Array;
      readonly verified: Verification;
    }
  /** Somebody lost every way in. Their account is shut; `rooms` are those it was in, with the epoch it read each from. */
  | {
      readonly kind: "person-lost";
      readonly person: PersonId;
      readonly account: AccountId;
      readonly rooms: readonly { readonly room: RoomId; readonly epoch: number }[];
    }
  /** In any room, by a keeper: `account` is the person who had `lost`, checked again face to face. */
  | {
      readonly kind: "person-returned";
      readonly lost: AccountId;
      readonly account: AccountId;
      readonly identity: Uint8Array;
    }
  | { readonly kind: "staff"; readonly staff: StaffPerson }
  /** Its author asks to be taken out: of the family, or of the practice in its room. Nobody can take themselves out. */
  | { readonly kind: "leave-asked" }
  | { readonly kind: "family-closed"; readonly closed: boolean }
  /** In the practice's room: from now on it reads in every room of families. One that was there before reads no more. */
  | { readonly kind: "custodian"; readonly custodian: Custodian }
  /** It reads no more, and never again. */
  | { readonly kind: "custodian-ended"; readonly account: AccountId }
  /** How long a family's rooms are kept, and how they are ended. */
  | RetentionEntry
  /** The templates that the practice shares. */
  | TemplateEntry
  /** What a family agrees on, and what is said about it. */
  | AgreementEntry
  /** All of the record has been written again: whoever came in before this entry knows it whole. */
  | { readonly kind: "record-restated" };

export type EntryKind = EntryBody["kind"];

/** The number each kind has in a frame (docs/formats/entry.md). Numbers are never reused. */
export const ENTRY_KIND_NUMBERS: { readonly [Kind in EntryKind]: number } = {
  message: 1,
  "family-profile": 2,
  person: 3,
  "person-left": 4,
  "invitation-made": 5,
  "invitation-revoked": 6,
  "person-joined": 7,
  reply: 8,
  edit: 9,
  deletion: 10,
  file: 16,
  "person-lost": 24,
  "person-returned": 25,
  staff: 28,
  "leave-asked": 29,
  "family-closed": 30,
  "record-restated": 31,
  custodian: 32,
  "custodian-ended": 33,
  "legal-hold": 34,
  "comes-of-age": 35,
  "record-since": 36,
  "retention-rule": 37,
  "disposal-proposed": 38,
  "disposal-confirmed": 39,
  "disposal-withdrawn": 40,
  "rooms-ended": 41,
  "disposal-told": 42,
  "template-piece": 43,
  "template-saved": 44,
  "template-retired": 45,
  "template-told": 46,
  "agreement-piece": 48,
  "agreement-said": 49,
  "agreement-progress": 50,
  "agreement-question": 51,
  "agreement-answer": 52,
  "agreement-note": 53,
  "life-event": 54,
};
