import type { GivenAnswer, Question } from "@sotto/domain";
import { questionKey } from "@sotto/domain";

/** The latest answer to a question was the right one. */
export function isClear(question: Question, given: readonly GivenAnswer[]): boolean {
  const key = questionKey(question);
  return given.findLast((one) => one.question === key)?.answer === question.right;
}

/**
 * What to ask next: first what has never been answered, then what was answered wrong, the one that was answered longest ago first. Null once all of it is clear.
 */
export function nextQuestion(questions: readonly Question[], given: readonly GivenAnswer[]): Question | null {
  const lastAt = (question: Question): number =>
    given.findLastIndex((one) => one.question === questionKey(question));
  const open = questions.filter((question) => !isClear(question, given));
  return open.toSorted((one, other) => lastAt(one) - lastAt(other))[0] ?? null;
}
