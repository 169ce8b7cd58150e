import type { PersonId } from "../id.ts";

/**
 * What a professional is in the practice. A therapist looks after families; a privacy officer looks after how the practice keeps what it is
 * told, and sees no family's room; staff is everybody else.
 */
export const STAFF_ROLES = ["therapist", "privacy-officer", "staff"] as const;
export type StaffRole = (typeof STAFF_ROLES)[number];

export interface StaffPerson {
  readonly person: PersonId;
  readonly name: string;
  readonly role: StaffRole;
}

/** Who says who works here: therapists and privacy officers invite, and end what a leaver leaves behind. */
export function mayRunPractice(role: StaffRole): boolean {
  return role !== "staff";
}
