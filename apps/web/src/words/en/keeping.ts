import type { HoldReason, Obstacle, RuleProblem } from "@sotto/domain";
import { rooms } from "./ended.ts";
import { date } from "./say.ts";

const YEAR = 12;

/** So many months, as people say it. */
const span = (months: number): string => {
  if (months === 0) return "no time at all";
  if (months === 1) return "1 month";
  if (months % YEAR !== 0) return `${months} months`;
  return months === YEAR ? "1 year" : `${months / YEAR} years`;
};

const holds: Readonly<Record<HoldReason, string>> = {
  court: "A court asked for it",
  claim: "Somebody made a claim",
  complaint: "There is a complaint",
  authority: "An office of the state asked for it",
  other: "Another reason",
};

/** What stands in the way of ending rooms. */
const obstacle = (what: Obstacle): string => {
  switch (what.kind) {
    case "no-rule":
      return "The practice has no rule yet.";
    case "open":
      return "The family is not closed.";
    case "held":
      return `It is on hold. ${holds[what.reason]}.`;
    case "minor-unknown":
      return "A child or teenager is in it. Nobody has said when the youngest turns 18.";
    case "minor":
      return `The youngest has not been 18 for long enough. That is so on ${date(what.until)}.`;
    case "not-due":
      return `Its time is not over. That is so on ${date(what.until)}.`;
  }
};

const problems: Readonly<Record<RuleProblem, string>> = {
  "out-of-range": "Write a whole number of months, from 0 to 1200.",
  "record-shorter": "The professionals' room is kept at least as long as the rooms with the family.",
  "beyond-maximum": "The longest time is shorter than the time you keep things.",
};

/**
 * How long a practice keeps a family's rooms: its rule, what is due, and ending them. Apart from the catalogue, which loads before sign-in: only the
 * staff's screens say this.
 */
export const keeping = {
  span,
  title: "How long we keep things",
  text: "When a family is closed, its rooms stay for as long as your rule says. Then two of you can end them. Nothing ends by itself.",
  noRule: "There is no rule yet. Until there is one, nothing can be ended.",
  set: "Set the rule",
  change: "Change the rule",
  familyRooms: "Rooms with the family",
  record: "The room of the professionals",
  minor: "If a child or teenager is in it",
  maximum: "Not longer than",
  afterClosing: (months: number) =>
    months === 0 ? "Until the family is closed" : `${span(months)} after the family is closed`,
  afterOfAge: (months: number) =>
    months === 0
      ? "Until the youngest turns 18, if that is later"
      : `Until the youngest has been 18 for ${span(months)}, if that is later`,
  afterMaximum: (months: number) => `${span(months)} after the family is closed`,
  startedFrom: (title: string) => `Started from: ${title}`,
  ownRule: "Your own rule",
  source: (citation: string, asOf: string) => (asOf === "" ? citation : `${citation} (as of ${asOf})`),
  shorter: "This is shorter than the rule of that place.",
  counsel: "Nobody has checked this rule for you. Confirm with counsel before you rely on it.",
  place: "Start from the rule of a place",
  placeHint: "You can change each time below. Where more than one rule holds for you, take the longest.",
  own: "None: we write our own",
  says: (rule: string) => `For people under age it says: ${rule}`,
  familyMonths: "Months for the rooms with the family",
  recordMonths: "Months for the room of the professionals",
  minorMonths: "Months after the youngest turns 18",
  maximumMonths: "Months after which nothing may be kept",
  maximumHint: "Leave it empty when no law says so.",
  isSpan: (months: number) => `That is ${span(months)}.`,
  problems,
  save: "Save this rule",
  due: "Closed families of yours",
  noneDue: "None of your families is closed.",
  dueOn: (at: number) => `Due on ${date(at)}`,
  dueSince: (at: number) => `Due since ${date(at)}`,
  notDue: "Something stands in the way",
  unknown: "Not known yet",
  pastMaximum: "The longest time that your rule allows is over.",
  pastMaximumText:
    "The longest time that your rule allows is over, and something still stands in the way. Ask counsel which of the two counts.",
  open: "Asked for, not done yet",
  namelessFamily: "A family, by its number alone",
  someFamily: "A family that you do not look after",
  asked: (name: string, count: number, withRecord: boolean) =>
    count === 0
      ? `${name} asks to end the room of the professionals.`
      : `${name} asks to end ${rooms(count)}${withRecord ? " and the room of the professionals" : ""}.`,
  askedOn: (at: number) => `Asked on ${date(at)}`,
  agreed: (name: string, at: number) => `${name} agreed on ${date(at)}`,
  needsAnother: "Somebody else who runs the practice has to agree.",
  waitUntil: (at: number) => `You run this practice alone. You can agree yourself from ${date(at)} on.`,
  underWay: (left: number) =>
    `${rooms(left)} to go. This is done by the devices of those who look after the family, when they are open.`,
  look: "Look at it and decide",
  takeBack: "Take it back",
  takeBackTitle: "Take it back?",
  takeBackText: "Nothing more is ended. What has ended already does not come back.",
  confirmTitle: "End these rooms for good?",
  checks: (name: string) => `What the device of ${name} has checked`,
  checkClosed: "The family is closed.",
  checkHold: "Nothing is on hold.",
  checkMinor: "No child or teenager stands in the way.",
  checkDue: (at: number) => `Its time is over since ${date(at)}.`,
  checkMaximum: (months: number) => `The rule allows ${span(months)} at most.`,
  checkAgain:
    "All of this is looked at once more before each room ends. A hold stops it until the last moment.",
  isLost: (count: number, withRecord: boolean) =>
    `${rooms(count + (withRecord ? 1 : 0))} and all that is in them: words, photos and files. Gone from the server and from the devices of all who are in them.`,
  backups: "Backups from before hold the rooms until they are deleted.",
  iKnow: "I know that what is lost cannot come back.",
  agree: "I agree: end them",
  certificates: "What has ended",
  certificate: "Certificate",
  show: "Show the certificate",
  hide: "Hide the certificate",
  endedRooms: (count: number) => (count === 1 ? "1 room has ended" : `${count} rooms have ended`),
  partly: (count: number) => `${rooms(count)} of it did not end.`,
  familyNumber: "Number of the family",
  roomNumber: "Number of the room",
  endedBy: (name: string, at: number) => `ended on ${date(at)} by ${name}`,
  proposedBy: "Asked for by",
  confirmedBy: "Agreed by",
  byAt: (name: string, at: number) => `${name}, ${date(at)}`,
  gone: "What was in these rooms was destroyed on the server. It keeps only what proves that they ended. Each device lets go of the rooms and of their keys when it is open again.",
  rule: "Rule",
  dueSinceLabel: "Due since",
};

