/**
 * How hard a text is to read, as the school grade that reads it. English: Flesch-Kincaid (Kincaid et al. 1975). Spanish: the measure of Fernández Huerta (1959),
 * as corrected by Law (2011), with the grades of its own table (70 to 80 points: sixth grade). Syllables are counted by rule, so that a single word may be
 * counted wrong; over a text that evens out. A measure of words and sentences, which says nothing of whether something is understood.
 */
export type ReadingLanguage = "en" | "es";

export interface HardSentence {
  readonly sentence: string;
  readonly grade: number;
}

/** What a text measures: its grade, and its sentences from the hardest on. */
export interface Reading {
  readonly grade: number;
  readonly hardest: readonly HardSentence[];
}

/** Everything that a family reads is to be at this grade or below. */
export const READING_GRADE_MOST = 6;

/** A sentence of fewer words is too short to be measured by itself. */
export const SENTENCE_WORDS_LEAST = 5;

/** The grade of a text, 0 for one without words. */
export function readingGrade(text: string, language: ReadingLanguage): number {
  const sentences = sentencesOf(text);
  const words = wordsOf(text);
  if (sentences.length === 0 || words.length === 0) return 0;
  const syllables = words.reduce((sum, word) => sum + SYLLABLES[language](word), 0);
  const perSentence = words.length / sentences.length;
  const perWord = syllables / words.length;
  return Math.max(0, GRADE[language]({ perSentence, perWord }));
}

/** The grade of a text and its hardest sentences, at most so many. */
export function readingOf(text: string, language: ReadingLanguage, most = 5): Reading {
  const hardest = sentencesOf(text)
    .filter((sentence) => wordsOf(sentence).length >= SENTENCE_WORDS_LEAST)
    .map((sentence) => ({ sentence, grade: readingGrade(sentence, language) }))
    .toSorted((one, other) => other.grade - one.grade)
    .slice(0, most);
  return { grade: readingGrade(text, language), hardest };
}

interface Lengths {
  readonly perSentence: number;
  readonly perWord: number;
}

const GRADE: { readonly [Language in ReadingLanguage]: (lengths: Lengths) => number } = {
  en: ({ perSentence, perWord }) => 0.39 * perSentence + 11.8 * perWord - 15.59,
  // 70 points are the end of the sixth grade, 80 of the fifth, 90 of the fourth.
  es: ({ perSentence, perWord }) => 13 - (206.84 - 60 * perWord - 1.02 * perSentence) / 10,
};

const sentencesOf = (text: string): readonly string[] =>
  text
    .split(/(?<=[.!?;…])\s+|\n+/u)
    .map((sentence) => sentence.trim())
    .filter((sentence) => /\p{L}/u.test(sentence));

const wordsOf = (text: string): readonly string[] => text.match(/[\p{L}'’]+|\d+/gu) ?? [];

const englishSyllables = (word: string): number => {
  const said = word.toLowerCase().replace(/(?:[^laeiouy]es|[^td]ed|[^l]e)$/, "");
  return Math.max(1, said.match(/[aeiouy]+/g)?.length ?? 1);
};

/** Strong vowels and those with an accent each make a syllable; weak ones join their neighbours (RAE, Ortografía, 3.4). The u of que, qui, gue and gui is silent. */
const spanishSyllables = (word: string): number => {
  const said = word
    .toLowerCase()
    .replaceAll(/([qg])u(?=[eiéí])/g, "$1")
    .replace(/y$/, "i");
  const groups = said.match(/[aeiouáéíóúü]+/g) ?? [];
  const nuclei = groups.map((group) => Math.max(1, group.match(/[aeoáéíóú]/g)?.length ?? 1));
  return Math.max(
    1,
    nuclei.reduce((sum, count) => sum + count, 0),
  );
};

const SYLLABLES: { readonly [Language in ReadingLanguage]: (word: string) => number } = {
  en: englishSyllables,
  es: spanishSyllables,
};
