import type { PersonId } from "../id.ts";
import type { Clause } from "./clause.ts";
import { clausesOf } from "./clause.ts";
import type { AgreementPart } from "./part.ts";
import { AGREEMENT_PARTS } from "./part.ts";
import type { AgreementVersion, Party, PartWords } from "./version.ts";

/** What one part says no more, and says now. */
export interface PartDifference {
  readonly part: AgreementPart;
  readonly removed: readonly Clause[];
  readonly added: readonly Clause[];
  /** Words that are written otherwise, also where no choice has changed. `before` or `after` is null where there were or are none. */
  readonly words: readonly (Pick<PartWords, "language" | "reader"> & {
    readonly before: string | null;
    readonly after: string | null;
  })[];
}

/** What has changed from one version to another, to be read before it is signed. Parts that are the same are left out. */
export interface AgreementDifference {
  readonly parts: readonly PartDifference[];
  readonly joined: readonly Party[];
  readonly left: readonly Party[];
  /** Who is called, counted or asked otherwise than before. */
  readonly changed: readonly { readonly before: Party; readonly after: Party }[];
  readonly therapistsJoined: readonly PersonId[];
  readonly therapistsLeft: readonly PersonId[];
  readonly placesAdded: readonly string[];
  readonly placesRemoved: readonly string[];
}

/** The difference between two versions; turned around, what was added is what was removed. */
export function differenceOf(before: AgreementVersion, after: AgreementVersion): AgreementDifference {
  const [was, is] = [clausesOf(before.choices), clausesOf(after.choices)];
  const parts = AGREEMENT_PARTS.map((part): PartDifference => ({
    part,
    removed: without(inPart(was, part), is, isSame),
    added: without(inPart(is, part), was, isSame),
    words: wordsChanged(part, before.words, after.words),
  })).filter(({ added, removed, words }) => added.length + removed.length + words.length > 0);
  const isPerson = (one: Party, other: Party): boolean => one.person === other.person;
  const stayed = before.parties.flatMap((one) => {
    const now = after.parties.find((other) => isPerson(one, other));
    return now === undefined ? [] : [{ before: one, after: now }];
  });
  const places = (version: AgreementVersion): readonly string[] => version.places.map(({ code }) => code);
  return {
    parts,
    joined: without(after.parties, before.parties, isPerson),
    left: without(before.parties, after.parties, isPerson),
    changed: stayed.filter((one) => !isSame(one.before, one.after)),
    therapistsJoined: without(after.therapists, before.therapists, isSame),
    therapistsLeft: without(before.therapists, after.therapists, isSame),
    placesAdded: without(places(after), places(before), isSame),
    placesRemoved: without(places(before), places(after), isSame),
  };
}

const inPart = (clauses: readonly Clause[], wanted: AgreementPart): readonly Clause[] =>
  clauses.filter(({ part }) => part === wanted);

const without = <Value>(
  values: readonly Value[],
  others: readonly Value[],
  isIt: (one: Value, other: Value) => boolean,
): readonly Value[] => values.filter((value) => !others.some((other) => isIt(value, other)));

/** Plain data, compared field by field; in which order the fields were written says nothing. */
const isSame = (one: unknown, other: unknown): boolean => {
  if (Object.is(one, other)) return true;
  if (typeof one !== "object" || typeof other !== "object" || one === null || other === null) return false;
  const [mine, theirs] = [Object.entries(one), new Map<string, unknown>(Object.entries(other))];
  return (
    mine.length === theirs.size &&
    mine.every(([key, value]) => theirs.has(key) && isSame(value, theirs.get(key)))
  );
};

const wordsChanged = (
  part: AgreementPart,
  before: readonly PartWords[],
  after: readonly PartWords[],
): PartDifference["words"] => {
  const all = [...before, ...after].filter((one) => one.part === part);
  const places = new Map(all.map(({ language, reader }) => [`${language}.${reader}`, { language, reader }]));
  return [...places.values()]
    .map(({ language, reader }) => {
      const textIn = (words: readonly PartWords[]): string | null =>
        words.find((one) => one.part === part && one.language === language && one.reader === reader)?.text ??
        null;
      return { language, reader, before: textIn(before), after: textIn(after) };
    })
    .filter((one) => one.before !== one.after);
};
