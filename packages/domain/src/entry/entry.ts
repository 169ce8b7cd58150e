import type { AccountId, FamilyId, InvitationId, PersonId, RoomId } from "../id.ts";
import type { Person } from "../family/person.ts";
import type { StaffPerson } from "../practice/staff.ts";

/** How an identity came to be trusted. `introduced` = vouched for by a keeper's signed roster, not yet by this person. */
export type Verification = "invitation" | "in-person" | "introduced";

/**
 * What an entry says. `message` lives in any room; the others live in a family's team room and are the family's record of itself, or in
 * the practice's room and are the practice's; `leave-asked` lives wherever its author asks to be taken out, and `person-returned` wherever somebody came back. Later entries win over earlier ones about the same person or invitation.
 */
export type EntryBody =
  | { readonly kind: "message"; readonly text: string }
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
  "person-lost": 24,
  "person-returned": 25,
  staff: 28,
  "leave-asked": 29,
  "family-closed": 30,
  "record-restated": 31,
};
