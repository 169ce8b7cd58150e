import type { PastAgreement } from "@sotto/client";
import { clock, date, list } from "./say.ts";

const messages = (count: number): string => (count === 1 ? "1 message" : `${count} messages`);
const moment = (at: number): string => `${date(at)}, ${clock(at)}`;

/** What somebody who comes in, or is in, may see of the past. */
export const past = {
  title: (name: string) => `What may ${name} see of the past?`,
  nothing: "Nothing",
  nothingHint: "They read from now on. This is the careful choice.",
  some: "From a day on",
  someHint: "You choose from where on.",
  all: "All that you can read",
  allHint: "From the start, or from when you came in.",
  from: "From when on",
  fromHint:
    "These are the times when the lock of this room changed. The past opens only from one of them on.",
  moment,
  wouldRead: (name: string, count: number, authors: readonly string[], at: number) =>
    `${name} would read ${messages(count)} by ${list(authors)}, from ${moment(at)} on.`,
  askThem: "They were said to the people who were here then. Did those people agree?",
  agreement: {
    "no-agreement": (names: readonly string[]) =>
      `${list(names)} said some of this when nothing was signed that holds. It is theirs to share.`,
    "told-to-those-there": (names: readonly string[]) =>
      `${list(names)} said some of this to those who were here then, as all had signed.`,
  } satisfies Readonly<Record<PastAgreement["reason"], (names: readonly string[]) => string>>,
  didTheyAgree: "Did you ask them, and did they say yes?",
  wouldReadNothing: (name: string) => `${name} would read nothing of what was said before.`,
  seen: "Everybody in this room will see that you did this. It cannot be taken back.",
  empty: "There is nothing from before that you could open.",
  letIn: (name: string) => `Let ${name} in`,
  letRead: (name: string) => `Let ${name} read it`,
  more: (name: string) => `Let ${name} see more of the past`,
  granted: (by: string, to: string, from: number | null, isAll: boolean) =>
    isAll
      ? `${by} let ${to} read everything that was said here.`
      : from === null
        ? `${by} let ${to} read more of what was said before.`
        : `${by} let ${to} read from ${moment(from)} on.`,
};

/** Whose keys are whose. */
export const trust = {
  compare: (name: string) => `Compare numbers with ${name}`,
  compareShort: "Compare",
  marks: "The shield beside a name is how you make sure who it is.",
  marksForKeepers:
    "The shield beside a name is how you make sure who it is. The clock opens the past of this room to them.",
  compareTitle: (name: string) => `Is it really ${name}?`,
  compareHow: (name: string) =>
    `Meet ${name}, or call them. ${name} opens this room and does the same for you. Then read these numbers to each other.`,
  numbers: "The numbers",
  same: "They are the same",
  differ: "They are not the same",
  checked: (name: string) => `Good. ${name} is who they say. Their name shows it now.`,
  wrong: (name: string) =>
    `Do not write anything private here. Somebody may stand between you and ${name}. Tell your therapist in person.`,
  changed: (name: string) => `The keys of ${name} have changed.`,
  changedWhy: (name: string) =>
    `This happens after ${name} lost all ways in. Ask ${name} in person before you write anything private.`,
  stranger: (name: string) => `Nobody whom you have checked let ${name} in here.`,
  strangerWhy: (name: string) =>
    `Ask ${name} in person if this is their room. Until then, do not write anything private here.`,
  understand: "I understand",
  newKeys: "New keys, not checked",
  returned: (person: string, by: string) =>
    `${person} came back with new keys. ${by} checked again who it is.`,
  renewed: (names: readonly string[]) => `${list(names)} made new keys, signed with the old ones.`,
};

/** When somebody lost every way in, or something of theirs is in other hands. */
export const loss = {
  lost: "Lost every way in",
  lostName: (name: string) => `${name} lost every way in`,
  lostTitle: (name: string) => `Did ${name} lose everything?`,
  lostText: (name: string) =>
    `Be sure that it is ${name}, face to face. The old account is shut now and leaves all rooms. Then you show ${name} a new code. With it ${name} comes back to the same rooms and all that they could read.`,
  lostYes: "Shut the old account",
  waiting: "Needs a new code",
  mineTitle: "I lost every way in",
  mine: "Is this your own device, and you lost every way in? Then begin anew here. What you wrote here and did not send will be gone.",
  mineAsk: "Begin anew on this device?",
  mineYes: "Begin anew",
  stolen: "Something in other hands",
  stolenHint:
    "Did you lose your phone or your sheet? Could somebody have seen your words? Then begin anew with new keys.",
  stolenGo: "Somebody may have my sheet or phone",
  title: "Begin anew with new keys",
  steps: [
    "You get a new recovery sheet. The old one stops.",
    "You show which ways in you still have. All others stop. You can add them again later.",
    "You are signed out everywhere else.",
    "You get new keys, and all your rooms get new locks. This may take a while. It goes on by itself.",
  ],
  cannot: "What was on a lost phone and open there stays on it. Nothing new reaches it.",
  begin: "Begin",
  sheetTitle: "Your new sheet",
  waysTitle: "Which ways in do you still have?",
  waysHint: "Show at least one. What you do not show here will stop.",
  staying: "Stays",
  going: "Will stop",
  usePasskey: "Show a passkey",
  showWords: "Show these words",
  showingWords: (name: string) => `The six words of ${name}`,
  noWay: "You need one way in beside the sheet. Go back, and add six words first.",
  proveTitle: "Type the code from your new sheet",
  finish: "Make everything new",
  done: "Done. You have new keys. Old sheets and other devices open nothing any more.",
  dueTitle: "Do you still have your recovery sheet?",
  due: "It is a month since you last looked. Type the code once, so that you know where it is.",
  dueGo: "Type the code",
  dueLater: "Later",
  dueLost: "I do not have it any more",
};
