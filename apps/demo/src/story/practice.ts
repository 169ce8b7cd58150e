import { nowak } from "./nowak.ts";
import { okafor } from "./okafor.ts";
import { erikAndJoanna, priyaAndJonas } from "./pairs.ts";
import { rivera } from "./rivera.ts";
import type { Key, StoryFamily } from "./story.ts";

/** Somebody who works at the practice. */
export interface StoryStaff {
  readonly key: Key;
  readonly name: string;
  readonly role: "therapist" | "privacy-officer";
}

/** The whole story: who works there, and whom they see. Nobody in it exists. */
export const practice = {
  name: "Lindenhof",
  founder: { key: "ada", name: "Dr. Ada Lee", role: "therapist" } satisfies StoryStaff,
  colleagues: [
    { key: "sam", name: "Sam Ortiz", role: "therapist" },
    { key: "noor", name: "Noor Haddad", role: "privacy-officer" },
  ] satisfies readonly StoryStaff[],
  families: [rivera, okafor, nowak, priyaAndJonas, erikAndJoanna] satisfies readonly StoryFamily[],
} as const;
