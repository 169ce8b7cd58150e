import type { AnswerCode, QUESTION_FRAMES, QuestionCode, SecretCategory } from "@sotto/domain";

/** What each signer is asked about what they are to agree to, the answers, and why the right one is right. One wording, which a child can read too. */
export const questions = {
  "told-alone": "You tell the therapist a thing when no one else is there. What may happen with it?",
  "in-list": "You tell the therapist alone: {category}. What comes next?",
  "not-in-list": "You tell the therapist alone: {category}. It is not on the list. What comes next?",
  danger: "You say that someone may get badly hurt. What does the therapist do?",
  "guardians-hear": "{minor} says something alone. What do the adults who care for {minor} hear?",
  recording: "Someone wants to record what is said here. May they?",
  outsider: "A lawyer or a school wants to know what was said. When may the therapist tell them?",
  friend: "You want to talk to a friend about what goes on here. What may you say?",
  court: "There may be a case in court. What can the therapist promise you?",
  urgent: "It is late, and it cannot wait. What do you do?",
  "change-mind": "You have signed, and now you do not want it any more. What then?",
  "earlier-words": "What about the things you told the therapist before you signed?",
  worry: "You think that someone told what was said here. What can you do?",
} as const satisfies { readonly [Code in QuestionCode]: string };

/** The further wordings of what is asked in every round, one after the other. */
export const frames = {
  "told-alone": [
    "There is a thing that you tell the therapist and no one else. What may come of it?",
    "You tell the therapist what the others do not know yet. What may happen then?",
  ],
  danger: [
    "You hear that one of you wants to hurt someone. You say so here. What does the therapist do?",
    "A child gets hit at home, and you say so here. What does the therapist do?",
  ],
  "guardians-hear": [
    "{minor} talks to the therapist, and no one else is there. What do those who care for {minor} hear?",
    "{minor} tells the therapist of a hard day. What do the adults who care for {minor} hear of it?",
  ],
} as const satisfies { readonly [Code in keyof typeof QUESTION_FRAMES]: readonly string[] };

export const answers = {
  "may-be-told": "The therapist helps me to say it, and may tell the others if I do not.",
  "asked-to-tell": "It stays there. If it is on the list, I am asked to tell it.",
  "therapist-judges": "The therapist thinks about what to share, and when.",
  "stays-with-therapist": "It stays with the therapist.",
  "never-alone": "We do not meet alone. What I write goes to all.",
  "asked-to-tell-it": "I get time and help to tell it. The therapist does not tell it.",
  "told-at-once": "The therapist tells the others at once.",
  "kept-for-ever": "Nothing at all. It stays there for good.",
  "kept-from-others": "It stays with the therapist.",
  "told-all-the-same": "The therapist tells it all the same.",
  "joint-work-ends": "We can not meet all together any more.",
  "keeps-people-safe": "Gets help, so that people are safe. They tell no more than they need to.",
  "kept-whatever": "Says nothing to anyone, whatever it is.",
  "told-to-all": "Tells all of the family.",
  "only-safety": "Only if someone may get hurt.",
  "how-it-goes": "How it goes, and if someone may get hurt. Not the words.",
  "what-was-said": "They may hear what was said.",
  "nobody-records": "No. No one may.",
  "all-agree-first": "Only if all of us say yes, each time.",
  "for-training-only": "Only the therapist, to learn, and if we all say yes.",
  "anyone-may": "Yes. Each of us may.",
  "everyone-signs": "Only when each adult has signed for it.",
  "each-signs-own": "When I sign for my part. What we share needs all of us.",
  "one-is-enough": "When one of us says yes.",
  "own-words-only": "What I feel and what I said. Not what the others said.",
  "named-people-only": "I may talk to the people on our list.",
  "no-one": "Nothing. It stays here.",
  anything: "All that I want.",
  "cannot-promise": "To try to keep it safe. No one can promise that a judge will not ask.",
  "never-told": "That no judge will ever hear of it.",
  "told-if-asked": "To tell all to each lawyer who asks.",
  "call-for-help": "I call for help at once.",
  "write-and-wait": "I write here, and wait.",
  "wait-for-session": "I wait until we meet again.",
  "stops-at-once": "I say so, and it stops at once. What I said before stays as it was.",
  "has-to-stay": "I have to stay with it.",
  "opens-old-words": "Then all that I said before is told.",
  "stay-with-me": "They stay as they were. This does not open them.",
  "only-if-i-allow": "They stay shut, until I write that I want them open.",
  "open-now": "They are open to all now.",
  "say-so-early": "I say so soon, to the therapist or to someone else who is named here.",
  "keep-quiet": "I say nothing, so that no one is cross.",
  "post-it": "I post about it.",
} as const satisfies { readonly [Code in AnswerCode]: string };

/** Shown at once, after each answer: why it is so. For every answer that can be right. */
export const reasons = {
  "may-be-told": "You all agreed to have no secrets that matter for all. You are helped to say it first.",
  "asked-to-tell": "You all agreed on a short list. What is not on it stays there.",
  "therapist-judges": "You all agreed to let the therapist weigh it. If you want to keep it, ask first.",
  "stays-with-therapist":
    "That was the promise to you. It stops only when someone may get hurt, or a judge orders it.",
  "never-alone": "You all agreed to meet only together. What you write alone by mistake still stays there.",
  "asked-to-tell-it":
    "It is on the list. You tell it in your own way. If you do not, you may not meet together any more, and no one is told why.",
  "kept-from-others": "It is not on the list. So no one makes you tell it.",
  "keeps-people-safe": "To be safe comes first, before all that was agreed.",
  "only-safety": "That is what was promised, to the child and to the adults.",
  "how-it-goes": "That is what was promised, to the child and to the adults.",
  "what-was-said": "That is what was agreed. The child knows it too.",
  "nobody-records": "You all agreed that no one does. So you can speak freely.",
  "all-agree-first": "One “no” is enough. You are asked each time.",
  "for-training-only": "It is wiped when that is done. One “no” is enough.",
  "everyone-signs": "What was said is yours as much as theirs. One name does not count for the others.",
  "each-signs-own": "Your words are yours. What the others said is theirs.",
  "own-words-only": "Your own story is yours to tell. What the others said is not.",
  "named-people-only": "You all know who is on the list. So no one has to guess.",
  "no-one": "You all agreed to that. If you need someone to talk to, ask to have them named.",
  "cannot-promise": "A judge can order it. The therapist will ask to let it rest, and will tell you.",
  "call-for-help": "No one may be there to read it. Help on the phone is there at once.",
  "stops-at-once": "You are free to say no. The others do not hear that it was you.",
  "stay-with-me": "What you said was said under the old rule. It keeps that rule.",
  "only-if-i-allow": "What you said was said under the old rule. You alone can open it.",
  "say-so-early": "The sooner it is known, the more can be done. No one may be cross with you for it.",
} as const satisfies Partial<{ readonly [Code in AnswerCode]: string }>;

/** An example of each thing on the list of a limited policy. */
export const categories = {
  affair: "you are in love with someone else",
  ending: "you have made up your mind to leave",
  money: "you have a debt",
  health: "you are very ill",
  substances: "you drink too much",
  goals: "you do not want what all of you came here for",
} as const satisfies { readonly [Category in SecretCategory]: string };
