import type { RoomView } from "@sotto/client";
import { list } from "./say.ts";

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
