import type { StaffRole } from "@sotto/domain";
import { nowak } from "./nowak.ts";
import { okafor } from "./okafor.ts";
import { erikAndJoanna, priyaAndJonas } from "./pairs.ts";
import { rivera } from "./rivera.ts";
import { clock, type Key, type Scene, type StoryFamily } from "./story.ts";

/** Somebody who works at the practice. */
export interface StoryStaff {
  readonly key: Key;
  readonly name: string;
  readonly role: StaffRole;
}

interface Story {
  readonly name: string;
  readonly founder: StoryStaff;
  readonly colleagues: readonly StoryStaff[];
  readonly families: readonly StoryFamily[];
  readonly scenes: readonly Scene<"practice">[];
}

/** The whole story: who works there, and whom they see. Nobody in it exists. */
export const practice: Story = {
  name: "Lindenhof",
  founder: { key: "ada", name: "Dr. Ada Lee", role: "therapist" },
  colleagues: [
    { key: "sam", name: "Sam Ortiz", role: "therapist" },
    { key: "noor", name: "Noor Haddad", role: "privacy-officer" },
  ],
  families: [rivera, okafor, nowak, priyaAndJonas, erikAndJoanna],
  scenes: [
    {
      daysAgo: 21,
      at: clock(8, 20),
      room: "practice",
      lines: [
        [
          "noor",
          "Good morning. A rule for this room: no names of families, no first names, no 'the ones with the dog'. I look after how we keep things, and do not need to know whose they are.",
        ],
        ["sam", "Understood. Where do I ask about a family, then?"],
        {
          kind: "answer",
          by: "ada",
          to: "Understood. Where do I ask about a family, then?",
          text: "In that family's team room. Noor is not in it, and will not be.",
        },
      ],
    },
    {
      daysAgo: 8,
      at: clock(12, 40),
      room: "practice",
      lines: [
        ["noor", "A laptop was left on a train on Friday, and is back. Whose was it?"],
        ["sam", "Mine. I had signed it out from my phone before the next station."],
        [
          "noor",
          "Then nothing of anybody was on it that opens. I write it down as a near miss, with thanks for the ten minutes.",
        ],
      ],
    },
    {
      daysAgo: 2,
      at: clock(8, 10),
      room: "practice",
      lines: [["noor", "Friday at nine: half an hour on what to do when an answer lands in the wrong room."]],
    },
  ],
};
