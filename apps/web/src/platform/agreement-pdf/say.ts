import type { Day, PersonId, RequiredSignature } from "@sotto/domain";
import type { PaperWords } from "@sotto/content/paper-words";
import { fill } from "./block.ts";
import type { AgreementPaper } from "./paper.ts";

/** A day of the calendar. In words of our own and not the browser's: the same paper comes out of every one. */
export function sayDay(words: PaperWords, { day, month, year }: Day): string {
  return fill(words.day, { day, month: words.months[month - 1] ?? month, year });
}

/** A moment to the minute, in UTC: where somebody was when they signed is nobody's to read. */
export function sayMoment(words: PaperWords, at: number): string {
  const when = new Date(at);
  const day = { year: when.getUTCFullYear(), month: when.getUTCMonth() + 1, day: when.getUTCDate() };
  return fill(words.moment, { day: sayDay(words, day), time: when.toISOString().slice(11, 16) });
}

/** Digits in groups of four, as people compare them. */
export function inGroups(digits: string): string {
  return digits.replaceAll(/(.{4})(?=.)/g, "$1 ");
}

/** The name of a party or a therapist; their id where none is known. */
export function nameOf({ therapists, verdict }: AgreementPaper, person: PersonId): string {
  const named = [...verdict.version.parties, ...therapists].find((one) => one.person === person)?.name ?? "";
  return named.trim() === "" ? person : named;
}

/** As what somebody signs. */
export function sayCapacity(words: PaperWords, paper: AgreementPaper, { as, of }: RequiredSignature): string {
  return fill(words.capacities[as], { name: nameOf(paper, of) });
}
