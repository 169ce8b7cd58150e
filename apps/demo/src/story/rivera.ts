import { cake } from "../files/photos.ts";
import { clock, type StoryFamily } from "./story.ts";

/** A family with a teenager who is home a lot, and a father who is not. */
export const rivera: StoryFamily = {
  key: "rivera",
  name: "Rivera",
  therapist: "ada",
  people: [
    {
      key: "ana",
      name: "Ana",
      role: "adult",
      relations: [
        { kind: "partner-of", to: "ben" },
        { kind: "guardian-of", to: "mia" },
        { kind: "guardian-of", to: "tom" },
      ],
    },
    {
      key: "ben",
      name: "Ben",
      role: "adult",
      relations: [
        { kind: "guardian-of", to: "mia" },
        { kind: "guardian-of", to: "tom" },
      ],
    },
    { key: "mia", name: "Mia", role: "teen", relations: [{ kind: "sibling-of", to: "tom" }] },
    { key: "tom", name: "Tom", role: "child" },
  ],
  // Sam joins for the hours with everybody, and is given the family room from its beginning.
  colleagues: [{ key: "sam", daysAgo: 11, at: clock(9, 15), reads: [], past: ["family"] }],
  scenes: [
    {
      daysAgo: 23,
      at: clock(17, 40),
      room: "family",
      lines: [
        [
          "ada",
          "Welcome, all four. This room is for the five of us. What is written here stays here, and it is read when each of you has a quiet minute.",
        ],
        ["ana", "Thank you for today. I did not think Mia would talk so much."],
        ["mia", "me neither"],
        ["tom", "can I write here too"],
        { kind: "answer", by: "ada", to: "can I write here too", text: "You can, Tom. Whenever you like." },
      ],
    },
    {
      daysAgo: 22,
      at: clock(21, 5),
      room: { privateOf: "mia" },
      lines: [
        ["mia", "is this really only you"],
        ["ada", "Only you and me. The names above the place where you write are always the whole list."],
        ["mia", "ok. I skipped school on thursday. and the thursday before. mum thinks I was there"],
        [
          "ada",
          "Thank you for telling me. I am not going to write to your mum about it. I would like to talk about what happens on Thursdays, when you are ready.",
        ],
        ["mia", "there is a girl in sport. not now"],
        ["ada", "Not now is fine."],
      ],
    },
    {
      daysAgo: 20,
      at: clock(7, 55),
      room: "couple",
      lines: [
        [
          "ben",
          "I am in Porto until Friday. I know that this was the week we said I would be home for dinner.",
        ],
        ["ana", "I told the children it would be so. I will tell them it is not, again."],
        [
          "ada",
          "I hear two things here that belong in the session. Could each of you bring one dinner that went well, and say what made it so?",
        ],
        ["ben", "Yes."],
        ["ana", "I will try to think of one."],
      ],
    },
    {
      daysAgo: 18,
      at: clock(16, 20),
      room: "siblings",
      lines: [
        ["tom", "mia when dad is away can we do the film night anyway"],
        ["mia", "yes. but not the dog one again"],
        ["tom", "the dog one is the best one"],
        ["mia", "you CRIED at the dog one"],
        { kind: "delete", by: "mia", of: "you CRIED at the dog one" },
        ["ada", "I like that you plan this yourselves."],
      ],
    },
    {
      daysAgo: 16,
      at: clock(12, 10),
      room: "family",
      lines: [
        [
          "ada",
          "For Thursday: please bring the list of who does what at home, as it is now, not as it should be.",
        ],
        ["ben", "I will be there. I moved the fligth."],
        {
          kind: "change",
          by: "ben",
          of: "I will be there. I moved the fligth.",
          text: "I will be there. I moved the flight.",
        },
        ["ana", "Good."],
        ["mia", "do I have to bring the laundry list"],
        ["ada", "Only if it makes you laugh."],
      ],
    },
    {
      daysAgo: 13,
      at: clock(22, 30),
      room: { privateOf: "ana" },
      lines: [
        ["ana", "Something I could not say with Ben there. I have looked at flats. Only looked."],
        [
          "ada",
          "Thank you for trusting me with that. In what we agreed about things told to me alone, this is yours to bring into the room, and I will not do it for you. Can we find out together what the looking was for?",
        ],
        ["ana", "Yes. Please not by mail."],
        ["ada", "Here, or face to face. Nothing else."],
      ],
    },
    {
      daysAgo: 10,
      at: clock(18, 45),
      room: { privateOf: "ben" },
      lines: [
        [
          "ben",
          "I asked to travel less. They said they would think about it. I have not told Ana because I do not want to promise again.",
        ],
        [
          "ada",
          "That sounds careful rather than secret. What would you need before you could say it to her?",
        ],
        ["ben", "A date from my boss. I will ask on Monday."],
      ],
    },
    {
      daysAgo: 6,
      at: clock(16, 5),
      room: { privateOf: "mia" },
      lines: [
        ["mia", "I went to sport. I stood next to someone else"],
        ["ada", "You went. How was it to stand next to someone else?"],
        ["mia", "ok actually. she is called Lou"],
        ["mia", "can you tell mum about the thursdays WITH me. not before"],
        [
          "ada",
          "With you, and only what you choose. Shall we take ten minutes before the next session to plan it?",
        ],
        ["mia", "yes"],
      ],
    },
    {
      daysAgo: 3,
      at: clock(19, 30),
      room: "couple",
      lines: [
        ["ben", "I have it in writing. Two trips a month from January, not five."],
        ["ana", "You did that?"],
        ["ben", "I did that three weeks ago. I wanted to be sure."],
        ["ana", "I would rather have been unsure together. But thank you."],
      ],
    },
    {
      daysAgo: 1,
      at: clock(17, 15),
      room: "family",
      lines: [
        ["ada", "Tomorrow at five. Mia and I start ten minutes early, as she asked."],
        ["tom", "why early"],
        ["mia", "because I said so, small one"],
        ["ana", "We will bring cake. Ben baked. It is an experiment."],
        { kind: "send", by: "ben", file: cake },
        ["tom", "it is falling over"],
        { kind: "answer", by: "ben", to: "it is falling over", text: "It leans. That is something else." },
      ],
    },
    {
      daysAgo: 9,
      at: clock(13, 0),
      room: "team",
      lines: [
        [
          "ada",
          "Note for us: two of four have told me something alone in the last days. Neither concerns safety. I hold both, and plan to help each bring it in themselves.",
        ],
        [
          "sam",
          "Agreed. For the next hour: start with the children's film night, it went well without the parents.",
        ],
      ],
    },
  ],
};
