import type { RoomLineEntry } from "@sotto/client";
import { date } from "./say.ts";

type Opened = RoomLineEntry & { readonly kind: "opened" };

/** Why a room was opened, as it stands in the room. */
const reasons: Readonly<Record<Opened["reason"], string>> = {
  rehearsal: "to see that the sheets still work",
  "therapist-gone": "the therapist is not there any more",
  "asked-for": "somebody asked to see what is written about them",
  law: "the law asks for it",
  danger: "somebody is in danger",
};

/** The practice's continuity: a reader of every room, whose key is on five printed sheets. */
export const continuity = {
  /** What the rooms call it from the day on which it is brought in. */
  name: "The practice's continuity",
  role: "Keeps the practice going",
  note: "reads only, with 3 of 5 sheets",
  what: "It can read here, but only with three of five printed sheets. If that is done, you will see it in this room.",
  added: (name: string) =>
    `${name} was added. It can read from here on, but only with three of five printed sheets. You will see it here if that is done.`,
  opened: (name: string, at: number, reason: Opened["reason"]) =>
    `${name} was used to read this room on ${date(at)}. Why: ${reasons[reason]}.`,
  askWhy: "Ask your therapist or the practice if you want to know more.",
  allowedBy: (name: string) => `Those who did it say that ${name} allowed it.`,
  title: "If nobody is left",
  text: "Somebody falls ill, or dies. Who can then read what families wrote? Five people each hold a printed sheet. Any three of them can open the rooms. Everybody in a room sees when it is done.",
  none: "There are no sheets yet.",
  how: "Whoever runs the server makes them. Then bring in the file custodian-public.txt here. It is no secret.",
  file: "Choose the file",
  paste: "Or paste what is in it",
  bring: "Bring it in",
  bringNew: "Bring in new sheets",
  askTitle: "Bring in these sheets?",
  askText:
    "It comes into every room of every family, and everybody there sees it. It reads nothing of what was said before. Old sheets stop.",
  inRooms: (rooms: number, all: number) =>
    rooms === all
      ? `It is in all your rooms: ${all}.`
      : `It is in ${rooms} of your ${all} rooms. The rest follows.`,
  noRooms: "You look after no rooms. It comes into the rooms of those who do.",
  endedSince:
    "Rooms have ended since these sheets were made. With three of them, an old copy of such a room could still be read. Bring in new sheets, and destroy the old ones.",
  numbers: "Numbers for opening rooms",
  numbersHint: "Who opens rooms by the sheets may be asked for these.",
  end: "Stop using the sheets",
  endTitle: "Stop using these sheets?",
  endText: "They open nothing that is written from then on. They can never be used again here.",
};
