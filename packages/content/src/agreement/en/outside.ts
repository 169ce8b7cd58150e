import type { ClauseCode } from "@sotto/domain";
import { all, two } from "../worded.ts";
import type { Worded } from "../worded.ts";

type Part = "outsiders" | "promises" | "records" | "court";

/** What leaves the family, what its people promise each other, records and court (domain.md; 15 and 17). */
export const outside = {
  "outsiders.everyone": two(
    "Nothing goes out of this family until each adult has signed for it.",
    "Nothing goes to other people until the grown-ups have signed.",
  ),
  "outsiders.each-for-own": two(
    "Each of you signs for what is your own. What you share needs all of you.",
    "Each one says yes for their own things.",
  ),
  "outsiders.teens-sign": all("Teens sign too, for what they said."),
  "outsiders.exception.payment": two(
    "This may go out all the same: what it takes to be paid.",
    "Whoever pays may hear that you came.",
  ),
  "outsiders.exception.supervision": two(
    "This may go out all the same: a talk with another therapist, with no names.",
    "The therapist may ask another one, with no names.",
  ),
  "outsiders.exception.emergency": two(
    "This may go out all the same: what a doctor has to know at once.",
    "A doctor may hear what they need to know.",
  ),
  "outsiders.confide.own-words": two(
    "You may talk to a friend about you. What the others said stays here.",
    "You may talk about you. What the others said stays here.",
  ),
  "outsiders.confide.named-supporters": two(
    "You may talk to the people who are named here, and to no one else.",
    "You may talk to the people on this list.",
  ),
  "outsiders.confide.nobody": two(
    "No one talks to others about what is said here.",
    "What is said here stays here.",
  ),
  "outsiders.supporter.own-words": all("{person} may talk to {name}, but only about their own part."),
  "outsiders.supporter.what-was-said": all("{person} may tell {name} what was said here."),
  "promises.recording.nobody": two(
    "No one records what is said. Not the therapist, and not you.",
    "No one records what is said.",
  ),
  "promises.recording.when-all-agree": two(
    "What is said is recorded only if all of you say yes, each time.",
    "Someone may record only if you all say yes.",
  ),
  "promises.recording.therapist-for-training": two(
    "The therapist may record to learn from it, if all of you say yes. It is wiped when that is done.",
    "The therapist may record to learn, if you all say yes.",
  ),
  "promises.screenshot.nobody": all("No one takes a picture of what is on the screen."),
  "promises.screenshot.own-words": all("You may take a picture of your own words, and of no one else's."),
  "promises.screenshot.when-all-agree": all("You take a picture of the screen only if all of you say yes."),
  "promises.social.nothing": two(
    "No one posts a thing about what goes on here.",
    "No one puts this on the web.",
  ),
  "promises.social.own-story": two(
    "You may post about you. Never about the others, and never what they said.",
    "You may post about you, and never about the others.",
  ),
  "promises.marked": two(
    "What you see here has your name on it. So would a picture of it.",
    "Your name is on what you see here.",
  ),
  "promises.not-in-court": two(
    "No one uses what was said here to win in court.",
    "No one takes what was said here to a judge.",
  ),
  "promises.not-in-fights": two(
    "No one uses what was said here to hurt someone in a fight.",
    "No one uses what was said here to be mean.",
  ),
  "promises.no-questioning": two(
    "No one asks a child what they said to the therapist.",
    "No one may ask you what you said. You may tell if you want to.",
  ),
  "records.form.one": two("There is one file for all of you.", "The therapist keeps one file for you all."),
  "records.form.one-with-own-parts": two(
    "There is one file. Each of you has a part in it that is your own.",
    "There is one file, and a part of it is yours.",
  ),
  "records.form.separate": two("Each of you has a file of your own.", "You have a file of your own."),
  "records.access.all-agree": two(
    "No one gets to see the file alone. All of you have to say yes.",
    "No one sees the file alone.",
  ),
  "records.access.own-part": two(
    "You can ask to see your own part. What the others said is taken out.",
    "You can ask to see your part.",
  ),
  "records.kept": all("How many years the file is kept from the end on: {years}."),
  "records.kept-minor": all(
    "If a child was there, it is kept for more years. From when they are 18: {years}.",
  ),
  "records.kept-most": all("How many years it may be kept at most: {years}."),
  "records.kept-open": all("How long the file is kept is not set yet. Ask the therapist."),
  "court.not-promised": two(
    "The therapist cannot promise that a court will not ask. The therapist will ask the court to let it rest, and will tell each of you.",
    "A judge may ask what was said. The therapist will try to keep it safe.",
  ),
  "court.promised": two(
    "Nothing that is said here ever gets to a court.",
    "No judge ever hears what you say.",
  ),
  "court.by-order": two(
    "The therapist speaks in court only if a judge orders it.",
    "The therapist talks to a judge only if they have to.",
  ),
  "court.when-all-agree": two(
    "The therapist speaks in court only if all of you say yes, or a judge orders it.",
    "The therapist talks to a judge only if you all say yes, or if they have to.",
  ),
} as const satisfies { readonly [Code in Extract<ClauseCode, `${Part}.${string}`>]: Worded };
