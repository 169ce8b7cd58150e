import type { FamilyRole, RelationKind } from "@sotto/domain";
import type { StoryFile } from "../files/story-file.ts";

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
export type FamilyStoryRoom =
  | "family"
  | "couple"
  | "guardians"
  | "siblings"
  | "team"
  | { readonly privateOf: Key };
export type StoryRoom = FamilyStoryRoom | "practice";

/** What somebody did in a room; the pair is what it mostly is, something said. `to` and `of` are words that were said there before. */
export type Line =
  | readonly [speaker: Key, text: string]
  | { readonly kind: "answer"; readonly by: Key; readonly to: string; readonly text: string }
  | { readonly kind: "change"; readonly by: Key; readonly of: string; readonly text: string }
  | { readonly kind: "delete"; readonly by: Key; readonly of: string }
  | { readonly kind: "send"; readonly by: Key; readonly file: StoryFile };

interface Moment {
  /** Days before the day on which the story is played. */
  readonly daysAgo: number;
  /** Minutes after midnight. */
  readonly at: number;
}

/** What was said in one room, one line after the other. */
export interface Scene<Room extends StoryRoom = FamilyStoryRoom> extends Moment {
  readonly room: Room;
  readonly lines: readonly Line[];
}

/** A second therapist joins: the team room and the family room, and `reads` besides. */
export interface StoryColleague extends Moment {
  readonly key: Key;
  readonly reads: readonly FamilyStoryRoom[];
  /** Rooms of which they are given what was said before. */
  readonly past: readonly FamilyStoryRoom[];
}

export interface StoryFamily {
  readonly key: Key;
  readonly name: string;
  /** The therapist who brings them in. */
  readonly therapist: Key;
  readonly people: readonly StoryPerson[];
  readonly colleagues?: readonly StoryColleague[];
  readonly scenes: readonly Scene[];
}

/** Who did this. */
export function actorOf(line: Line): Key {
  return "by" in line ? line.by : line[0];
}

/** Minutes after midnight. */
export function clock(hours: number, minutes = 0): number {
  return hours * 60 + minutes;
}
