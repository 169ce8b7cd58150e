import type { Question } from "@sotto/domain";
import { expect, test } from "vitest";
import { isClear, nextQuestion } from "./next-question.ts";

const question = (code: Question["code"], right: Question["right"]): Question => ({
  code,
  part: "limits",
  round: 0,
  frame: 0,
  answers: [right],
  right,
  category: null,
  minor: null,
});
const danger = question("danger", "keeps-people-safe");
const urgent = question("urgent", "call-for-help");
const worry = question("worry", "say-so-early");
const all = [danger, urgent, worry];

test("questions come in their order, and what was wrong comes once more at the end", () => {
  expect(nextQuestion(all, [])).toBe(danger);
  const wrong = [{ question: "danger", answer: "kept-whatever" }] as const;
  expect(nextQuestion(all, wrong)).toBe(urgent);
  const further = [
    ...wrong,
    { question: "urgent", answer: "write-and-wait" },
    { question: "worry", answer: "say-so-early" },
  ] as const;
  expect(nextQuestion(all, further)).toBe(danger);
  const again = [...further, { question: "danger", answer: "kept-whatever" }] as const;
  expect(nextQuestion(all, again)).toBe(urgent);
});

test("there is nothing to ask once the latest answer to each is right", () => {
  const given = [
    { question: "danger", answer: "kept-whatever" },
    { question: "danger", answer: "keeps-people-safe" },
    { question: "urgent", answer: "call-for-help" },
    { question: "worry", answer: "say-so-early" },
  ] as const;
  expect(nextQuestion(all, given)).toBeNull();
  expect(isClear(danger, given)).toBe(true);
  expect(isClear(danger, given.slice(0, 1))).toBe(false);
});
