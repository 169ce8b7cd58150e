import type { AgreementId, AgreementVersionId, FamilyId, PersonId } from "../id.ts";
import type { FamilyRole } from "../family/person.ts";
import { isMinorRole } from "../family/person.ts";
import type { Choices, OpenChoices } from "./choices.ts";
import type { Day } from "./day.ts";
import type { AgreementPart } from "./part.ts";
import type { Place } from "./place.ts";

export const AGREEMENT_LANGUAGES = ["en", "es"] as const;
export type AgreementLanguage = (typeof AGREEMENT_LANGUAGES)[number];

/** For whom words are written. */
export const READERS = ["adult", "teen", "child"] as const;
export type Reader = (typeof READERS)[number];

/** Somebody whom an agreement is about. */
export interface Party {
  readonly person: PersonId;
  readonly name: string;
  readonly role: FamilyRole;
  /** False for somebody who will not sign, or is too young to: under no policy is anything of theirs told. */
  readonly signs: boolean;
  /** Of somebody under age; null where it is not known. */
  readonly born: Day | null;
}

/** What one part says, word by word, to one kind of reader in one language. */
export interface PartWords {
  readonly part: AgreementPart;
  readonly language: AgreementLanguage;
  readonly reader: Reader;
  readonly text: string;
}

/** The template that an agreement was begun from. */
export interface TemplateName {
  readonly template: string;
  readonly version: number;
}

/** An agreement while it is composed. */
export interface AgreementDraft {
  /** The day it is made for: how old somebody is, is counted on it. */
  readonly on: Day;
  readonly parties: readonly Party[];
  readonly therapists: readonly PersonId[];
  readonly places: readonly Place[];
  readonly choices: OpenChoices;
  readonly words: readonly PartWords[];
}

/** A version of an agreement as it is offered and signed. Nothing in it is ever changed: what changes is another version. */
export interface AgreementVersion extends AgreementDraft {
  readonly agreement: AgreementId;
  readonly version: AgreementVersionId;
  readonly family: FamilyId;
  /** 1 for the first, and higher for each one after it. */
  readonly number: number;
  readonly template: TemplateName | null;
  readonly choices: Choices;
}

/** What compiles: who it is about and what was chosen. */
export type AgreementTerms = Pick<AgreementVersion, "parties" | "choices">;

/** In which words somebody reads it. */
export function readerOf(role: FamilyRole): Reader {
  return role === "teen" || role === "child" ? role : "adult";
}

/** Those of the parties who are under age. */
export function minorsOf(parties: readonly Party[]): readonly Party[] {
  return parties.filter(({ role }) => isMinorRole(role));
}

/** The kinds of readers among the parties. Adults always: whoever guards a minor or looks after the family reads it too. */
export function readersOf(parties: readonly Party[]): readonly Reader[] {
  return [...new Set(["adult" as const, ...parties.map(({ role }) => readerOf(role))])];
}
