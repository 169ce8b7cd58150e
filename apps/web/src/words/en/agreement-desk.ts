import type {
  AgreementLanguage,
  AuthorityProof,
  Capacity,
  ConsentTrigger,
  CopyForm,
  DeviceClass,
  Score,
  SignerAnswer,
  VersionStage,
} from "@sotto/domain";
import { date, list } from "./say.ts";
import { triggers } from "./triggers.ts";

const clock = (minutes: number): string => {
  const [hours, rest] = [Math.trunc(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  const ahead = `${String(hours)}${rest === 0 ? "" : `:${String(rest).padStart(2, "0")}`}`;
  return `clock at UTC${minutes < 0 ? "-" : "+"}${ahead}`;
};

/** A therapist's desk for one family's agreement. */
export const agreementDesk = {
  title: (family: string) => `Agreement of ${family}`,
  nothing:
    "Nothing has been offered yet. Until all have signed, what somebody tells you alone stays with them and you.",
  compose: "Make an agreement",
  goOn: "Go on with your draft",
  another: "Make a new version",
  together: "Go through it together",
  togetherEnd: "Back to the desk",
  toFamily: "To the family",
  suspended: (names: readonly string[]) =>
    names.length === 0
      ? "Somebody took their name back. The agreement does not hold now."
      : `${list(names)} took their name back. The agreement does not hold now. The others are not told who it was.`,
  suspendedNext: "Talk with them alone first. A new version starts it again, when all have signed.",
  signers: "Who signs",
  as: {
    self: () => "for themselves",
    assent: () => "with their own yes",
    guardian: (minor: string) => `as guardian of ${minor}`,
  } satisfies Readonly<Record<Capacity, (minor: string) => string>>,
  signedAt: (as: string, at: number) => `Signed ${as}, ${date(at)}`,
  waits: (as: string) => `Waits to sign ${as}`,
  noProof: (minor: string) => `For ${minor}: no proof of authority seen yet.`,
  proofSeen: (minor: string, proof: string) => `For ${minor}: ${proof}.`,
  recordProof: (minor: string) => `Record what you saw for ${minor}`,
  proofHint: "Only you and your colleagues see this. It stops nothing.",
  whichProof: "What you saw",
  proofs: {
    "birth-certificate": "a birth certificate",
    "court-order": "an order of a court",
    "custody-agreement": "an agreement on custody",
    "adoption-papers": "papers of an adoption",
    "agency-letter": "a letter of an agency",
    "told-only": "nothing seen, they told it themselves",
  } satisfies Readonly<Record<AuthorityProof, string>>,
  sameDevice: (names: readonly string[]) =>
    `Worth a word with each of them alone: ${list(names)} signed on what looks like one device, within an hour.`,
  contactChanged: (name: string) =>
    `Worth a word with ${name} alone: how you reach them was changed in the days before they signed.`,
  checkHint: "It may mean nothing. The family does not see this, and it stops nothing.",
  signedWith: (device: DeviceClass, minutes: number) => `Signed on a ${device}, ${clock(minutes)}.`,
  delivered: (form: CopyForm, at: number) =>
    form === "pdf" ? `Keeps the PDF since ${date(at)}` : `Keeps the signed file since ${date(at)}`,
  witnessed: (name: string) => `Witness: ${name}.`,
  recordWitness: "Record a witness",
  witnessHint: "Some laws ask for one. Everyone who signs this agreement can read the name.",
  whichSignature: "Which signature",
  witnessName: "Name of the witness",
  notJoined: "Has not come in yet. They are asked as soon as they do.",
  answers: {
    declined: "Said no",
    "change-asked": "Asks for a change",
    "not-yet": "Not yet",
  } satisfies Readonly<Record<SignerAnswer, string>>,
  reason: (reason: string) => `Their reason, for you alone: ${reason}`,
  noReason: "They gave no reason.",
  read: (count: number, of: number) => `Has read ${String(count)} of ${String(of)} parts`,
  understood: (percent: number) => `${String(percent)} percent of the questions are right`,
  round: (round: number) =>
    round === 0 ? "Questions at the signing:" : `Questions, round ${String(round)}:`,
  roundOpen: "not answered yet.",
  roundScore: (score: Pick<Score, "asked" | "answered" | "firstPercent" | "percent">) =>
    `${String(score.answered)} of ${String(score.asked)} answered, ${String(score.firstPercent)} percent right at first, ${String(score.percent)} percent now.`,
  talkAbout: (parts: readonly string[]) => `Talk about: ${list(parts)}`,
  questions: "Questions",
  noQuestions: "No questions so far.",
  asked: (name: string, part: string) => `${name} about “${part}”`,
  answer: "Your answer",
  answerHint: (name: string) => `${name} reads it beside this part.`,
  share: "Show question and answer to everyone, without a name",
  mayNotShare: "They want only you to see this.",
  send: "Send the answer",
  yourAnswer: (text: string) => `You: ${text}`,
  due: "What asks for a new look",
  noDue: "Nothing right now.",
  dueLine: (trigger: ConsentTrigger, names: readonly string[]) =>
    names.length === 0 ? triggers[trigger] : `${triggers[trigger]}: ${list(names)}`,
  since: (at: number) => `Since ${date(at)}`,
  birthday: (at: number) => `The birthday is on ${date(at)}`,
  calls: { "new-version": "A new version is to be signed.", talk: "Talk about it." },
  apart: "See each of them alone.",
  talked: "We talked about it today",
  record: "Record a change",
  recordHint:
    "Some changes ask for everyone's consent again. After three sessions you talk about it. Say what happened; nothing is sent to the family.",
  what: "What happened",
  whom: "Whom it touches",
  save: "Record it",
  recorded: "It is recorded.",
  triggers,
  recall: "Take this version back",
  recallTitle: "Take this version back?",
  recallText: "Nobody can sign it any more. What was signed of it counts for nothing.",
  versions: "Versions",
  version: (number: number) => `Version ${String(number)}`,
  stages: {
    open: () => "Waits for signatures",
    "in-force": (since: number) => `Holds since ${date(since)}`,
    superseded: (since: number, until: number) => `Held from ${date(since)} to ${date(until)}`,
    suspended: (since: number, until: number) =>
      `Held from ${date(since)}, until somebody took their name back on ${date(until)}`,
    void: () => "Never held",
  } satisfies { readonly [Kind in VersionStage["kind"]]: (since: number, until: number) => string },
  language: "In which language",
  languages: { en: "English", es: "Spanish" } satisfies Readonly<Record<AgreementLanguage, string>>,
  pdf: "Save as PDF",
  copy: "Save the signed file",
  fhir: "Save for other programs (FHIR)",
  forPractice: "For our own files: with what only therapists were told",
  forPracticeHint:
    "It then shows proofs of authority, copies, devices and scores. Do not hand this one to the family.",
  copyHint:
    "The PDF is to read. The signed file shows who signed what, and can be checked without us. Each names people: keep it safe.",
};
