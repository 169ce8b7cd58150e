import { guitar } from "../files/guitar.ts";
import { hall } from "../files/photos.ts";
import { clock, type StoryFamily } from "./story.ts";

/** A blended family: a father, his new partner, and his two children. */
export const nowak: StoryFamily = {
  key: "nowak",
  name: "Nowak",
  therapist: "ada",
  people: [
    {
      key: "piotr",
      name: "Piotr",
      role: "adult",
      relations: [
        { kind: "partner-of", to: "marta" },
        { kind: "guardian-of", to: "kasia" },
        { kind: "guardian-of", to: "leo" },
      ],
    },
    { key: "marta", name: "Marta", role: "adult" },
    { key: "kasia", name: "Kasia", role: "teen" },
    { key: "leo", name: "Leo", role: "teen" },
  ],
  scenes: [
    {
      daysAgo: 20,
      at: clock(19, 0),
      room: "family",
      lines: [
        ["ada", "This is the room of all of you. Kasia, Leo: you each have a room with me alone as well."],
        ["leo", "do they see what I write there"],
        ["ada", "No. They do not see that it is there, either."],
        ["piotr", "As it should be."],
      ],
    },
    {
      daysAgo: 18,
      at: clock(7, 20),
      room: { privateOf: "kasia" },
      lines: [
        ["kasia", "She moved mum's picture. From the hall to the stairs. Nobody asked."],
        ["ada", "What did you do when you saw it?"],
        ["kasia", "Moved it back. She moved it again. Now it is in my room and nobody says anything."],
        ["ada", "A whole conversation without one word. Would you want to have it with words?"],
        ["kasia", "With you there."],
      ],
    },
    {
      daysAgo: 14,
      at: clock(21, 45),
      room: { privateOf: "marta" },
      lines: [
        [
          "marta",
          "I have lived here for a year and I still ask where the pans are. I moved one picture because the sun was ruining it. Now I am the enemy.",
        ],
        ["ada", "Does anybody know about the sun?"],
        ["marta", "I have not said it. It sounds like an excuse."],
        ["ada", "It sounds like a reason. I will keep it until you say it."],
      ],
    },
    {
      daysAgo: 11,
      at: clock(18, 0),
      room: "family",
      lines: [
        [
          "ada",
          "Thank you for today. I will not write down what was said about the picture. You were all in the room.",
        ],
        ["kasia", "There is a place in the hall without sun now."],
        ["marta", "Leo found the nail."],
        ["leo", "I find everything"],
        { kind: "send", by: "kasia", file: hall },
        ["piotr", "It hangs straight. In this house."],
      ],
    },
    {
      daysAgo: 7,
      at: clock(16, 30),
      room: "siblings",
      lines: [
        ["leo", "are we still doing sunday at grandma"],
        ["kasia", "Yes. You carry the cake."],
        ["leo", "why always me"],
        { kind: "answer", by: "kasia", to: "why always me", text: "Because you find everything." },
      ],
    },
    {
      daysAgo: 6,
      at: clock(17, 10),
      room: { privateOf: "leo" },
      lines: [
        ["leo", "you asked what I do when they argue. this"],
        { kind: "send", by: "leo", file: guitar },
        ["ada", "I listened to it twice. Does anybody at home know that you play like this?"],
        ["leo", "kasia. through the wall"],
      ],
    },
    {
      daysAgo: 4,
      at: clock(20, 50),
      room: "couple",
      lines: [
        ["piotr", "Kasia said 'us' at breakfast and meant four."],
        ["marta", "I heard it too. I did not dare to look up."],
        ["ada", "You may look up."],
      ],
    },
  ],
};