/** The same on a family's page. */
export const keepingFamily = {
  title: "How long we keep this",
  open: "When you close the family, the time of your rule begins.",
  noRule: "Your practice has no rule yet. Set it on the page of your practice.",
  inTheWay: "What stands in the way of ending it",
  free: "Nothing stands in the way.",
  incomplete:
    "Part of what was written in the room of the professionals is missing. Nothing can be ended like this.",
  obstacle,
  holds,
  hold: "Hold",
  holdOpen: "Put this family on hold",
  holdText: "While it is on hold, nothing of this family ends, whatever the rule says.",
  holdWhy: "Why it has to stay",
  holdOn: "Put it on hold",
  holdIs: (reason: HoldReason) => `On hold. ${holds[reason]}. Nothing of this family can be ended.`,
  holdOff: "Lift the hold",
  holdOffTitle: "Lift the hold?",
  holdOffText:
    "Then the rule of your practice counts again. What was asked for before has to be asked for anew.",
  ofAge: "When the youngest turns 18",
  ofAgeText: "A child or teenager is in this family. What was written is kept until they are 18, and longer.",
  month: "Month",
  year: "Year",
  ofAgeIs: (month: string, year: number) => `The youngest turns 18 in ${month} ${year}.`,
  ofAgeSave: "Save this month",
  ofAgeMissing: "Choose the month and the year.",
  choose: "Choose",
  number: "Note down the number of this family. What stays later names it by this number alone:",
  end: "End these rooms for good",
  endText:
    "You ask for it, and somebody else of your practice has to agree. If you run it alone, you agree yourself a week later. Until then nothing happens.",
  tellThem: "Tell the family first. They can read their rooms until the end, and nobody asks them here.",
  lost: "What is lost, and for whom",
  elsewhere: "kept by a colleague",
  withRecord: "Also the room of the professionals, and with it all that is on this page",
  recordWaits: "The room of the professionals stays. Its time is not over.",
  ask: "Ask to end them",
  askTitle: "Ask to end these rooms?",
  ended: "Rooms of this family have ended. They do not come back, and the family is not opened again.",
  months: (month: number): string =>
    new Intl.DateTimeFormat("en", { month: "long", timeZone: "UTC" }).format(Date.UTC(2000, month - 1, 1)),
};
