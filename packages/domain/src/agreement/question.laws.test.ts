import fc from "fast-check";
import { expect, test } from "vitest";
import {
  ANA,
  anyChoices,
  anyParties,
  BEN,
  id,
  party,
  promiseTo,
  soundChoices,
  soundParties,
  TOM,
} from "../../testing/agreement.ts";
import type { PersonId } from "../id.ts";
import type { Choices } from "./choices.ts";
import { compileAgreement, ruleFor } from "./compile.ts";
import {
  QUESTION_ANSWERS,
  QUESTION_FRAMES,
  questionKey,
  QUESTIONS_FEWEST,
  QUESTIONS_MOST,
  questionsFor,
} from "./question.ts";
import type { Question } from "./question.ts";
import { mayBeTold } from "./telling.ts";
import { understandingOf, UNDERSTOOD_PERCENT } from "./understanding.ts";
import { readerOf } from "./version.ts";

const terms = fc.record({ choices: anyChoices, parties: anyParties.filter((people) => people.length > 0) });

test("each signer is asked 3 to 7 questions, each once, with the right answer among three", () => {
  fc.assert(
    fc.property(terms, fc.nat(9), (drawn, round) => {
      for (const signer of drawn.parties) {
        const questions = questionsFor(drawn, signer, round);
        expect(questions.length).toBeGreaterThanOrEqual(QUESTIONS_FEWEST);
        expect(questions.length).toBeLessThanOrEqual(QUESTIONS_MOST[readerOf(signer.role)]);
        expect(new Set(questions.map(questionKey)).size).toBe(questions.length);
        for (const { answers, code, right } of questions) {
          expect(answers).toContain(right);
          expect(answers).toHaveLength(3);
          for (const answer of answers) expect(QUESTION_ANSWERS[code]).toContain(answer);
        }
      }
    }),
    { numRuns: 200 },
  );
});

test("each round asks otherwise than the one before: other questions where there are more, and the lasting ones in other words", () => {
  const further = (questions: readonly Question[]) =>
    new Set(
      questions.flatMap(({ category, code }) =>
        code in QUESTION_FRAMES ? [] : [`${code} ${category ?? ""}`],
      ),
    );
  fc.assert(
    fc.property(terms, fc.nat(40), (drawn, round) => {
      for (const signer of drawn.parties) {
        const [now, next] = [questionsFor(drawn, signer, round), questionsFor(drawn, signer, round + 1)];
        // The same round asks the same, whoever works it out, and no answer of one round counts for another.
        expect(questionsFor(drawn, signer, round)).toEqual(now);
        const keys = [...now, ...next].map(questionKey);
        expect(new Set(keys).size).toBe(keys.length);
        for (const { code, frame } of next) {
          const before = now.find((one) => one.code === code && code in QUESTION_FRAMES);
          expect(before?.frame).not.toBe(frame);
        }
        const all = further([0, 1, 2, 3, 4, 5, 6, 7].flatMap((one) => questionsFor(drawn, signer, one)));
        const [asked, others] = [further(now), further(next)];
        const isMore = all.size > asked.size;
        expect(isMore && [...others].every((one) => asked.has(one))).toBe(false);
      }
    }),
    { numRuns: 300 },
  );
});

test("what is right about being told alone is what the software will do", () => {
  fc.assert(
    fc.property(terms, (drawn) => {
      for (const signer of drawn.parties) {
        const [first] = questionsFor(drawn, signer);
        const rule = ruleFor(compileAgreement(drawn), {
          owner: signer.person,
          contact: drawn.choices.contacts[0] ?? "message",
          label: null,
        });
        const isTold = first?.right === "may-be-told" || first?.right === "therapist-judges";
        const isCovered = drawn.choices.contacts.length > 0;
        expect(isCovered && mayBeTold(rule).length > 0 !== isTold).toBe(false);
        expect(first?.code).toBe("told-alone");
      }
    }),
    { numRuns: 200 },
  );
});

test("in time everything is asked that there is to ask", () => {
  const [ana] = soundParties;
  if (ana === undefined) throw new Error("nobody to ask");
  const asked = new Set(
    [0, 1, 2, 3, 4].flatMap((round) =>
      questionsFor({ choices: soundChoices, parties: soundParties }, ana, round).map(({ code }) => code),
    ),
  );
  expect([...asked].toSorted()).toEqual(Object.keys(QUESTION_ANSWERS).toSorted());
});

test.each<readonly [Partial<Choices>, string, string]>([
  [{ policy: { kind: "no-secrets" } }, "told-alone", "may-be-told"],
  [{ policy: { kind: "limited", categories: ["affair"] } }, "told-alone", "asked-to-tell"],
  [{ policy: { kind: "discretion", tellsSpeakerFirst: true } }, "told-alone", "therapist-judges"],
  [{ policy: { kind: "full" } }, "told-alone", "stays-with-therapist"],
  [{ policy: { kind: "no-individual-contact", isScreenedFirst: true } }, "told-alone", "never-alone"],
  [{ minors: [promiseTo(TOM, { level: "private" })] }, "guardians-hear", "only-safety"],
  [{ minors: [promiseTo(TOM, { level: "open" })] }, "guardians-hear", "what-was-said"],
  [{ promises: { ...soundChoices.promises, recordings: "when-all-agree" } }, "recording", "all-agree-first"],
])("with %j the right answer to %s is %s", (choices, code, right) => {
  const drawn = { choices: { ...soundChoices, ...choices }, parties: soundParties };
  const asked = questionsFor(drawn, party(ANA, "adult"));
  expect(asked.find((question) => question.code === code)?.right).toBe(right);
});

test("a teenager is asked about what guardians hear of them, and a guardian once for all who were promised the same", () => {
  const mia = id<PersonId>(4);
  const minors = [promiseTo(TOM), promiseTo(mia), promiseTo(id<PersonId>(6), { level: "private" })];
  const drawn = { choices: { ...soundChoices, minors }, parties: soundParties };
  const heard = (signer: ReturnType<typeof party>) =>
    questionsFor(drawn, signer)
      .filter(({ code }) => code === "guardians-hear")
      .map(({ minor }) => minor);
  expect(heard(party(TOM, "teen"))).toEqual([TOM]);
  expect(heard(party(BEN, "adult"))).toEqual([TOM, id(6)]);
});

test("a wrong answer leads to a talk about its part, and the latest answer counts", () => {
  const questions = questionsFor({ choices: soundChoices, parties: soundParties }, party(TOM, "teen"));
  const right = questions.map((question) => ({ question: questionKey(question), answer: question.right }));
  const wrong = { question: "danger", answer: "told-to-all" } as const;
  expect(understandingOf(questions, [])).toMatchObject({ percent: 0, talkAbout: [], isUnderstood: false });
  expect(understandingOf(questions, [...right, wrong])).toMatchObject({
    firstPercent: 100,
    percent: 83,
    talkAbout: ["limits"],
    isUnderstood: true,
  });
  expect(understandingOf(questions, [wrong, ...right])).toEqual({
    asked: 6,
    answered: 6,
    firstPercent: 83,
    percent: 100,
    talkAbout: [],
    isUnderstood: true,
  });
  expect(UNDERSTOOD_PERCENT).toBe(80);
});
