import { AGREEMENT_TEMPLATES } from "@sotto/content/agreement-templates";
import { CLAUSE_WORDS } from "@sotto/content/agreement-words";
import { beginDraft, decidedChoices, withWords } from "@sotto/domain";
import type { AgreementId, AgreementVersion, AgreementVersionId, FamilyId, PersonId } from "@sotto/domain";
import { expect, test } from "vitest";
import { partLines, readersIn, readingIn } from "./part-lines.ts";
import { changedParts } from "./what-changed.ts";

// Brands are marks for the compiler alone.
const idOf = <Id extends string>(text: string): Id => text as Id;
const person = (id: string, name: string, role: "adult" | "teen") => ({
  person: idOf<PersonId>(id),
  name,
  role,
  inTreatment: true,
  relations: [],
  safeContact: null,
});

const versionFor = (graceCount = 2): AgreementVersion => {
  const template = AGREEMENT_TEMPLATES.find(({ shape }) => shape === "family-with-teenager");
  if (template === undefined) throw new Error("what is shipped");
  const begun = beginDraft({
    template,
    family: {
      family: idOf<FamilyId>("f"),
      name: "Rivera",
      people: [person("a", "Ana", "adult"), person("t", "Tom", "teen")],
    },
    therapists: [],
    places: [],
    retention: null,
    on: { year: 2026, month: 11, day: 26 },
  });
  const telling = begun.choices.telling && { ...begun.choices.telling, graceCount };
  const draft = withWords({ ...begun, choices: { ...begun.choices, telling } }, CLAUSE_WORDS);
  const choices = decidedChoices(draft.choices);
  if (choices === null) throw new Error("a template decides everything");
  return {
    ...draft,
    choices,
    agreement: idOf<AgreementId>("g"),
    version: idOf<AgreementVersionId>("v"),
    family: idOf<FamilyId>("f"),
    number: 1,
    template: { template: template.id, version: template.version },
  };
};

const english = { language: "en", reader: "adult" } as const;

test("each part has its lines, and an example beside the line that it explains", () => {
  const parts = partLines(versionFor(), english);
  expect(parts).toHaveLength(14);
  const policy = parts.find(({ part }) => part === "policy")?.lines ?? [];
  expect(policy[0]?.example).toContain("If you tell me alone about a debt");
  expect(policy.slice(1).every(({ example }) => example === null)).toBe(true);
});

test("a teenager reads their own words and examples, in either language", () => {
  const version = versionFor();
  const teen = partLines(version, { language: "en", reader: "teen" });
  expect(JSON.stringify(teen)).toContain("If you tell me alone that you like someone");
  const spanish = partLines(version, { language: "es", reader: "teen" });
  expect(JSON.stringify(spanish)).toContain("Si me dices a solas que te gusta alguien");
});

test("where a part is worded by hand, its examples stand at its end", () => {
  const version = versionFor();
  const words = version.words.map((one) =>
    one.part === "policy" ? { ...one, text: "What you say alone stays." } : one,
  );
  const policy = partLines({ ...version, words }, english).find(({ part }) => part === "policy");
  expect(policy?.lines[0]).toEqual({ text: "What you say alone stays.", example: null });
  expect(policy?.lines.at(-1)?.example).toContain("debt");
});

test("nobody reads words that a version does not have", () => {
  const version = versionFor();
  expect(readersIn(version, "en")).toEqual(["adult", "teen"]);
  expect(readingIn(version, { language: "en", reader: "child" })).toEqual(english);
});

test("what has changed is said line by line, and what is the same is left out", () => {
  const { difference, parts } = changedParts(versionFor(2), versionFor(3), english);
  expect(parts).toEqual([
    {
      part: "telling",
      gone: ["How many meetings you have to tell it: 2."],
      added: ["How many meetings you have to tell it: 3."],
    },
  ]);
  expect(difference.joined).toEqual([]);
  expect(changedParts(versionFor(), versionFor(), english).parts).toEqual([]);
});
