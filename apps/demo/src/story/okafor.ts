import { clock, type StoryFamily } from "./story.ts";

/** A mother, her teenage son, and an aunt who helps. */
export const okafor: StoryFamily = {
  key: "okafor",
  name: "Okafor",
  therapists: ["sam", "ada"],
  people: [
    { key: "grace", name: "Grace", role: "adult", relations: [{ kind: "guardian-of", to: "daniel" }] },
    { key: "daniel", name: "Daniel", role: "teen" },
    { key: "ifeoma", name: "Ifeoma", role: "collateral" },
  ],
  scenes: [
    {
      daysAgo: 21,
      at: clock(18, 10),
      room: "family",
      lines: [
        [
          "sam",
          "Hello Grace, hello Daniel. Ifeoma helps us, and has her own place to write to me; she does not read here.",
        ],
        ["grace", "Good. She has an opinion about everything."],
        ["daniel", "she does"],
      ],
    },
    {
      daysAgo: 19,
      at: clock(9, 30),
      room: { privateOf: "ifeoma" },
      lines: [
        ["ifeoma", "Should I tell you what I see when they are at my house on Sundays?"],
        [
          "sam",
          "You may tell me anything. What you write here I will not carry to them as coming from you unless you and I agree on it first.",
        ],
        [
          "ifeoma",
          "Then: he eats, he sleeps, he laughs with my boys. At home he does none of this, she says.",
        ],
        ["sam", "That is worth a lot. Thank you."],
      ],
    },
    {
      daysAgo: 17,
      at: clock(23, 50),
      room: { privateOf: "daniel" },
      lines: [
        ["daniel", "she read my phone again"],
        [
          "sam",
          "I am sorry. Do you know that you can close this page at once, and that nothing of it is on the lock screen?",
        ],
        ["daniel", "yeah thats why I am here and not on the other app"],
        ["daniel", "she found a chat with dad. I am not supposed to talk to him"],
        ["sam", "Are you safe tonight, with her and with him?"],
        ["daniel", "yes. he is just far away and she is just angry"],
        ["sam", "Then let us talk on Tuesday about the chat, and about what you would like her to know."],
      ],
    },
    {
      daysAgo: 15,
      at: clock(12, 20),
      room: { privateOf: "grace" },
      lines: [
        ["grace", "I looked in his phone. I am not proud. What does he tell you?"],
        [
          "sam",
          "What he tells me alone stays with me, as what you tell me alone does. We agreed that I say something when somebody is in danger. I have nothing of that kind to tell you.",
        ],
        ["grace", "That is an answer, in a way."],
        ["sam", "It is the same answer I would give him about you."],
      ],
    },
    {
      daysAgo: 12,
      at: clock(17, 30),
      room: "family",
      lines: [
        [
          "sam",
          "Today you agreed on three things: the phone is Daniel's after nine, the door is knocked on, and Sunday dinner stays.",
        ],
        ["grace", "And he answers when I call."],
        ["daniel", "once. I answer once"],
        ["sam", "Written down: once."],
      ],
    },
    {
      daysAgo: 8,
      at: clock(20, 15),
      room: "family",
      lines: [
        ["daniel", "she knocked"],
        ["grace", "I knocked twice, I think."],
        ["daniel", "twice counts"],
      ],
    },
    {
      daysAgo: 5,
      at: clock(18, 40),
      room: { privateOf: "daniel" },
      lines: [
        ["daniel", "I want to tell her about dad. that I write him on sundays"],
        ["sam", "What would be a good ending of that talk, for you?"],
        ["daniel", "that she does not shout and I do not leave"],
        ["sam", "We can practise the first sentence together."],
      ],
    },
    {
      daysAgo: 2,
      at: clock(11, 5),
      room: "team",
      lines: [
        [
          "sam",
          "Daniel plans to tell his mother about contact with his father. No court order forbids it; I have seen the paper. I will be there when he does.",
        ],
        ["ada", "Good. I am in the house on Tuesday if you want somebody in the next room."],
      ],
    },
  ],
};
