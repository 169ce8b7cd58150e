import type { ClauseCode } from "@sotto/domain";
import { all, two } from "../worded.ts";
import type { Worded } from "../worded.ts";

type Part = "minors" | "messages" | "change" | "worries";

/** What is promised to and about minors, how to write, how it changes, and what to do with a worry (domain.md 8, 16 to 18; leaks.md 2.4 and 6.2). */
export const living = {
  "minors.private": two(
    "What {minor} says alone stays with the therapist. It goes no further, unless someone may get hurt.",
    "What {minor} says alone stays with the therapist, unless someone may get hurt.",
  ),
  "minors.partial": two(
    "The adults who care for {minor} hear how things go. They do not hear just what was said, unless {minor} says yes.",
    "The grown-ups of {minor} hear how things go. They do not hear what {minor} said, unless {minor} says yes.",
  ),
  "minors.open": two(
    "The adults who care for {minor} may hear what {minor} says here.",
    "The grown-ups of {minor} may hear what {minor} says.",
  ),
  "minors.told.attendance": all("They hear if {minor} came or not."),
  "minors.told.serious-risk": all("They hear at once if {minor} may get badly hurt."),
  "minors.told.how-it-goes": all("They hear how it goes for {minor} on the whole."),
  "minors.told.topics": all("They hear what {minor} talks about, and not the words."),
  "minors.told.content": all("They may hear what {minor} said."),
  "minors.tells-first": all("If they are told something, {minor} is told first."),
  "minors.consent.guardians": all("Who says yes for {minor}: {guardians}."),
  "minors.consent.minor": all("{minor} can say yes to this alone."),
  "minors.consent.court": all("A court has said who can say yes for {minor}: {guardians}."),
  "minors.consent.agency": all("An office for children says yes for {minor}: {guardians}."),
  "messages.room": all("You can write in your rooms here."),
  "messages.call": all("You can call on the phone."),
  "messages.text": all("You can send a text. Someone else may be able to read it."),
  "messages.email": all("You can send mail. Someone else may be able to read it."),
  "messages.video": all("You can meet by video. Make sure that no one else can hear you."),
  "messages.answer.room": all("How many hours an answer takes there at most: {hours}."),
  "messages.answer.call": all("How many hours it takes until you are called back: {hours}."),
  "messages.answer.text": all("How many hours an answer to a text takes at most: {hours}."),
  "messages.answer.email": all("How many hours an answer to mail takes at most: {hours}."),
  "messages.answer.video": all("How many hours an answer to a video call takes at most: {hours}."),
  "messages.crisis": all("If it cannot wait, call {name}: {number}. Do not wait for an answer here."),
  "messages.no-crisis": all(
    "If it cannot wait, call for help where you live. Do not wait for an answer here.",
  ),
  "change.everyone-signs": two(
    "If this is to change, all of you sign again.",
    "If this changes, you all sign again.",
  ),
  "change.not-backwards": two(
    "A change never counts for what you said before it.",
    "What you said before stays as it was.",
  ),
  "change.withdraw": two(
    "You can take back your yes when you want. It counts at once. Only the therapist knows who did it.",
    "You can say no later, too. Only the therapist knows that it was you.",
  ),
  "change.check-in": all("How many months until you talk about it again: {months}."),
  "change.review": all("How many months until you read it all again: {months}."),
  "worries.route.therapist": two(
    "If something does not feel right, tell the therapist. {contact}",
    "If something feels wrong, tell the therapist. {contact}",
  ),
  "worries.route.privacy-officer": two(
    "You can also tell the one who looks after privacy here. {contact}",
    "You can tell one more person here. {contact}",
  ),
  "worries.route.outside": two(
    "You can also turn to an office that is not part of this place. {contact}",
    "A grown-up can help you to ask someone else. {contact}",
  ),
  "worries.members.talk": two(
    "If one of you passed something on, you talk about it first.",
    "If someone told, you talk about it first.",
  ),
  "worries.members.repair-plan": all("Then you make a plan to mend it."),
  "worries.members.pause-alone": all("It may be that no one meets the therapist alone for a while."),
  "worries.members.end-joint": all("If it goes on, meetings of all of you may end."),
  "worries.practice.safety-first": two(
    "If something got out, we first make sure that you are safe.",
    "If something got out, we first look that you are safe.",
  ),
  "worries.practice.stop-it": all("We do all we can to stop it."),
  "worries.practice.tell-you": all("We tell you what got out, who has it, and what we do not know yet."),
  "worries.practice.say-sorry": all("We say that we are sorry for our part, and we do not blame you."),
  "worries.practice.your-choices": all(
    "We say what you can do now: go on, take a break, or see someone else.",
  ),
  "worries.practice.mend-cause": all("We find out how it came about, and mend that."),
  "worries.practice.ask-again": all("We ask you later how you are."),
  "worries.first-word": all("How many hours until we talk to you, at most: {hours}."),
} as const satisfies { readonly [Code in Extract<ClauseCode, `${Part}.${string}`>]: Worded };
