import { expect, test } from "vitest";
import type { AnswerCode } from "./question.ts";
import { goneOn, type GivenAnswer } from "./understanding.ts";

const said = (...questions: readonly string[]): readonly GivenAnswer[] =>
  questions.map((question) => ({ question, answer: "stays" as AnswerCode }));

test("a list that goes on where the other ends takes its place", () => {
  expect(goneOn([], said("a"))).toEqual(said("a"));
  expect(goneOn(said("a", "b"), said("a", "b", "c"))).toEqual(said("a", "b", "c"));
  expect(goneOn(said("a", "b"), said("b", "c"))).toEqual(said("a", "b", "c"));
});

test("a screen that shows less, or nothing, of what was answered loses none of it", () => {
  expect(goneOn(said("a", "b"), [])).toEqual(said("a", "b"));
  expect(goneOn(said("a", "b"), said("a"))).toEqual(said("a", "b"));
  const once = goneOn(said("a", "b"), said("c"));
  expect(once).toEqual(said("a", "b", "c"));
  expect(goneOn(once, said("c", "d"))).toEqual(said("a", "b", "c", "d"));
});
