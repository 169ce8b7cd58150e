import type { FamilyRole, RelationKind } from "@sotto/domain";

/** The name by which the story knows somebody; an id of the software is made when the story is played. */
export type Key = string;

export interface StoryPerson {
  readonly key: Key;
  readonly name: string;
  readonly role: FamilyRole;
  /** Left out for what is usual for the role. */
  readonly inTreatment?: boolean;
  readonly relations?: readonly { readonly kind: RelationKind; readonly to: Key }[];
}

/** Whose private room, or which room of the family. */
export type StoryRoom = "family" | "couple" | "guardians" | "siblings" | "team" | { readonly privateOf: Key };

/** What was said in one room, one line after the other. */
export interface Scene {
  /** Days before the day on which the story is played. */
  readonly daysAgo: number;
  /** Minutes after midnight. */
  readonly at: number;
  readonly room: StoryRoom;
  readonly lines: readonly (readonly [speaker: Key, text: string])[];
}

export interface StoryFamily {
  readonly key: Key;
  readonly name: string;
  /** Who works with them: the first one brings them in, the others join. */
  readonly therapists: readonly [Key, ...Key[]];
  readonly people: readonly StoryPerson[];
  readonly scenes: readonly Scene[];
}

/** Minutes after midnight. */
export function clock(hours: number, minutes = 0): number {
  return hours * 60 + minutes;
}
