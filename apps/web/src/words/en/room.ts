import type { RoomLineEntry, ShownRoomKind } from "@sotto/client";
import type { RoomKind, SubgroupKind } from "@sotto/domain";
import { continuity } from "./continuity.ts";
import { list } from "./say.ts";
import { trust } from "./trust.ts";

/** What kind of room it is, in one word or two. */
export const roomKinds: Readonly<Record<RoomKind, string>> = {
  family: "Whole family",
  subgroup: "Some of the family",
  private: "Private",
  team: "Professionals only",
  practice: "Practice",
  agreement: "Agreement",
};

export const subgroups: Readonly<Record<SubgroupKind, string>> = {
  couple: "The couple",
  guardians: "Parents and guardians",
  siblings: "Brothers and sisters",
};

/** Who can know of the room, said in the room itself. */
export const roomPromises: Readonly<Record<ShownRoomKind, string>> = {
  family: "Everybody named here reads what is written here.",
  subgroup: "Only the people named here can read this. The others cannot see that this room is here.",
  private:
    "Only the people named here can read this. The rest of the family cannot see that this room is here.",
  team: "Only professionals can read this. The family cannot see that this room is here.",
  practice: "Only the practice can read this.",
};

export const notices: Readonly<Record<(RoomLineEntry & { readonly kind: "notice" })["notice"], string>> = {
  gap: "A message is missing here.",
  replay: "An old message was sent again. It is left out.",
  fork: "People in this room may have been shown different things.",
  unreadable: "A message here could not be read.",
};

export const changes: Readonly<
  Record<(RoomLineEntry & { readonly kind: "audience" })["change"], (names: readonly string[]) => string>
> = {
  created: (names) => `This room was opened for ${list(names)}.`,
  added: (names) => `${list(names)} came in and can read from here on.`,
  "continuity-added": (names) => continuity.added(list(names)),
  removed: (names) => `${list(names)} cannot read anything from here on.`,
  "re-keyed": () => "This room got a new lock.",
  renewed: trust.renewed,
  "joined-with-past": () => "You came in here.",
  closed: () => "This room was closed. You can read it. Nobody can write here now.",
  reopened: () => "This room was opened again. You can write here.",
  "joined-here": () => "You came in here. What was said before is not shown to you.",
};

export const rooms = {
  title: "Rooms",
  emptyStaff: "No rooms yet. They grow out of a family.",
  startFamily: "Start with a family",
  choose: "Choose a room",
  chooseHint: "Each room says who will read what is written in it.",
  freshCount: (count: number) => `${count} new`,
  professionals: "Professionals",
  practice: "Practice",
};

export const room = {
  readers: "Only these people will read this:",
  you: "you",
  me: (name: string) => `${name} (you)`,
  message: "Message",
  placeholder: (names: readonly string[]) =>
    names.length === 0 || names.length > 2 ? "Write here" : `Write to ${list(names)}`,
  log: "Messages",
  waiting: "Waiting to be sent",
  sent: "Sent",
  notSent: "Not sent",
  perhapsSent: "Perhaps sent",
  notChanged: "Not changed",
  perhapsChanged: "Perhaps changed",
  notDeleted: "Not deleted",
  perhapsDeleted: "Perhaps deleted",
  takeBack: "Take it back and look again",
  deleteUnsent: "Delete this message",
  deleteTitle: "Delete this message?",
  deleteText: "It was not sent. Nobody else has it. It will be gone.",
  deletePerhapsText: "Others may have it. It will be gone from this device only.",
  dropChange: "Keep it as it was",
  dropChangeTitle: "Keep it as it was?",
  dropChangeText: "Your new words will be gone from here. The message stays as others read it.",
  dropPerhaps: "Take it off this device",
  dropPerhapsTitle: "Take it off this device?",
  dropPerhapsText: "Others may read your new words already. They will be gone from this device only.",
  keptMessage: "It is still there for all who read here.",
  keptFile: "Its name is still there. What is in it may be gone.",
  mayAskAgain: "You can delete it anew.",
  dropDeletion: "Keep it there",
  gone: "This room is not here, or not open to you.",
  peopleCount: (count: number) => `People in this room: ${count}`,
  peopleTitle: "Who reads here",
  closePeople: "Back to the messages",
  professional: "Professional",
  cannotWrite: "Reads only",
  removeName: (name: string) => `Remove ${name}`,
  addName: (name: string) => `Add ${name}`,
  addSomebody: "Let somebody in",
  addHint: "You choose what they may see of the past. It is nothing unless you say so.",
  removeTitle: (name: string) => `Remove ${name} from this room?`,
  removeText: (name: string) =>
    `${name} will read nothing new here. What ${name} has read cannot be taken back.`,
  back: "All rooms",
  cameIn: (names: readonly string[]) => `Just now: ${list(names)} came in and will read this too.`,
  wentOut: (names: readonly string[]) => `Just now: ${list(names)} left and will not read this.`,
};
