import { account, factor, join, setUp, sheet, signIn } from "./en/enter.ts";
import { channels, family, relations, roleHints, roles, verifications } from "./en/people.ts";
import { alarms, refusals } from "./en/refusals.ts";
import { changes, notices, room, roomKinds, roomPromises, rooms, subgroups } from "./en/room.ts";
import { clock, date, day, when } from "./en/say.ts";
import { loss, past, trust } from "./en/trust.ts";

/** All text of the interface, in English. A second language is a second value of this shape. */
export const en = {
  date,
  clock,
  day,
  when,
  refusals,
  alarms,
  roomKinds,
  roomPromises,
  subgroups,
  notices,
  changes,
  rooms,
  room,
  roles,
  roleHints,
  relations,
  channels,
  verifications,
  family,
  factor,
  setUp,
  sheet,
  join,
  signIn,
  account,
  past,
  trust,
  loss,
  product: "Sotto",
  fault: "Something went wrong on this device. Nothing was lost. Please try again.",
  act: {
    next: "Continue",
    back: "Back",
    save: "Save",
    cancel: "Cancel",
    send: "Send",
    lock: "Lock",
    lockTitle: "Lock now (Escape)",
    remove: "Remove",
    print: "Print",
    copy: "Copy link",
    copied: "Copied",
    again: "Try again",
    toRooms: "To the rooms",
  },
  nav: { main: "Main", rooms: "Rooms", families: "Families", account: "Account" },
  starting: "One moment…",
  offline: "No connection. You can read and write; it is sent later.",
};
