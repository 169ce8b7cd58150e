import { paper } from "../files/paper.ts";
import { clock, type StoryFamily } from "./story.ts";

const agreed = paper("what we agreed.pdf", "What we agreed", [
  "1.  After nine in the evening the phone is Daniel's alone.",
  "2.  The door is knocked on, and opened from inside.",
  "3.  Sunday dinner stays.",
  "",
  "And: Daniel answers when his mother calls. Once.",
  "",
  "Grace, Daniel, Sam. We look at it again in four weeks.",
]);

/** A mother, her teenage son, and an aunt who helps. */
export const okafor: StoryFamily = {
  key: "okafor",
  name: "Okafor",
  therapist: "sam",
  people: [
    { key: "grace", name: "Grace", role: "adult", relations: [{ kind: "guardian-of", to: "daniel" }] },
    { key: "daniel", name: "Daniel", role: "teen" },
    { key: "ifeoma", name: "Ifeoma", role: "collateral" },
  ],
  // Ada stands in when Sam is away: she reads what is new, and nothing of before.
  colleagues: [{ key: "ada", daysAgo: 3, at: clock(8, 50), reads: [], past: [] }],
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
        { kind: "answer", by: "sam", to: "once. I answer once", text: "Written down: once." },
        { kind: "send", by: "sam", file: agreed },
        ["grace", "It is on the fridge."],
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
