import type { Reader } from "@sotto/client";
import type { ContactChannel, FamilyRole, RelationKind } from "@sotto/domain";

export const roles: Readonly<Record<FamilyRole, string>> = {
  adult: "Adult",
  teen: "Teenager",
  child: "Child",
  guardian: "Guardian",
  collateral: "Someone who helps",
};

/** What each role means for who may know, said where it is chosen. */
export const roleHints: Readonly<Record<FamilyRole, string>> = {
  adult: "Has a private room with you.",
  teen: "Has a private room with you. No other adult sees that it is there.",
  child: "Has a private room with you.",
  guardian: "Cares for a child. Reads nothing of the child's private room.",
  collateral: "A teacher, a grandparent. Has a private room with you, and no other until you open one.",
};

export const relations: Readonly<Record<RelationKind, string>> = {
  "partner-of": "Partner of",
  "guardian-of": "Guardian of",
  "sibling-of": "Brother or sister of",
};

export const channels: Readonly<Record<ContactChannel, string>> = {
  email: "Email",
  phone: "Phone",
  "in-person": "In person only",
};

export const verifications: Readonly<Record<Reader["verified"], string>> = {
  unknown: "Not checked by anybody you know",
  introduced: "Let in by your therapist",
  invitation: "Checked by the invitation code",
  "in-person": "Checked in person",
};

export const family = {
  title: "Families",
  page: "To the family's page",
  name: "Name of the family",
  nameHint: "Only you and the people you invite can read it.",
  create: "Add a family",
  createFirst: "Your first family",
  empty: "Add a family, then its people. Each gets an invitation of their own.",
  gone: "This family is not here.",
  count: (people: number, joined: number) =>
    people === 0
      ? "Nobody yet"
      : `${people === 1 ? "1 person" : `${people} people`}, ${joined === 0 ? "nobody here yet" : joined === people ? "all here" : `${joined} here`}`,
  people: "People",
  noPeople: "Nobody yet. Add the people you work with, one by one.",
  addPerson: "Add a person",
  newPerson: "A new person",
  edit: "Edit",
  editName: (name: string) => `Edit ${name}`,
  personName: "Name",
  role: "Role",
  inTreatment: "Takes part in the treatment",
  relationTo: (name: string) => `How they relate to ${name}`,
  relationHint: "Partners, and brothers and sisters, get a room of their own when both are here.",
  none: "Not related, or does not matter here",
  contact: "A safe way to reach them",
  contactHint: "Two people never share one. A parent's address is never the teenager's.",
  address: "Address or number",
  note: "What to avoid",
  noteHint: "For example: never call in the evening.",
  invite: "Invite",
  inviteName: (name: string) => `Invite ${name}`,
  show: "Show invitation",
  showName: (name: string) => `Show invitation for ${name}`,
  hide: "Close",
  revoke: "Take back",
  revokeName: (name: string) => `Take back the invitation for ${name}`,
  invitationFor: (name: string) => `Invitation for ${name}`,
  scan: (name: string) => `${name} scans this with their own phone. It works once, for ${name} alone.`,
  scanning: "It also proves to each of you who the other is. Nobody in between can change that.",
  until: (date: string) => `Works until ${date}.`,
  card: "Keep this to yourself. Open it on your own phone: scan the code.",
  copyWarning: "Send the link only on a way that this person alone reads.",
  here: "Is here",
  notInvited: "Not invited yet",
  invited: "Invited",
  expired: "Invitation too old",
  rooms: "Rooms of this family",
  roomsHint: "Rooms grow by themselves as people come in. Nobody sees a room they are not in.",
  openRoom: "Open another room",
  roomTitle: "Name of the room",
  roomTitleHint: "Its readers see this name. Nobody else does.",
  choose: "Who is in it, with you",
  noneHere: "Nobody has come in yet. Invite them first.",
};
