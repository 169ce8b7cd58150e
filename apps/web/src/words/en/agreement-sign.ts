import type { AgreementLanguage, Capacity, Reader, Signing, SignerAnswer } from "@sotto/domain";
import { factor } from "./enter.ts";
import { date, list } from "./say.ts";

const languages: Readonly<Record<AgreementLanguage, string>> = { en: "English", es: "Español" };

const readers: Readonly<Record<Reader, string>> = {
  adult: "For adults",
  teen: "For teenagers",
  child: "For children",
};

const explained: Readonly<Record<Signing["explained"], string>> = {
  together: "All together, with the therapist",
  "with-therapist": "I alone with the therapist",
  call: "With the therapist, on a call",
  alone: "I read it on my own",
};

/** As whom somebody signs. `of` is the name of whom it is about. */
const as = (capacity: Capacity, of: string): string => {
  switch (capacity) {
    case "self":
      return "For yourself";
    case "assent":
      return "Your own yes";
    case "guardian":
      return `As guardian of ${of}`;
  }
};

const means = (capacity: Capacity, of: string): string => {
  switch (capacity) {
    case "self":
      return "You say: I have read this, and I agree to it.";
    case "assent":
      return "You say: I know what this is, and I agree. The adults who care for you sign too. One does not count for the other.";
    case "guardian":
      return `You say yes for ${of}. That is not the same as your own yes. You can give one and not the other.`;
  }
};

/** What somebody does when they press the button, so that nobody has to guess. */
const signGo = (capacity: Capacity, of: string): string => {
  switch (capacity) {
    case "self":
      return "Sign for myself";
    case "assent":
      return "I agree: sign";
    case "guardian":
      return `Sign for ${of}`;
  }
};

const answered: Readonly<Record<SignerAnswer, string>> = {
  "not-yet": "You said: not yet.",
  "change-asked": "You asked for a change.",
  declined: "You said no.",
};

const answers: Readonly<
  Record<
    SignerAnswer,
    { readonly go: string; readonly title: string; readonly text: string; readonly why: string }
  >
> = {
  "not-yet": {
    go: "Not yet",
    title: "Not yet",
    text: "That is fine. Take the time that you need. You can sign later.",
    why: "What do you need first?",
  },
  "change-asked": {
    go: "Ask for a change",
    title: "Ask for a change",
    text: "Say what should be other than it is. Your therapist talks with you, and may offer a new version.",
    why: "What should change?",
  },
  declined: {
    go: "No",
    title: "No",
    text: "You are free to say no. Your therapist then talks with you about what else you can do.",
    why: "Do you want to say why?",
  },
};

const version = (number: number): string => `Version ${number}`;

/**
 * What members of a family read around their agreement, to understand and sign it. Apart from the catalogue, which loads before sign-in: whoever comes in
 * looks at their rooms first.
 */
