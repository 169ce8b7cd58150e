import type { TemplateVersionView } from "@sotto/client";
import { date, list } from "./say.ts";

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
