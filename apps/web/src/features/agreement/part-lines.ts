import { AGREEMENT_TEMPLATES } from "@sotto/content/agreement-templates";
import { AGREEMENT_LANGUAGES, AGREEMENT_PARTS, clausesOf, READERS } from "@sotto/domain";
import type { AgreementLanguage, AgreementPart, AgreementVersion, ClauseCode, Reader } from "@sotto/domain";

/** In which words somebody reads. */
export interface Reading {
  readonly language: AgreementLanguage;
  readonly reader: Reader;
}

/** One line of a part, with an example of what it means where there is one. */
export interface PartLine {
  readonly text: string;
  readonly example: string | null;
}

/** One part as somebody reads it. */
export interface ReadPart {
  readonly part: AgreementPart;
  readonly lines: readonly PartLine[];
}

/**
 * The parts that a version says something in, in order, for one kind of reader. Its words have one clause a line, as they were composed; where a therapist
 * wrote them otherwise, nobody knows which line is which clause, and the examples of the part stand at its end.
 */
export function partLines(version: AgreementVersion, reading: Reading): readonly ReadPart[] {
  const clauses = clausesOf(version.choices);
  return AGREEMENT_PARTS.flatMap((part): readonly ReadPart[] => {
    const texts = linesIn(version, part, reading);
    if (texts.length === 0) return [];
    const examples = clauses
      .filter((clause) => clause.part === part)
      .map(({ code }) => exampleFor(version, code, reading));
    // A promise to two minors says the same twice; its example once.
    const once = examples.map((example, index) => (examples.indexOf(example) === index ? example : null));
    const isInStep = once.length === texts.length;
    const lines = texts.map((text, index) => ({ text, example: isInStep ? (once[index] ?? null) : null }));
    const behind = isInStep ? [] : once.filter((example) => example !== null);
    return [{ part, lines: [...lines, ...behind.map((example) => ({ text: "", example }))] }];
  });
}

/** The lines of one part as they stand in the version; none where it says nothing to this reader. */
export function linesIn(
  { words }: AgreementVersion,
  part: AgreementPart,
  { language, reader }: Reading,
): readonly string[] {
  const found = words.find((one) => one.part === part && one.language === language && one.reader === reader);
  return (found?.text ?? "")
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
}

/** The languages that a version is written in. */
export function languagesIn({ words }: AgreementVersion): readonly AgreementLanguage[] {
  return AGREEMENT_LANGUAGES.filter((language) => words.some((one) => one.language === language));
}

/** For whom a version is written in that language. */
export function readersIn({ words }: AgreementVersion, language: AgreementLanguage): readonly Reader[] {
  return READERS.filter((reader) => words.some((one) => one.language === language && one.reader === reader));
}

/** What was wished, as far as the version has words for it; otherwise the first that it has. */
export function readingIn(version: AgreementVersion, wish: Reading): Reading {
  const languages = languagesIn(version);
  const language = languages.includes(wish.language) ? wish.language : (languages[0] ?? wish.language);
  const readers = readersIn(version, language);
  return { language, reader: readers.includes(wish.reader) ? wish.reader : (readers[0] ?? wish.reader) };
}

/** That of the template which the version was made from, or else of any that is shipped: an example belongs to what was chosen. */
const exampleFor = (
  { template }: AgreementVersion,
  clause: ClauseCode,
  { language, reader }: Reading,
): string | null => {
  const own = AGREEMENT_TEMPLATES.filter(
    ({ id, version }) => id === template?.template && version === template.version,
  );
  const found = [...own, ...AGREEMENT_TEMPLATES]
    .flatMap(({ examples }) => examples)
    .find((one) => one.clause === clause && one.language === language && one.reader === reader);
  return found?.text ?? null;
};
