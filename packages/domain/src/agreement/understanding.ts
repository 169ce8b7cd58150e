import type { AgreementPart } from "./part.ts";
import type { AnswerCode, Question } from "./question.ts";
import { questionKey } from "./question.ts";

/** An answer that a signer gave, in the order in which they gave them. */
export interface GivenAnswer {
  readonly question: string;
  readonly answer: AnswerCode;
}

/** How well one signer has understood, for the talk and for the record. It gates nothing: a wrong answer leads to a talk, never to a refusal. */
export interface Understanding {
  readonly asked: number;
  readonly answered: number;
  /** Of the questions asked, how many were right at the first try, and by now, in whole per cent. */
  readonly firstPercent: number;
  readonly percent: number;
  /** The parts to talk about: answered, and not right yet. */
  readonly talkAbout: readonly AgreementPart[];
  readonly isUnderstood: boolean;
}

/** What the literature aims at after feedback. A target to be seen, and no gate. */
export const UNDERSTOOD_PERCENT = 80;

/** What somebody's answers come to. The latest answer to each question counts. */
export function understandingOf(
  questions: readonly Question[],
  given: readonly GivenAnswer[],
): Understanding {
  const answersTo = (question: Question): readonly GivenAnswer[] =>
    given.filter((one) => one.question === questionKey(question));
  const answered = questions.filter((question) => answersTo(question).length > 0);
  const first = answered.filter((question) => answersTo(question)[0]?.answer === question.right);
  const now = answered.filter((question) => answersTo(question).at(-1)?.answer === question.right);
  const percentOf = (count: number): number =>
    questions.length === 0 ? 0 : Math.floor((count * 100) / questions.length);
  return {
    asked: questions.length,
    answered: answered.length,
    firstPercent: percentOf(first.length),
    percent: percentOf(now.length),
    talkAbout: [...new Set(answered.filter((question) => !now.includes(question)).map(({ part }) => part))],
    isUnderstood: percentOf(now.length) >= UNDERSTOOD_PERCENT,
  };
}

/**
 * The answers that are kept when a device that knew of `before`, of a part of it or of nothing comes with those of `now`: none is lost, and none counts twice
 * that stands at the end of the one list and at the beginning of the other.
 */
export function goneOn(before: readonly GivenAnswer[], now: readonly GivenAnswer[]): readonly GivenAnswer[] {
  const isSame = (one: GivenAnswer, other: GivenAnswer | undefined): boolean =>
    one.question === other?.question && one.answer === other.answer;
  if (now.every((one, index) => isSame(one, before[index]))) return before;
  const place = before.findIndex((_, from) =>
    before.slice(from).every((one, index) => isSame(one, now[index])),
  );
  return place < 0 ? [...before, ...now] : [...before.slice(0, place), ...now];
}
