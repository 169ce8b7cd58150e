import type { PracticeView, RoomView, TemplateVersionView } from "@sotto/client";
import type { StaffRole } from "@sotto/domain";
import { date, list } from "./say.ts";

export const staffRoles: Readonly<Record<StaffRole, string>> = {
  therapist: "Therapist",
  "privacy-officer": "Privacy officer",
  staff: "Other staff",
};

/** What each role means for who may know, said where it is chosen. */
export const staffRoleHints: Readonly<Record<PracticeView["myRole"], string>> = {
  therapist: "Looks after families. Sees a family only when it is their own, or when you add them to it.",
  "privacy-officer": "Looks after how the practice keeps what it is told. Sees no family's rooms.",
  staff: "Sees the practice's own room, and no family's rooms.",
};

export const practice = {
  nav: "Practice",
  people: "Who works here",
  hint: "No family can see this page, or that the practice has a room of its own.",
  waiting: "A colleague's device lets you in the next time it is open. You can close this page.",
  invite: "Invite a colleague",
  newColleague: "A new colleague",
  name: "Name",
  role: "Role",
  sendInvitation: "Make the invitation",
  me: "you",
  introduced: "Let in by a colleague",
  leaving: "Asked to leave",
  end: "End access",
  endName: (name: string) => `End access of ${name}`,
  endTitle: (name: string) => `End the access of ${name}?`,
  endText: (name: string) =>
    `${name} is signed out everywhere at once and cannot come back in. What ${name} wrote stays.`,
  stillIn: (name: string) =>
    `${name} is still in rooms. It is best if ${name} hands them over first. Is ${name} ill, or gone? You can end it all the same. Rooms that nobody else looks after then stay as they are, and nobody can write in them for the practice.`,
  endEvenSo: "End it all the same",
  leave: "Leave this practice",
  leaveHint: "First, each family goes into other hands. Nobody is left alone.",
  hangs: "What still needs you",
  nothingHangs: "Nothing hangs on you any more. A colleague then ends your access.",
  askToLeave: "Ask to leave",
  leaveTitle: "Ask to leave this practice?",
  leaveText: "A colleague ends your access. You will not sign in here any more. What you wrote stays.",
  asked: "You asked to leave. A colleague has to end your access. Nothing is lost until then.",
  alone: "Nobody else looks after this practice yet. Invite a colleague first.",
  also: (names: readonly string[]) => `Also looked after by ${list(names)}`,
  onlyYou: "Only you look after this family",
  keptAlone: (count: number) => (count === 1 ? "1 room has only you" : `${count} rooms have only you`),
  handOver: "Hand over",
  handOverName: (family: string) => `Hand over ${family}`,
  handOverTo: "Who takes over",
  handOverText: (name: string) =>
    `${name} comes into all your rooms of this family, also the private ones, and everybody there sees it. Then you are taken out. ${name} does not see what was said before.`,
  underWay: "Handed over. You are taken out when your colleague's device is open.",
};

/** Of agreements, for those of the practice who write none. */
export const practiceTemplates = {
  title: "Templates for agreements",
  hint: "Your therapists begin an agreement from one of these. You can read here which there are. Only therapists change them.",
  retired: "Off the list",
  counsel: "Not checked by counsel",
  drawnFrom: (source: string, asOf: string) => `From: ${source} (as of ${asOf})`,
  saved: ({ savedAt, savedBy, template }: TemplateVersionView) =>
    `Version ${String(template.version)}, saved by ${savedBy === "" ? "somebody of your practice" : savedBy} on ${date(savedAt)}`,
  own: (count: number) =>
    count === 1 ? "Your own words (1 text)" : `Your own words (${String(count)} texts)`,
};

export const team = {
  title: "Who looks after this family",
  add: "Add a colleague",
  noColleagues: "No other therapist works here yet. Invite one on the page of your practice.",
  who: "Colleague",
  comesIn: (name: string) =>
    `${name} comes into the room for professionals and the room of the whole family.`,
  which: (name: string) => `More rooms for ${name}`,
  fromNowOn: (name: string, person: string) =>
    `${name} will read what ${person} writes to you from now on. ${person} sees that ${name} is there.`,
  noPast: "Nobody who comes in sees what was said before. In each room you can let them see more later.",
  addName: (name: string) => `Add ${name}`,
  leaving: "Is being taken out",
  remove: "Take out",
  removeName: (name: string) => `Take out ${name}`,
  removeTitle: (name: string) => `Take ${name} out of this family?`,
  removeText: (name: string) =>
    `${name} will read nothing new in the rooms that you look after. What ${name} has read cannot be taken back.`,
  outOfReach: "Rooms of this family that you are not in",
  outOfReachHint: "Only the colleague who looks after them can let you in.",
};

export const leaving = {
  link: "Leave these rooms",
  title: "Leave the rooms of this family?",
  text: "You will not read here any more. What you wrote stays with the others.",
  list: "You leave all of these:",
  wait: "Your therapist's device takes you out the next time it is open. Until then you can read, and not write.",
  keep: "You keep your way in, and can still sign in here.",
  go: "Leave",
  stay: "Stay",
  underWay: "You have asked to leave. It is under way.",
  recordTitle: (name: string) => `Has ${name} left?`,
  recordText: (name: string) =>
    `${name} is taken out of all rooms of this family and reads nothing new. What ${name} wrote stays.`,
  record: "Has left",
  recordName: (name: string) => `Has left: ${name}`,
  left: (names: readonly string[]) => `No longer here: ${list(names)}`,
  outTitle: "You are in no room now",
  out: "You have left, or were taken out. You keep your way in. There is nothing that you need to do.",
};

export const closing = {
  title: "Close this family",
  text: "All can still read the rooms, for as long as your practice keeps them. Nobody writes in them, you neither, until you open them again.",
  go: "Close the rooms",
  askTitle: "Close the rooms of this family?",
  closedTitle: "This family is closed",
  closedText: "All can read. Nobody can write, and nobody comes in.",
  reopen: "Open the rooms again",
  list: "Closed",
  tag: "Closed",
};

/** Why one cannot write in a room, and what one can do. */
export const readOnly: Readonly<Record<NonNullable<RoomView["readOnly"]>, string>> = {
  closed:
    "This room is closed. You can read all of it. To write again, ask your therapist to open it. One day it ends, and what is in it is gone. Your therapist can tell you when.",
  leaving: "You have asked to leave. You can read here until you are taken out, and not write.",
  reader: "You can read here, but not write.",
};
export const closedOfLeaver = (name: string) =>
  `${name} has left. You can read this room. Nobody writes in it any more.`;
export const closedForKeeper =
  "This room is closed. All can read it. You can open it again on the family's page.";
