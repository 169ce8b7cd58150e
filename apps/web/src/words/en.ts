import type { Alarm, ClientRefusal, RoomLineEntry } from "@sotto/client";
import type { ContactChannel, FamilyRole, RelationKind, RoomKind } from "@sotto/domain";

const list = (names: readonly string[]) => new Intl.ListFormat("en", { type: "conjunction" }).format(names);

/** What happened, that nothing was lost, what to do. One sentence group for every no there is. */
const refusals: Readonly<Record<ClientRefusal, string>> = {
  malformed: "Something in this could not be read. Nothing was lost. Please try again.",
  "not-signed-in": "You are signed out. Nothing was lost. Please sign in again.",
  "sign-in-failed": "That did not match. Nothing was lost. Check each part and try again.",
  "not-allowed": "You cannot do this here. Nothing was changed.",
  "not-here": "This is not here, or not open to you.",
  "setup-code-invalid":
    "This code is not right, or it has been used. Look at the place where Sotto was started and try again.",
  "invitation-used":
    "This invitation has been used already. If it was not you, tell the person who gave it to you.",
  "invitation-expired": "This invitation is too old. Ask the person who gave it to you for a new one.",
  "invitation-revoked": "This invitation was taken back. Ask the person who gave it to you.",
  "already-signed-in": "Somebody is signed in here already. Lock Sotto first.",
  "stale-epoch":
    "The people in this room changed while you wrote. Your words are still here. Look at who is in it now and send again.",
  "stale-version": "This changed in another place. Nothing was lost. Look again and repeat what you did.",
  "event-refused": "This change could not be made. Nothing was lost. Please try again.",
  "last-factor": "This is your only way to sign in. Add another one first.",
  "name-taken": "This sign-in name is taken. Please try again with a new one.",
  "attempt-expired": "This took too long. Nothing was lost. Please start again.",
  "too-large": "This is too long to send. Your words are still here. Send it in parts.",
  "too-many": "That was too often in a short time. Nothing was lost. Wait a minute and try again.",
  offline: "There is no connection right now. Nothing was lost. Try again when you are online.",
  cancelled: "You stopped this. Nothing was changed.",
  "no-prf": "This passkey cannot keep your messages safe by itself. Choose six words instead.",
  "wrong-factor": "This is not the way in to this account. Try another way to sign in.",
  "weak-parameters":
    "The server asked for weaker protection than we accept. Nothing was sent. Tell your therapist.",
  "sheet-mistyped":
    "This is not what stands on the sheet. Nothing was lost. Look at each group and try again.",
  "sheet-not-proved": "First show that you have your recovery sheet.",
  "device-in-use":
    "Somebody else is signed in on this device. Two people never share one. Use your own phone or another browser.",
  "invitation-unreadable": "This link is not whole. Scan the code again, or ask for a new link.",
  "inviter-unverified":
    "We could not make sure who invited you. Nothing was shared. Ask them in person for a new code.",
  "contact-taken":
    "Somebody else is reached at this address. Two people never share one. Choose another, or in person.",
  "contact-taken-by-minor":
    "A young person is reached at this address. Nobody else can have it. Choose another, or in person.",
  empty: "There is nothing here yet. Write something first.",
  "too-long": "This is too long. Your words are still here. Make it shorter.",
  "not-a-keeper": "Only the people who look after this room can change who is in it.",
  locked: "Sotto is locked. Nothing was lost. Sign in again.",
};

const roomKinds: Readonly<Record<RoomKind, string>> = {
  family: "Family",
  subgroup: "Some of the family",
  private: "Private",
  team: "Professionals only",
  practice: "Practice",
};

const roles: Readonly<Record<FamilyRole, string>> = {
  adult: "Adult",
  teen: "Teenager",
  child: "Child",
  guardian: "Guardian",
  collateral: "Someone who helps",
};

const relations: Readonly<Record<RelationKind, string>> = {
  "partner-of": "Partner of",
  "guardian-of": "Guardian of",
  "sibling-of": "Brother or sister of",
};

const channels: Readonly<Record<ContactChannel, string>> = {
  email: "Email",
  phone: "Phone",
  "in-person": "In person only",
};

const alarms: Readonly<Record<Alarm["kind"], string>> = {
  "log-rewritten":
    "The list of keys was changed after the fact. Do not write anything private. Talk to your therapist in person.",
  "log-split":
    "You and others were shown different lists of keys. Do not write anything private. Talk to your therapist in person.",
  "vault-rolled-back": "The server gave back an old copy of your keys. Talk to your therapist in person.",
  "room-forked": "People in a room were shown different things. Talk to your therapist in person.",
  "identity-swapped": "Somebody's key is not the one you knew. Talk to them in person before you write.",
  "server-key-changed": "The server is not the one you knew. Talk to your therapist in person.",
};

const notices: Readonly<Record<(RoomLineEntry & { readonly kind: "notice" })["notice"], string>> = {
  gap: "A message is missing here.",
  replay: "An old message was sent again. It is left out.",
  fork: "People in this room may have been shown different things.",
  unreadable: "A message here could not be read.",
};

const changes: Readonly<
  Record<(RoomLineEntry & { readonly kind: "audience" })["change"], (names: readonly string[]) => string>
