import { decidedChoices } from "./choices.ts";
import { clausesOf } from "./clause.ts";
import type { Gap } from "./gap.ts";
import type { AgreementPart } from "./part.ts";
import { AGREEMENT_PARTS } from "./part.ts";
import type { ClauseCatalogue } from "./part-words.ts";
import { nameIn, usualWords, writtenValues } from "./part-words.ts";
import type { AgreementTemplate, TemplateText } from "./template.ts";
import { partText } from "./template-file.ts";
import type { TemplateRefusal } from "./template-reading.ts";
import type { AgreementDraft, AgreementLanguage, AgreementVersion, PartWords } from "./version.ts";

/*
 * Words of a practice's own for a part, in place of the sentences that follow from its choice. Free words are read for nothing but markup and signs that
 * nobody can see: what software does follows from the choice alone. So they remember what the part said when a person last looked at them, and whether they
 * still fit is asked again whenever that is something else.
 */

/** Own words for one part, in one language, for one kind of reader. */
export interface OwnWords extends PartWords {
  /** What the part said when somebody last said that they fit; null when nobody has said so for this family. */
  readonly fits: string | null;
}

type Chosen = Pick<AgreementDraft, "choices" | "parties">;

/** What a part says, as one text to compare by: its sentences as codes, with names and numbers. Null while a part is open. */
export function saidIn({ choices, parties }: Chosen, part: AgreementPart): string | null {
  const decided = decidedChoices(choices);
  if (decided === null) return null;
  const nameOf = nameIn(parties);
  const clauses = clausesOf(decided).filter((clause) => clause.part === part);
  return JSON.stringify(
    clauses.map(({ code, values }) => [
      code,
      Object.entries(writtenValues(values, nameOf)).toSorted(([one], [other]) => (one < other ? -1 : 1)),
    ]),
  );
}

/** Why a text cannot stand in an agreement; empty when it can. Nothing is put into it: a value between braces refers to nothing. */
export function ownWordsRefusals(text: string): readonly TemplateRefusal[] {
  const why: TemplateRefusal[] = [];
  partText(text, { at: "", refuse: (one) => why.push(one) });
  return why;
}

/** True when they are for the same place. */
export function isSamePlace(one: Omit<PartWords, "text">, other: Omit<PartWords, "text">): boolean {
  return one.part === other.part && one.language === other.language && one.reader === other.reader;
}

/** The words that stand in a draft: own ones where there are some that may stand, otherwise as they were. A part that says nothing says nothing in other words. */
export function withOwnWords(words: readonly PartWords[], own: readonly OwnWords[]): readonly PartWords[] {
  return words.map((one) => {
    const instead = own.find((other) => isSamePlace(one, other));
    if (instead === undefined || ownWordsRefusals(instead.text).length > 0) return one;
    return { ...one, text: instead.text.trim() };
  });
}

/** What a version says in other words than would stand there by its choices: so that a draft that goes on from it goes on saying it. */
export function ownWordsIn(
  version: AgreementVersion,
  catalogues: { readonly [Language in AgreementLanguage]: ClauseCatalogue },
  wordings: readonly TemplateText[] = [],
): readonly OwnWords[] {
  const usual = usualWords(version, catalogues, wordings);
  return version.words
    .filter((one) => usual.find((other) => isSamePlace(one, other))?.text !== one.text)
    .map((one) => ({ ...one, fits: saidIn(version, one.part) }));
}

/** What a family, or a practice's rule, has a say in: whether words fit that were written for another family, a person has to look. */
const OF_THE_FAMILY: readonly AgreementPart[] = ["client", "outsiders", "promises", "records", "minors"];

/** The own words of a template, in a draft that was just begun from it. */
export function ownWordsFrom({ parts }: AgreementTemplate, draft: Chosen): readonly OwnWords[] {
  return parts.map((one) => ({
    ...one,
    fits: OF_THE_FAMILY.includes(one.part) ? null : saidIn(draft, one.part),
  }));
}

/** All own words of a part fit what it says now: somebody has looked. */
export function withFitting(
  own: readonly OwnWords[],
  draft: Chosen,
  part: AgreementPart,
): readonly OwnWords[] {
  return own.map((one) => (one.part === part ? { ...one, fits: saidIn(draft, part) } : one));
}

/** What there is to mend or to look at in own words, as far as they stand in this draft. */
export function ownWordGaps(draft: AgreementDraft, own: readonly OwnWords[]): readonly Gap[] {
  const here = own.filter((one) => draft.words.some((other) => isSamePlace(one, other)));
  const refused = here.filter(({ text }) => ownWordsRefusals(text).length > 0);
  const unsure = AGREEMENT_PARTS.filter((part) =>
    here.some((one) => one.part === part && one.fits !== saidIn(draft, part)),
  );
  return [
    ...refused.map(({ language, part, reader }): Gap => ({
      kind: "own-words-refused",
      weight: "blocks",
      part,
      about: `${language}.${reader}`,
    })),
    ...unsure.map((part): Gap => ({ kind: "own-words-unsure", weight: "doubtful", part })),
  ];
}

/**
 * Which own words go into a template, for other families: those that may stand and in which nobody's name does. Names are found word by word, whatever their
 * case and accents; a name that somebody is called by and that is recorded nowhere is not found.
 */
export function ownWordsForTemplate(
  own: readonly OwnWords[],
  names: readonly string[],
): { readonly go: readonly PartWords[]; readonly stay: readonly PartWords[] } {
  const mayGo = ({ text }: OwnWords): boolean =>
    ownWordsRefusals(text).length === 0 && !namesSomebody(text, names);
  const place = ({ language, part, reader, text }: OwnWords): PartWords => ({
    part,
    language,
    reader,
    text: text.trim(),
  });
  return {
    go: own.filter(mayGo).map(place),
    stay: own.filter((one) => !mayGo(one)).map(place),
  };
}

/** Words within names that stand in any text. As the first word of a name they are a name. */
const PARTICLES = new Set(
  "al bin da de del den der di do dos du e el la las le los of the van von y".split(" "),
);

const plain = (text: string): string => text.normalize("NFD").replaceAll(/\p{M}/gu, "").toLowerCase();
const wordsOf = (text: string): readonly string[] => plain(text).match(/[\p{L}\p{N}]+/gu) ?? [];

/** True when a word of one of these names stands in a text. In a writing without spaces, the whole name. */
export function namesSomebody(text: string, names: readonly string[]): boolean {
  const said = new Set(wordsOf(text));
  return names.some((name) => {
    const words = wordsOf(name).filter((word, index) => index === 0 || !PARTICLES.has(word));
    const isUnspaced = /[^\P{L}\p{Script=Latin}]/u.test(name);
    return words.some((word) => said.has(word) || (isUnspaced && plain(text).includes(word)));
  });
}
