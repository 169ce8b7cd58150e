import { week } from "../files/photos.ts";
import { clock, type StoryFamily } from "./story.ts";

/** A couple without children. */
export const priyaAndJonas: StoryFamily = {
  key: "shah-weber",
  name: "Shah and Weber",
  therapist: "sam",
  people: [
    { key: "priya", name: "Priya", role: "adult", relations: [{ kind: "partner-of", to: "jonas" }] },
    { key: "jonas", name: "Jonas", role: "adult" },
  ],
  scenes: [
    {
      daysAgo: 19,
      at: clock(12, 45),
      room: "family",
      lines: [
        [
          "sam",
          "A reminder of what you both signed up for: what one of you tells me alone, I may bring in if it stands between you, after I have told you so.",
        ],
        ["jonas", "Understood."],
        ["priya", "Understood. That is why I write here and not alone."],
      ],
    },
    {
      daysAgo: 16,
      at: clock(22, 10),
      room: "family",
      lines: [
        ["priya", "He said 'whatever you like' about the move. Three times. I counted."],
        ["jonas", "I meant it as kindness."],
        [
          "sam",
          "Suppose that it was meant as kindness and arrived as absence. What would have arrived as kindness?",
        ],
        ["priya", "One wish. Any wish."],
      ],
    },
    {
      daysAgo: 9,
      at: clock(8, 5),
      room: "family",
      lines: [
        ["jonas", "One wish: a kitchen with a window."],
        {
          kind: "answer",
          by: "priya",
          to: "One wish: a kitchen with a window.",
          text: "I have been waiting for this kitchen for two years.",
        },
      ],
    },
    {
      daysAgo: 2,
      at: clock(13, 20),
      room: "family",
      lines: [
        ["sam", "Shall we make the next one a shorter hour? You seem to be talking."],
        ["jonas", "Please keep the hour. We talk because it is there."],
      ],
    },
  ],
};

/** Parents who live apart, and talk about one child. */
export const erikAndJoanna: StoryFamily = {
  key: "hale",
  name: "Hale and Lindqvist",
  therapist: "ada",
  people: [
    { key: "erik", name: "Erik", role: "adult", relations: [{ kind: "guardian-of", to: "saga" }] },
    { key: "joanna", name: "Joanna", role: "adult", relations: [{ kind: "guardian-of", to: "saga" }] },
    { key: "saga", name: "Saga", role: "teen" },
  ],
  scenes: [
    {
      daysAgo: 22,
      at: clock(17, 0),
      room: "guardians",
      lines: [
        [
          "ada",
          "This room is about Saga and nothing else. Not the house, not the past. I will say so when we leave the path.",
        ],
        ["erik", "Fine."],
        ["joanna", "Fine with me."],
      ],
    },
    {
      daysAgo: 17,
      at: clock(6, 50),
      room: "guardians",
      lines: [
        ["joanna", "She forgot her inhaler at yours. Again."],
        ["erik", "She packed herself. As we agreed she would."],
        ["ada", "One inhaler in each house would end this message for ever. Who buys the second?"],
        ["erik", "I do. Today."],
        ["joanna", "Thank you."],
      ],
    },
    {
      daysAgo: 13,
      at: clock(20, 5),
      room: { privateOf: "saga" },
      lines: [
        ["saga", "do they talk about me in another room"],
        [
          "ada",
          "There are things that the grown-ups sort out with me, and things that you sort out with me. I never carry from one to the other without asking.",
        ],
        [
          "saga",
          "ok because I want to stay one more day with dad and I do not want to be the one who says it",
        ],
        ["ada", "Who would you like to say it?"],
        ["saga", "a calendar"],
      ],
    },
    {
      daysAgo: 10,
      at: clock(12, 0),
      room: "guardians",
      lines: [
        [
          "ada",
          "A question to both of you, not a message from anybody: is the week, as it is cut, still right for a girl of fourteen?",
        ],
        ["joanna", "She has training on Thursdays now. It is near his place."],
        ["erik", "I would be glad to have the Thursday."],
        ["joanna", "Let us try it until the holidays."],
      ],
    },
    {
      daysAgo: 4,
      at: clock(18, 35),
      room: "family",
      lines: [
        ["ada", "The new week begins on Monday. Saga, you get the calendar, on paper."],
        ["saga", "can I choose the colours"],
        ["erik", "Yes."],
        ["joanna", "Yes."],
      ],
    },
    {
      daysAgo: 1,
      at: clock(19, 45),
      room: "family",
      lines: [
        { kind: "send", by: "saga", file: week },
        ["saga", "green is mum. orange is dad"],
        ["joanna", "It looks like a flag."],
        ["erik", "Ours."],
      ],
    },
  ],
};