export const agreementSign = {
  title: "Our agreement",
  cancel: "Cancel",
  waiting: "One moment…",
  /** How a way in is shown. */
  factor,
  languages,
  readers,
  back: "To the start of the agreement",
  version,
  standing: {
    waitsForMe: "It waits for you",
    waitsText: "Read it, ask what you want to know, then say what you think. Nobody rushes you.",
    letIn: "Your therapist still has to let you in. You can read until then.",
    notAsked: "You can read this. Nobody needs you to sign it.",
    signed: "You have signed",
    waitsFor: (names: readonly string[]) => `Now it waits for ${list(names)}. Nothing counts before that.`,
    offered: "It waits for others",
    answered,
    canStill: "You can sign later, or change your answer. Just choose anew.",
    inForce: "It counts for all of you",
    since: (at: number) => `It is in force since ${date(at)}.`,
    suspended: "It is on hold",
    suspendedText: (at: number) =>
      `Somebody took back their yes on ${date(at)}. Your therapist knows who it was. Nobody else does.`,
    suspendedMeans: [
      "What you said before then keeps its rule.",
      "What you tell your therapist alone from now on stays with them.",
      "Your therapist talks with you about what comes next.",
    ],
    stillHeld: "The one before is on hold until all of you have signed this one.",
    heldBefore: "The one before is on hold, since somebody took back their yes.",
    stillInForce: (number: number) => `Until then, version ${number} counts as before.`,
    recalled: "Your therapist took this back",
    recalledText: "Nobody signs this one any more. Please wait for the next one.",
    stopped: "This one cannot be signed any more",
    withdrawalText: "Somebody took back their yes. Your therapist has to offer a new version.",
    leftText: "Somebody is not in it any more. Your therapist has to offer a new version.",
    replaced: "There is a newer version",
    replacedText: "This one was never in force.",
    superseded: "This was in force before",
    supersededText: (since: number, until: number) => `From ${date(since)} to ${date(until)}.`,
    closed: "These rooms are closed. Nobody signs here now. What you promised each other goes on.",
    notHere: "There is no version here yet. When your therapist has made one, you read it here.",
    who: "Who signs",
    me: (name: string) => `${name} (you)`,
    allOf: "Has signed",
    someOf: (have: number, of: number) => `${have} of ${of} signed`,
    noneOf: "Not signed",
    notJoined: "Has not come in yet",
  },
  stale: {
    newer: "A newer version came while you were here. What you read is kept.",
    open: "Open the new one",
    recalled: "Your therapist took this version back. You can still read it.",
    stopped: "This version cannot be signed any more. You can still read it.",
  },
  start: {
    steps: "Step by step",
    read: "Read it",
    readText: "One part at a time, with examples.",
    readOn: "Go on reading",
    readSoFar: (have: number, of: number) => `You have read ${have} of ${of} parts.`,
    readAgain: "Read it again",
    check: "See if it is clear",
    checkText: (count: number) =>
      `${count === 1 ? "1 short question" : `${count} short questions`}. No one fails here.`,
    roundText: (count: number) =>
      `It is some time since you signed. Is it still clear? There are ${count} new questions. No one fails here.`,
    checkSoFar: (right: number, of: number) => `${right} of ${of} are clear.`,
    checkOn: "Go on with the questions",
    checkAgain: "Look at them again",
    decide: "What do you say?",
    decideText: "All of these are fine. You can choose anew later.",
    sign: "Sign",
    changeMind: "Have you changed your mind?",
    changeMindText: "As long as not all have signed, you can still take it back.",
    together: "Go through it together",
    togetherText: "Big words for one screen that all of you can see. Nothing of yours alone stands on it.",
    earlier: "Earlier versions",
    open: (number: number) => `Open version ${number}`,
  },
  read: {
    title: "Read",
    of: (place: number, of: number) => `Part ${place} of ${of}`,
    next: "Next part",
    back: "Part before",
    done: "I have read it",
    all: "All on one page",
    oneByOne: "One part at a time",
    allRead: "I have read all of it",
    language: "Language",
    reader: "Words",
    changed: "This part has changed",
    asked: "Somebody asked",
    iAsked: "You asked",
    answer: "Your therapist",
    noAnswer: "Your therapist answers here.",
    onItsWay: "On its way to your therapist.",
  },
  ask: {
    open: "Ask about this",
    title: "Your question",
    hint: "It goes to your therapist only.",
    mayShare: "My therapist may show this question and the answer to everyone, without my name",
    send: "Send the question",
    sent: "Your question is with your therapist. The answer will stand here.",
  },
  sign: {
    title: "Sign",
    of: (place: number, of: number) => `Signature ${place} of ${of}`,
    as,
    means,
    go: signGo,
    counts: "It comes into force when all of you have signed. Then each of you can keep a copy.",
    screen: {
      title: "Signing on a screen",
      points: [
        "It counts like your name on paper.",
        "You may have all of it on paper, now or later. Just ask your therapist.",
        "Would you rather sign on paper? Then tell your therapist, and do not sign here.",
        "You can take back your yes at any time. Go to the agreement and press “Take back my yes”, or tell your therapist.",
        "You can save your copy here. To open it, you need a phone or a computer that can show a PDF.",
        "Only those who look after you see on what kind of device you signed. They also see its time zone, and if two of you used the same one.",
      ],
      agree: "I agree to sign on this screen",
      missing: "Please say first that you agree to sign on a screen. Or ask for paper.",
    },
    interpreter: "Someone helped me with the language",
    interpreterLanguage: "Which language did they speak with you?",
    interpreterHint: "You can leave this empty. All who sign can read it.",
    takeBack: "You can take back your yes at any time.",
    notRead: "You have not read all of it yet. You can sign, and you can also wait.",
    notClear: "Some questions are still open. You can sign, and you can also talk first.",
    explained: "How did you go through it?",
    chooseExplained: "Please choose",
    explainedBy: explained,
    explainedMissing: "Please say first how you went through it.",
    ticks: "If you like, tick what you have thought about.",
    moreTicks: "The other parts",
    way: "First show that it is you",
    wayText: "So that nobody can sign in your place, show a way in of yours again. Then you sign.",
    wayGo: "Go on",
    later: "Not now",
    thanks: "Thank you. You have signed.",
    nextOne: "One more signature is asked of you. It is a decision of its own.",
    soon: (names: readonly string[]) => `It is in force as soon as ${list(names)} signed too.`,
    inForce: "All of you have signed. It is in force now.",
    done: "To the agreement",
  },
  answer: {
    ...answers,
    optional: "You do not have to say anything. What you write here goes to your therapist only.",
    seen: "Only your therapist sees your answer. The others just see that you have not signed.",
    takesBack: "What you have signed of this version does not count then.",
    send: "Send this answer",
    onItsWay: "Your answer is kept. It goes out as soon as this device has a connection.",
  },
  copy: {
    title: "Your copy",
    text: "All the words and all who signed: as a paper to read, and as a file that proves itself. Keep them where only you look. Your therapist sees that you keep one.",
    pdf: "Save as PDF",
    get: "Save the signed file",
    how: "How to check it",
    check:
      "Anyone can check the signed file without us. Keep this page beside it: it opens without a network.",
    checker: "Save the page that checks it",
    program: "Or, for someone who knows computers:",
    command: "sotto verify-agreement agreement.sotto",
    saved: "The file is saved on this device.",
  },
  outside: {
    signed: (at: number) => `You signed on ${date(at)}.`,
    notAsked: "Your therapist has made a new one, and it does not ask you to sign. So you do not see it.",
    mayHold: "What you signed may still hold, until the new one does. You can take back your yes here.",
    mayHoldClosed: "What you signed may still hold, until the new one does.",
    takenBack: (at: number) => `You took back your yes on ${date(at)}. Your therapist knows.`,
  },
  withdraw: {
    title: "Take back your yes",
    text: "You can stop it when you want, and you owe nobody a reason.",
    closed: [
      "You can still do so. These rooms are closed, so you cannot do it here. Tell your therapist that you want to. They can open the rooms for it, and then you press the button here.",
      "What was said in these rooms keeps the rule that it was said under. Nobody writes in them now.",
    ],
    go: "Take back my yes",
    askTitle: "Take back your yes?",
    points: [
      "The agreement is on hold for all of you, at once.",
      "Your therapist learns that it was you. Nobody else does.",
      "What you said before keeps the rule it was said under.",
      "To have an agreement again, all of you sign a new one.",
    ],
    sent: "Your therapist hears of it as soon as this device has a connection. Then the agreement is on hold.",
  },
  changes: {
    title: "What has changed",
    since: (number: number) => `Since version ${number}`,
    none: "Nothing that you read has changed.",
    gone: "Not any more",
    added: "New",
    otherWords: "Only words for other readers, or in the other language, are new here.",
    joined: (names: readonly string[]) => `New in it: ${list(names)}.`,
    left: (names: readonly string[]) => `Not in it any more: ${list(names)}.`,
    counted: (names: readonly string[]) => `Asked or named in another way: ${list(names)}.`,
    therapistsJoined: (names: readonly string[]) => `Now also looks after you: ${list(names)}.`,
    therapistsLeft: (names: readonly string[]) => `Does not look after you any more: ${list(names)}.`,
    somebody: "somebody",
    places: "The law of another place counts now. Ask your therapist what that means.",
    notBack: "What you said before keeps the rule it was said under.",
  },
};

/** The same in every language. */
export type AgreementSignWords = typeof agreementSign;
