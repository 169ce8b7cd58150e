import type { DeviceView } from "@sotto/client";

export const browsers: Readonly<Record<NonNullable<DeviceView["browser"]>, string>> = {
  unknown: "A browser",
  program: "A program",
  chrome: "Chrome",
  edge: "Edge",
  firefox: "Firefox",
  opera: "Opera",
  safari: "Safari",
  samsung: "Samsung browser",
};

export const systems: Readonly<Record<NonNullable<DeviceView["system"]>, string | null>> = {
  unknown: null,
  android: "Android",
  chromeos: "Chromebook",
  ios: "iPhone",
  ipados: "iPad",
  linux: "Linux",
  macos: "Mac",
  windows: "Windows",
};

export const devices = {
  title: "Who is signed in as you",
  short: "Signed in",
  count: (count: number) =>
    count === 1 ? "Signed in as you: this device" : `Signed in as you: ${count} devices`,
  hint: "Each line is a device that came in with one of your ways in. It says itself what it is. The place is a guess from its clock. Only your own devices can read this.",
  silent: "A device that does not say what it is",
  on: (browser: string, system: string | null) => (system === null ? browser : `${browser} on ${system}`),
  around: (place: string) => `around ${place}`,
  thisOne: "This one",
  isNew: "New",
  over: "Signed out",
  seen: (first: string, last: string) =>
    first === last ? `Seen ${first}` : `First seen ${first}, last ${last}`,
  cameBy: (way: string) => `Came in by: ${way}`,
  wayGone: "a way in that is gone",
  signOut: "Sign out",
  signOutName: (name: string) => `Sign out: ${name}`,
  signOutAll: "Sign out all others",
  signOutAllTitle: "Sign out all other devices?",
  signOutAllText: "They lock in seconds. Whoever knows a way in can come in again.",
  lately: (count: number) => (count === 1 ? "1 device was here lately" : `${count} devices were here lately`),
  alert: (what: string, when: string) => `Somebody signed in as you: ${what}, ${when}. Was this you?`,
  yes: "Yes, it was me",
  no: "No, sign it out",
  nextTitle: "It is signed out. Do this next:",
  next: "It came in with one of your ways in. Add a new way in, then remove the old one. If the old one stays, it can come in again.",
  nextWho: "If you are in danger, talk to somebody you trust first, from a device that is only yours.",
  toWays: "Change my ways in",
  done: "Done",
  toList: "See who is signed in as you",
  toListHint: "Every device that is in now, and who was here lately.",
};

export const exit = {
  text: "Leave",
  label: "Leave now. Or press Escape two times.",
  title: "Leaving in a hurry",
  hint: "The Leave button is on every screen. Pressing Escape two times does the same. It signs you out, shows another page, and Back does not lead here again.",
  where: "Where to go then",
  whereHint:
    "A page of your choice, like the news. It stands on this device only. If you write nothing, you see a clock.",
  save: "Keep this address",
  saved: "Kept on this device.",
  wrong: "This is not an address of a page. Write it like www.example.org.",
  tryIt: "Try it now",
};

export const disguise = {
  title: "Name and picture",
  hint: "Under this name the page stands in your tabs, and on your home screen if you put it there. It is kept on this device only.",
  legend: "Show it as",
  first:
    "Choose before you put it on your home screen. If it is there already, take it off, choose, and put it there again.",
  honest: "It hides what this is from a short look. It does not hide it from somebody who opens it.",
  hints: {
    sotto: "Its own name.",
    notes: "A page with lines.",
    calendar: "A page of a calendar.",
    weather: "A cloud.",
  },
};

export const shared = {
  choose: "This is not only my device: keep nothing here",
  hint: "What you have not sent yet is lost when you lock or close. You sign in again each time.",
  on: "Nothing is kept on this device.",
};

export const forget = {
  title: "Forget this device",
  hint: "Takes everything off this device that is kept here. Your rooms stay. You sign in again with a way in of yours.",
  go: "Forget this device",
  askTitle: "Take everything off this device?",
  ask: "You are signed out. What you have not sent yet is lost. Nothing else is lost.",
};

export const wayAgain = {
  title: "First show that it is you",
  text: "You are about to change who can come in as you, or who hears of you. So show a way in of yours again. Then it goes on by itself.",
  go: "Go on",
};

export const secondLook = {
  hiddenName: "A room you keep hidden",
  hiddenHint: "Opens with a way in of yours",
  title: "Show that it is you",
  text: "You asked that this room stays hidden until you show a way in of yours again.",
  go: "Open the room",
  choice: "Keep this room hidden",
  choiceHint:
    "It opens only after you show a way in again, and hides when you have left it for 2 minutes. Nobody else sees that you chose this.",
  honest:
    "This helps when somebody holds your phone while it is open. It does not stop somebody who knows a way in of yours.",
};
