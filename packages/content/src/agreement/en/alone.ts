import type { ClauseCode } from "@sotto/domain";
import { all, three, two } from "../worded.ts";
import type { Worded } from "../worded.ts";

type Part = "client" | "policy" | "contacts" | "telling" | "limits" | "earlier";

/** Who the client is, and what becomes of what is said alone (domain.md 3, 5 and 7; the policies follow the sample wording of section 5). */
export const alone = {
  "client.unit": two(
    "All of you together are the client. The therapist takes no side.",
    "The therapist is here for all of you.",
  ),
  "client.individual": two(
    "{person} is the client. The others come to help, and are not clients.",
    "The therapist is here for {person}. You all help.",
  ),
  "client.parallel": two(
    "Each of you is a client. You share one therapist, and each has a file of your own.",
    "The therapist is here for each of you.",
  ),
  "policy.no-secrets": three(
    "Please do not tell the therapist alone what the others must never know. If it matters for all of you, the therapist will first help you to say it. If you do not, the therapist may tell them.",
    "If you tell the therapist something alone, the others may get to know it. The therapist helps you to say it first. If you do not, the therapist may say it.",
    "What you tell the therapist alone may be told to your family. The therapist helps you to tell it first.",
  ),
  "policy.limited": two(
    "What you tell the therapist alone stays there. There is a short list of things that you will be asked to share. The therapist does not tell them for you.",
    "What you tell the therapist alone stays there. A few things you will be asked to tell. The therapist will not tell them for you.",
  ),
  "policy.category.affair": two(
    "On the list: a love affair that goes on now.",
    "On the list: a grown-up has a secret love.",
  ),
  "policy.category.ending": two(
    "On the list: you have made up your mind to leave.",
    "On the list: a grown-up wants to move out.",
  ),
  "policy.category.money": two(
    "On the list: debts, or money that the others count on.",
    "On the list: big worries about money.",
  ),
  "policy.category.health": two(
    "On the list: an illness that the others should know of.",
    "On the list: somebody is very ill.",
  ),
  "policy.category.substances": two(
    "On the list: drink or drugs, when the others count on you.",
    "On the list: too much drink, or drugs.",
  ),
  "policy.category.goals": two(
    "On the list: you work against what you all came here to do.",
    "On the list: you do not want what we all try to do here.",
  ),
  "policy.discretion": three(
    "The therapist weighs each time how much of what you say alone is shared, and when. If you want to keep something from the others, talk about that first.",
    "The therapist thinks each time about what to share of what you say alone. If you want to keep it from the others, ask first.",
    "The therapist thinks hard about what to share and what to keep. You can ask first.",
  ),
  "policy.tells-speaker-first": two(
    "The therapist tells you before it is shared.",
    "The therapist tells you first.",
  ),
  "policy.may-not-tell-first": two(
    "The therapist may share it before you are told.",
    "The therapist may not be able to tell you first.",
  ),
  "policy.full": two(
    "What you tell the therapist alone stays there. The therapist does not share it with the others.",
    "What you tell the therapist alone stays there.",
  ),
  "policy.no-individual-contact": two(
    "You do not meet the therapist alone. What you write goes to all of you.",
    "You all see the therapist at the same time.",
  ),
  "policy.screened": two(
    "Before this, each of you was asked alone if you feel safe at home.",
    "The therapist asked each of you alone if you feel safe.",
  ),
  "policy.not-screened": two(
    "Nobody has been asked alone yet if they feel safe at home.",
    "The therapist still has to ask you if you feel safe.",
  ),
  "contacts.individual-session": two(
    "This counts when you meet the therapist alone.",
    "This counts when you are there alone.",
  ),
  "contacts.call": all("This counts when you talk on the phone."),
  "contacts.text": all("This counts for text messages from your phone."),
  "contacts.email": all("This counts for mail that you send."),
  "contacts.message": all("This counts for what you write in your room here."),
  "contacts.note": all("This counts for notes and letters that you hand over."),
  "contacts.social-media": all("This counts for what you send by an app or a web page."),
  "contacts.third-party": all("This counts for what other people tell the therapist about you."),
  "telling.help-first": two(
    "If you need to tell the others, the therapist helps you find the words and the time.",
    "The therapist helps you find the words.",
  ),
  "telling.sessions": all("How many meetings you have to tell it: {count}."),
  "telling.days": all("How many days you have to tell it: {count}."),
  "telling.pause": all("If you do not tell it, meetings of all of you may stop for a while."),
  "telling.end": all("If you do not tell it, meetings of all of you may end."),
  "telling.refer": two(
    "If you do not tell it, the therapist may help you all to find someone else.",
    "If you do not tell it, you may all get a new therapist.",
  ),
  "telling.no-reason": two(
    "The therapist never says why. The words are always the same: “I can not go on with you all for now. Here is what you can do.”",
    "The therapist never says why.",
  ),
  "telling.judged": two(
    "There is no set time. The therapist talks with you about what should be said, and when.",
    "The therapist talks with you about what to say, and when.",
  ),
  "telling.stays": two(
    "Nobody makes you tell it. If the therapist cannot go on, nobody is told why.",
    "Nobody makes you tell it.",
  ),
  "telling.together": two(
    "If you do write alone, it stays with you and the therapist.",
    "If you write alone, it stays with the therapist.",
  ),
  "limits.child-abuse": two(
    "A child may be hurt or not cared for? Then the therapist has to tell those who keep children safe.",
    "If someone hurts a child, the therapist gets help. It is never the fault of the child.",
  ),
  "limits.adult-abuse": two(
    "If someone old or weak may be hurt, the therapist may have to tell those who keep them safe.",
    "If someone hurts a grown-up who is old or weak, the therapist may get help.",
  ),
  "limits.danger-to-self": two(
    "If you may hurt yourself badly, the therapist gets help. They may tell someone who can keep you safe.",
    "If you want to hurt yourself, the therapist gets help for you.",
  ),
  "limits.danger-to-others": two(
    "Someone plans to hurt others? Then the therapist may warn those people or call the police.",
    "If someone wants to hurt others, the therapist may call for help.",
  ),
  "limits.court-order": two(
    "If a judge orders it, the therapist has to hand over what was asked for. No more than that.",
    "If a judge says so, the therapist has to tell some things.",
  ),
  "limits.claim": two(
    "Someone may take the therapist to court. Then the therapist may say what it takes to answer.",
    "If someone says the therapist was wrong, the therapist may speak up.",
  ),
  "limits.oversight": two(
    "Some offices check that therapists do their work well. By law they may ask to see files.",
    "Some people check that the therapist does good work.",
  ),
  "limits.payment": two(
    "If a health plan pays, it is told who came, when and what for.",
    "Whoever pays may hear that you came.",
  ),
  "limits.supervision": two(
    "The therapist may ask for advice from one who does the same work. Your names stay out of it, unless you say yes.",
    "The therapist may ask another one for help. They do not say your name.",
  ),
  "limits.emergency": two(
    "If you need a doctor at once, the therapist may tell them what they need to know.",
    "If you need a doctor fast, the therapist may talk to them.",
  ),
  "limits.death": two(
    "If one of you dies, the therapist still keeps quiet. The law may ask for a few facts.",
    "If someone dies, the therapist still keeps what they said safe.",
  ),
  "earlier.stays-private": two(
    "What you told the therapist before you signed stays as it was. This does not open it.",
    "What you said before stays as it was.",
  ),
  "earlier.by-permission": two(
    "What you told the therapist before you signed stays shut. You alone can open it, by writing that you want to.",
    "What you said before stays shut. You alone can open it.",
  ),
} as const satisfies { readonly [Code in Extract<ClauseCode, `${Part}.${string}`>]: Worded };
