import type { AgreementLineView } from "@sotto/client";
import type { ConsentTrigger } from "@sotto/domain";
import { triggers } from "./triggers.ts";

const people = (count: number): string => (count === 1 ? "1 person" : `${String(count)} people`);

/** What every screen of an agreement says, and the lines about it on the first screen. */
export const agreementWords = {
  title: "Our agreement",
  gone: "There is nothing here for you yet. When your therapist has made an agreement, you read and sign it here.",
  one: "The agreement",
  lines: "Agreements",
  /** Before the sentence that the people of a room read, for a therapist. */
  theyRead: "They read here:",
  /** Before the sentence that holds for what was said after this place in a private room. */
  fromHere: "From here on:",
  read: "Read our agreement",
  asksMe: "Please read it. Then you choose if you sign.",
  asksRound: "Is it still clear? Some short questions wait for you.",
  outside: "You signed one before. You can still take back your yes.",
  phases: {
    none: "Nothing is signed yet.",
    offered: "It waits to be signed.",
    "in-force": "All have signed. It holds.",
    changing: "One holds. A new one waits to be signed.",
    "review-due": "It is time to look at it again.",
    suspended: "It does not hold now.",
    closed: "This family is closed.",
  } satisfies Readonly<Record<AgreementLineView["phase"], string>>,
  signed: (have: number, of: number) => `${String(have)} of ${String(of)} have signed.`,
  questions: (count: number) =>
    count === 1 ? "1 question waits for you." : `${String(count)} questions wait for you.`,
  answers: (count: number) => `${people(count)} did not sign as it is.`,
  /** How many, and the first of them in words. */
  due: (count: number, first: readonly ConsentTrigger[]) => {
    const many = count === 1 ? "1 thing asks for a new look." : `${String(count)} things ask for a new look.`;
    return [many, ...first.map((trigger) => `${triggers[trigger]}.`)].join(" ");
  },
};
