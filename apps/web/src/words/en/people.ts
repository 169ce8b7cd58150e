import type { PracticeView, Reader } from "@sotto/client";
import type { ContactChannel, FamilyRole, RelationKind, StaffRole } from "@sotto/domain";

export const roles: Readonly<Record<FamilyRole, string>> = {
  adult: "Adult",
  teen: "Teenager",
  child: "Child",
  guardian: "Guardian",
  collateral: "Someone who helps",
};

/** What each role means for who may know, said where it is chosen. */
export const roleHints: Readonly<Record<FamilyRole, string>> = {
  adult: "Has a private room with you.",
  teen: "Has a private room with you. No other adult sees that it is there.",
  child: "Has a private room with you.",
  guardian: "Cares for a child. Reads nothing of the child's private room.",
  collateral: "A teacher, a grandparent. Has a private room with you, and no other until you open one.",
};

export const staffRoles: Readonly<Record<StaffRole, string>> = {
  therapist: "Therapist",
  "privacy-officer": "Privacy officer",
  staff: "Other staff",
};

/** What each role means for who may know, said where it is chosen. */
export const staffRoleHints: Readonly<Record<PracticeView["myRole"], string>> = {
  therapist: "Looks after families. Sees a family only when it is their own, or when you add them to it.",
  "privacy-officer": "Looks after how the practice keeps what it is told. Sees no family's rooms.",
  staff: "Sees the practice's own room, and no family's rooms.",
};

export const relations: Readonly<Record<RelationKind, string>> = {
  "partner-of": "Partner of",
  "guardian-of": "Guardian of",
  "sibling-of": "Brother or sister of",
};

export const channels: Readonly<Record<ContactChannel, string>> = {
  email: "Email",
  phone: "Phone",
  "in-person": "In person only",
};

export const verifications: Readonly<Record<Reader["verified"], string>> = {
  unknown: "Not checked by anybody you know",
  introduced: "Let in by your therapist",
  invitation: "Checked by the invitation code",
  "in-person": "Checked in person",
};
