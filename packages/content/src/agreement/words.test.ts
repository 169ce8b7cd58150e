import {
  brokenReferenceIn,
  CLAUSE_CODES,
  fillWords,
  QUESTION_ANSWERS,
  QUESTION_FRAMES,
  DISCLOSURE_SENTENCES,
  ROOM_SENTENCES,
  clauseValues,
} from "@sotto/domain";
import { expect, test } from "vitest";
import { CLAUSE_WORDS, CLAUSE_WORDS_SOURCE } from "./clause-words.ts";
import { DISCLOSURE_WORDS } from "./disclosure-words.ts";
import { PAPER_WORDS } from "./paper-words.ts";
import { QUESTION_WORDS } from "./question-words.ts";
import { READING_GRADE_MOST, readingGrade, readingOf } from "./reading-grade.ts";
import { READING_WORDS } from "./reading-words.ts";
import { ROOM_WORDS } from "./room-words.ts";
import { AGREEMENT_TEMPLATES } from "./templates.ts";

/** A name, a number or a list, as short as they usually are. */
const VALUES = {
  person: "Ana",
  minor: "Tom",
  guardians: "Ana, Ben",
  name: "Ruth",
  number: "555 0100",
  contact: "",
  count: "3",
  owner: "Ben",
  to: "Ana",
  date: "3/5/2026",
  names: "Ana",
  hours: "24",
  months: "3",
  years: "7",
};
const LANGUAGES = ["en", "es"] as const;
const READERS = ["adult", "teen", "child"] as const;

test("every clause has words in both languages for every reader, and asks for no value that it does not have", () => {
  for (const language of LANGUAGES) {
    expect(Object.keys(CLAUSE_WORDS[language]).toSorted()).toEqual([...CLAUSE_CODES].toSorted());
    for (const code of CLAUSE_CODES) {
      const asked = (text: string) => clauseValues(code).filter((value) => text.includes(`{${value}}`));
      for (const reader of READERS) {
        const text = CLAUSE_WORDS[language][code][reader];
        expect([code, brokenReferenceIn(code, text)]).toEqual([code, null]);
        expect(text.trim()).not.toBe("");
        // A child is told no less of who and how much than an adult, and Spanish no less than English.
        expect([code, asked(text)]).toEqual([code, asked(CLAUSE_WORDS.en[code].adult)]);
      }
    }
  }
  expect(CLAUSE_WORDS_SOURCE.verified).toBe(false);
});

test("every question, every answer and every answer that can be right has its words", () => {
  for (const language of LANGUAGES) {
    const { answers, questions, reasons } = QUESTION_WORDS[language];
    expect(Object.keys(questions).toSorted()).toEqual(Object.keys(QUESTION_ANSWERS).toSorted());
    expect(Object.keys(answers).toSorted()).toEqual(Object.values(QUESTION_ANSWERS).flat().toSorted());
    expect(Object.keys(reasons).toSorted()).toEqual(Object.keys(QUESTION_WORDS.en.reasons).toSorted());
    expect(Object.keys(ROOM_WORDS[language]).toSorted()).toEqual([...ROOM_SENTENCES].toSorted());
    expect(Object.keys(DISCLOSURE_WORDS[language]).toSorted()).toEqual([...DISCLOSURE_SENTENCES].toSorted());
    for (const [code, count] of Object.entries(QUESTION_FRAMES)) {
      const { frames: further } = QUESTION_WORDS[language];
      const texts = Object.entries(further).find(([one]) => one === code)?.[1] ?? [];
      expect(new Set(texts).size).toBe(count - 1);
    }
    // Two answers of one question that read alike could not be told apart.
    for (const codes of Object.values(QUESTION_ANSWERS)) {
      expect(new Set(codes.map((code) => answers[code])).size).toBe(codes.length);
    }
  }
});

test("an agreement on paper, and what stands around it on a screen, asks for the same values in both languages", () => {
  const askedIn = (language: "en" | "es") =>
    placedIn([PAPER_WORDS[language], READING_WORDS[language]], "").map(([place, text]) => [
      place,
      (text.match(/\{[a-z]+\}/g) ?? []).toSorted(),
    ]);
  expect(askedIn("es")).toEqual(askedIn("en"));
});

type Placed = readonly [place: string, text: string];

const placedIn = (value: unknown, place: string): readonly Placed[] => {
  if (typeof value === "string") return [[place, value]];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => placedIn(inner, `${place}.${key}`));
};

/** A command and a mark in digits are no words that anybody reads. */
const asRead = (text: string): string => text.replace(/: sotto verify-agreement \{file\}$/, ".");

const textsIn = (language: "en" | "es"): readonly Placed[] => [
  ...CLAUSE_CODES.flatMap((code) =>
    READERS.map((reader): Placed => [`${code} ${reader}`, CLAUSE_WORDS[language][code][reader]]),
  ),
  ...Object.entries(QUESTION_WORDS[language].questions).flatMap(([code, text]) =>
    Object.values(QUESTION_WORDS[language].categories).map((category): Placed => [
      `question ${code}`,
      text.replaceAll("{category}", category),
    ]),
  ),
  ...Object.entries(QUESTION_WORDS[language].frames).flatMap(([code, texts]) =>
    texts.map((text): Placed => [`frame ${code}`, text]),
  ),
  ...Object.entries(QUESTION_WORDS[language].answers).map(([code, text]): Placed => [`answer ${code}`, text]),
  ...Object.entries(QUESTION_WORDS[language].reasons).map(([code, text]): Placed => [`reason ${code}`, text]),
  ...Object.entries(ROOM_WORDS[language]).map(([code, text]): Placed => [`room ${code}`, text]),
  ...Object.entries(DISCLOSURE_WORDS[language]).map(([code, text]): Placed => [`disclosure ${code}`, text]),
  ...placedIn(READING_WORDS[language], "reading"),
  ...placedIn(PAPER_WORDS[language], "paper").map(([place, text]): Placed => [place, asRead(text)]),
  ...AGREEMENT_TEMPLATES.flatMap(({ examples, id, title }) => [
    [`title ${id}`, title[language]] as const,
    ...examples
      .filter((one) => one.language === language)
      .map(({ clause, reader, text }): Placed => [`example ${clause} ${reader}`, text]),
  ]),
];

/** Of a title of four words nothing can be measured. */
const WORDS_LEAST = 5;
/** A sentence within an easy text may be a little harder. */
const SENTENCE_GRADE_MOST = 7;

test.each(LANGUAGES)("nothing that a family reads in %s is harder than the sixth grade", (language) => {
  const texts = textsIn(language).filter(([, text]) => text.split(/\s+/).length >= WORDS_LEAST);
  const hard = texts.flatMap(([place, text]) => {
    const said = fillWords(text, VALUES);
    const grade = readingGrade(said, language);
    return grade > READING_GRADE_MOST ? [`${grade.toFixed(1)} ${place}: ${said}`] : [];
  });
  const hardSentences = texts.flatMap(([place, text]) =>
    readingOf(fillWords(text, VALUES), language)
      .hardest.filter(({ grade }) => grade > SENTENCE_GRADE_MOST)
      .map(({ grade, sentence }) => `${grade.toFixed(1)} ${place}: ${sentence}`),
  );
  expect(texts.length).toBeGreaterThan(400);
  expect([...new Set(hardSentences)]).toEqual([]);
  expect([...new Set(hard)]).toEqual([]);
});
