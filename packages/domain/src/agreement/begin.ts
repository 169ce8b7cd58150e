import type { PersonId } from "../id.ts";
import type { Family, Person } from "../family/person.ts";
import type { RetentionRule } from "../retention/rule.ts";
import { guardiansOf } from "../room/plan.ts";
import { decidedChoices } from "./choices.ts";
import type { Day } from "./day.ts";
import type { ClauseCatalogue } from "./part-words.ts";
import type { OwnWords } from "./own-words.ts";
import { withOwnWords } from "./own-words.ts";
import { usualWords } from "./part-words.ts";
import type { Place } from "./place.ts";
import type { AgreementTemplate, TemplateText } from "./template.ts";
import { choicesFrom } from "./template.ts";
import type { AgreementDraft, AgreementLanguage, Party } from "./version.ts";

/** Somebody of the record as a party. Children are asked from the age on at which they can, which only who knows them can say: at first nobody asks them. */
export function partyOf({ name, person, role }: Person): Party {
  return { person, name, role, signs: role !== "child", born: null };
}

/** A draft begun from a template for everybody in a family. Its words come when all fourteen parts are decided (`withWords`). */
export function beginDraft(wish: {
  readonly template: AgreementTemplate;
  readonly family: Family;
  readonly therapists: readonly PersonId[];
  readonly places: readonly Place[];
  readonly retention: RetentionRule | null;
  readonly on: Day;
}): AgreementDraft {
  const { family, on, places, retention, template, therapists } = wish;
  const parties = family.people.map(partyOf);
  const guardians = new Map(family.people.map(({ person }) => [person, guardiansOf(family, person)]));
  const adults = family.people.filter(({ inTreatment, role }) => inTreatment && role === "adult");
  // With several, nobody but the therapist says who the one client is.
  const client = adults.length === 1 ? (adults[0]?.person ?? null) : null;
  const choices = choicesFrom(template, { parties, guardians, client, retention });
  return { on, parties, therapists, places, choices, words: [] };
}

/** The same draft with the words that its choices come to, in every language, for every kind of reader among its parties; without any while a part is open. Own words of a part stand in place of all of it. */
export function withWords(
  draft: AgreementDraft,
  catalogues: { readonly [Language in AgreementLanguage]: ClauseCatalogue },
  wordings: readonly TemplateText[] = [],
  own: readonly OwnWords[] = [],
): AgreementDraft {
  const choices = decidedChoices(draft.choices);
  if (choices === null) return { ...draft, words: [] };
  const words = usualWords({ choices, parties: draft.parties }, catalogues, wordings);
  return { ...draft, words: withOwnWords(words, own) };
}
