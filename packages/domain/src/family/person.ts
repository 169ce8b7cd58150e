import type { FamilyId, PersonId } from "../id.ts";

/** What someone is in the family. `guardian` is one who decides for a minor without being in treatment; `collateral` attends to help. */
export const FAMILY_ROLES = ["adult", "teen", "child", "guardian", "collateral"] as const;
export type FamilyRole = (typeof FAMILY_ROLES)[number];

export const RELATION_KINDS = ["partner-of", "guardian-of", "sibling-of"] as const;
export type RelationKind = (typeof RELATION_KINDS)[number];

/** `from` (the person that holds it) stands in `kind` to `to`. `partner-of` and `sibling-of` hold both ways. */
export interface Relation {
  readonly kind: RelationKind;
  readonly to: PersonId;
}

export const CONTACT_CHANNELS = ["email", "phone", "in-person"] as const;
export type ContactChannel = (typeof CONTACT_CHANNELS)[number];

/** How this person may be reached without harm. `note` holds what to avoid ("no voicemail", "not after six"). */
export interface SafeContact {
  readonly channel: ContactChannel;
  readonly address: string;
  readonly note: string;
}

export interface Person {
  readonly person: PersonId;
  readonly name: string;
  readonly role: FamilyRole;
  /** Whether this person is part of the treatment; only those are in the family room. */
  readonly inTreatment: boolean;
  readonly relations: readonly Relation[];
  readonly safeContact: SafeContact | null;
}

export interface Family {
  readonly family: FamilyId;
  readonly name: string;
  readonly people: readonly Person[];
}

/** Adults, teens and children are in treatment unless the therapist says otherwise; guardians and collaterals are not (domain R-20, glossary). */
export function isUsuallyInTreatment(role: FamilyRole): boolean {
  switch (role) {
    case "adult":
    case "teen":
    case "child":
      return true;
    case "guardian":
    case "collateral":
      return false;
  }
}

/** True for the roles that stand for someone under age in this family. */
export function isMinorRole(role: FamilyRole): boolean {
  return role === "teen" || role === "child";
}