> = {
  created: () => "This room was opened.",
  added: (names) => `${list(names)} can read from here on. Nothing before this.`,
  removed: (names) => `${list(names)} cannot read from here on.`,
  "re-keyed": () => "The lock of this room was renewed.",
  "joined-here": () => "You came in here. What was said before is not shown to you.",
};

/** All text of the interface, in English. A second language is a second value of this shape. */
export const en = {
  list,
  refusals,
  roomKinds,
  roles,
  relations,
  channels,
  alarms,
  notices,
  changes,
  product: "Sotto",
  fault: "Something went wrong on this device. Nothing was lost. Please try again.",
  date: (at: number) => new Intl.DateTimeFormat("en", { dateStyle: "medium" }).format(at),
  time: (at: number) => new Intl.DateTimeFormat("en", { dateStyle: "short", timeStyle: "short" }).format(at),
  act: {
    next: "Continue",
    back: "Back",
    save: "Save",
    cancel: "Cancel",
    send: "Send",
    lock: "Lock now",
    add: "Add",
    remove: "Remove",
    print: "Print",
    copy: "Copy link",
    copied: "Copied",
    discard: "Remove from screen",
  },
  nav: { main: "Main", rooms: "Rooms", families: "Families", account: "Your account" },
  starting: "One moment…",
  offline: "No connection. You can write; it is sent later.",
  lockHint: "Press Escape twice to lock at once.",
  factor: {
    legend: "How do you want to come in?",
    passkey: "Passkey",
    passkeyHint: "Your fingerprint, face or device code. The easiest.",
    words: "Six words",
    wordsHint: "A name and six words that we make for you. Write them down.",
    sheet: "Recovery sheet",
    sheetHint: "The code on your printed sheet. It works once.",
    name: "Sign-in name",
    sixWords: "Your six words",
    shownOnce: "Write these down now. They are shown once.",
    confirm: (position: number) => `Word number ${position}`,
    confirmWrong: "These are not the words. Look at what you wrote down.",
    code: "Code on the sheet",
  },
  setUp: {
    title: "Set up Sotto",
    code: "Set-up code",
    codeHint: "It stands where Sotto was started.",
    practice: "Name of your practice",
    me: "Your name",
    hint: "These names are locked with your key. The server cannot read them.",
  },
  sheet: {
    title: "Your recovery sheet",
    why: "If you lose every other way in, this code opens Sotto. Nobody else can do it for you. Print it, or write it down, and keep it safe.",
    make: "Show my sheet",
    kept: "I have it on paper",
    prove: "Show that you have it: type the code from the paper.",
    typed: "Code from the paper",
  },
  join: {
    hello: (name: string) => `Hello ${name}`,
    from: (inviter: string, practice: string) =>
      `${inviter} at ${practice} invites you. What you write here is read only by the people you see named.`,
    as: (role: string) => `You come in as: ${role}`,
    waiting:
      "You are in. Your therapist's device lets you into your rooms the next time it is open. You can close this page.",
  },
  signIn: {
    title: "Welcome back",
    go: "Sign in",
    none: "To come in for the first time, scan the code or open the link that you were given.",
  },
  rooms: {
    title: "Rooms",
    empty: "You are not in a room yet. Rooms appear here when you are let in.",
    emptyStaff: "No rooms yet. Start with a family.",
    fresh: "New",
  },
  room: {
    readers: "Only these people will read this:",
    you: "you",
    message: "Message",
    placeholder: "Write here",
    hint: "Enter sends. Shift and Enter starts a new line.",
    log: "Messages",
    waiting: "Waiting to be sent",
    sent: "Sent",
    empty: "Nothing has been said here yet. What you write is read only by the people named below.",
    gone: "This room is not here, or not open to you.",
    readOnly: "You can read here, but not write.",
    people: "People in this room",
    removeName: (name: string) => `Remove ${name}`,
    addName: (name: string) => `Add ${name}`,
    back: "All rooms",
  },
  family: {
    title: "Families",
    name: "Name of the family",
    create: "Add a family",
    empty: "No families yet. Add one; only you can read its name.",
    gone: "This family is not here.",
    count: (people: number, joined: number) => `${people} people, ${joined} here`,
    people: "People",
    addPerson: "Add a person",
    edit: (name: string) => `Edit ${name}`,
    personName: "Name",
    role: "Role",
    inTreatment: "Takes part in the treatment",
    relations: "Relations",
    none: "None",
    contact: "Safe way to reach them",
    address: "Address or number",
    note: "What to avoid",
    invite: (name: string) => `Invite ${name}`,
    show: (name: string) => `Show the invitation for ${name}`,
    revoke: "Take the invitation back",
    scan: "Scan this with their own phone. It works once.",
    until: (date: string) => `Works until ${date}`,
    here: "Is here",
    notInvited: "Not invited yet",
    invited: "Invited",
    rooms: "Rooms of this family",
    openRoom: "Open another room",
    roomTitle: "Name of the room",
    choose: "Who is in it, with you",
  },
  account: {
    title: "Your account",
    ways: "Ways to sign in",
    addPasskey: "Add a passkey",
    addWords: "Add six words",
    newSheet: "Make a new recovery sheet",
    used: (date: string) => `Last used ${date}`,
  },
};
