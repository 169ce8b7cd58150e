import type { PersonId } from "../id.ts";
import { clausesOf } from "./clause.ts";
import type { Clause } from "./clause.ts";
import type { ClauseCode, ClauseValue } from "./clause-code.ts";
import { AGREEMENT_PARTS } from "./part.ts";
import type { TemplateText } from "./template.ts";
import { fillWords } from "./template-file.ts";
import { AGREEMENT_LANGUAGES, readersOf } from "./version.ts";
import type { AgreementLanguage, AgreementTerms, Party, PartWords, Reader } from "./version.ts";

/** The words that are shipped for every clause in one language. */
export type ClauseCatalogue = { readonly [Code in ClauseCode]: { readonly [For in Reader]: string } };

/**
 * The words of an agreement, part by part, one clause a line: those of the practice's template where it has its own, otherwise those that are shipped. They go
 * into the version as they are, so that what was signed is what was read.
 */
export function partWords(wish: {
  readonly clauses: readonly Clause[];
  readonly catalogue: ClauseCatalogue;
  readonly wordings: readonly TemplateText[];
  readonly language: AgreementLanguage;
  readonly readers: readonly Reader[];
  readonly nameOf: (person: PersonId) => string;
}): readonly PartWords[] {
  const { catalogue, clauses, language, nameOf, readers, wordings } = wish;
  const textOf = ({ code }: Clause, reader: Reader): string =>
    wordings.find((own) => own.clause === code && own.language === language && own.reader === reader)?.text ??
    catalogue[code][reader];
  return AGREEMENT_PARTS.flatMap((part) => {
    const said = clauses.filter((clause) => clause.part === part);
    if (said.length === 0) return [];
    return readers.map((reader): PartWords => {
      const lines = said.map((clause) =>
        fillWords(textOf(clause, reader), writtenValues(clause.values, nameOf)).trim(),
      );
      return { part, language, reader, text: lines.join("\n") };
    });
  });
}

/** The words that choices come to by themselves: in every language, for every kind of reader among the parties. */
export function usualWords(
  { choices, parties }: AgreementTerms,
  catalogues: { readonly [Language in AgreementLanguage]: ClauseCatalogue },
  wordings: readonly TemplateText[],
): readonly PartWords[] {
  const clauses = clausesOf(choices);
  const readers = readersOf(parties);
  const nameOf = nameIn(parties);
  return AGREEMENT_LANGUAGES.flatMap((language) =>
    partWords({ clauses, catalogue: catalogues[language], wordings, language, readers, nameOf }),
  );
}

/** What somebody is called among these parties; empty for whoever is none. */
export function nameIn(parties: readonly Party[]): (person: PersonId) => string {
  return (person) => parties.find((party) => party.person === person)?.name ?? "";
}

const PEOPLE: readonly ClauseValue[] = ["person", "minor"];

/** The values of a clause as they are read: names for people, numbers in digits. */
export function writtenValues(
  values: Clause["values"],
  nameOf: (person: PersonId) => string,
): Partial<Record<ClauseValue, string>> {
  return Object.fromEntries(
    Object.entries(values).map(([key, value]) => {
      if (typeof value === "object") return [key, value.map(nameOf).join(", ")];
      // A clause's `person` and `minor` are ids, put there by `clausesOf`.
      const isPerson = PEOPLE.some((name) => name === key);
      return [key, isPerson ? nameOf(value as PersonId) : String(value)];
    }),
  );
}
