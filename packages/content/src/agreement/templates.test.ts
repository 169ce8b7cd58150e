import {
  blockingGaps,
  choicesFrom,
  clausesOf,
  compileAgreement,
  decidedChoices,
  gapsIn,
  parseTemplate,
  partWords,
  questionsFor,
  requiredSignatures,
  TEMPLATE_SHAPES,
  templateFile,
} from "@sotto/domain";
import type { AgreementDraft, AgreementTemplate, Party, PersonId, RetentionRule } from "@sotto/domain";
import { expect, test } from "vitest";
import { CLAUSE_WORDS } from "./clause-words.ts";
import { AGREEMENT_PLACES, isForCounsel, placeOf } from "./places.ts";
import { QUESTION_WORDS } from "./question-words.ts";
import { READING_GRADE_MOST, readingOf } from "./reading-grade.ts";
import { AGREEMENT_TEMPLATES } from "./templates.ts";

const id = (number: number): PersonId =>
  // A compiler-only brand on a text of the right form.
  `00000000-0000-4000-8000-${number.toString().padStart(12, "0")}` as PersonId;
const [ana, ben, tom, mia] = [id(1), id(2), id(3), id(4)];
const NAMES = new Map([
  [ana, "Ana"],
  [ben, "Ben"],
  [tom, "Tom"],
  [mia, "Mia"],
]);

const someone = (person: PersonId, role: Party["role"], more: Partial<Party> = {}): Party => ({
  person,
  name: NAMES.get(person) ?? "",
  role,
  signs: true,
  born: null,
  ...more,
});
const teen = someone(tom, "teen", { born: { year: 2014, month: 5, day: 1 } });
const child = someone(mia, "child", { signs: false, born: { year: 2024, month: 5, day: 1 } });
const adults = [someone(ana, "adult"), someone(ben, "adult")];

/** Whom each template is for. */
const FAMILIES: { readonly [Shape in AgreementTemplate["shape"]]: readonly Party[] } = {
  couple: adults,
  "family-with-teenager": [...adults, teen],
  "family-with-young-child": [...adults, child],
  "separated-parents": [...adults, teen, child],
  "individual-with-collaterals": [someone(ana, "adult"), someone(ben, "collateral")],
};

const retention: RetentionRule = {
  place: "us-ca",
  title: "California",
  citation: "Cal. Bus. & Prof. Code 4980.49",
  verified: true,
  asOf: "2018",
  familyMonths: 84,
  recordMonths: 84,
  minorMonths: 84,
  maximumMonths: null,
};

/** The draft that a template begins with, in both languages for every reader. */
function draftOf(
  template: AgreementTemplate,
): AgreementDraft & { choices: NonNullable<ReturnType<typeof decidedChoices>> } {
  const parties = FAMILIES[template.shape];
  const guardians = new Map([tom, mia].map((minor) => [minor, [ana, ben]] as const));
  const choices = decidedChoices(choicesFrom(template, { parties, guardians, client: ana, retention }));
  if (choices === null) throw new Error("a template leaves a part open");
  const words = (["en", "es"] as const).flatMap((language) =>
    partWords({
      clauses: clausesOf(choices),
      catalogue: CLAUSE_WORDS[language],
      wordings: template.wordings,
      language,
      readers: ["adult", "teen", "child"],
      nameOf: (person) => NAMES.get(person) ?? "",
    }),
  );
  const places = AGREEMENT_PLACES.filter(({ code }) => code === "US-CA").map(placeOf);
  return { on: { year: 2030, month: 1, day: 1 }, parties, therapists: [id(9)], places, choices, words };
}

test("there is one template for each kind of family, each of which says where it comes from", () => {
  expect(AGREEMENT_TEMPLATES.map(({ shape }) => shape)).toEqual([...TEMPLATE_SHAPES]);
  for (const { asOf, source, verified } of AGREEMENT_TEMPLATES) {
    expect({ asOf, verified, source: source.includes("domain.md") }).toEqual({
      asOf: "2026-11-23",
      verified: false,
      source: true,
    });
  }
});

test.each(AGREEMENT_TEMPLATES)("$id: goes into a file and comes out as it was", (template) => {
  expect(parseTemplate(templateFile(template))).toEqual({ kind: "template", template });
});

test.each(AGREEMENT_TEMPLATES)(
  "$id: can be offered as it is, and says what a person still has to look at",
  (template) => {
    const draft = draftOf(template);
    expect(blockingGaps(draft)).toEqual([]);
    const kinds = new Set(gapsIn(draft).map(({ kind }) => kind));
    expect(kinds.has("no-crisis-line")).toBe(true);
    expect([...kinds].every((kind) => ["no-crisis-line", "level-doubtful"].includes(kind))).toBe(true);
    expect(requiredSignatures(draft).length).toBeGreaterThanOrEqual(2);
  },
);

test.each(AGREEMENT_TEMPLATES)(
  "$id: reads at the sixth grade or below, in both languages, for everyone",
  (template) => {
    const { words } = draftOf(template);
    for (const language of ["en", "es"] as const) {
      for (const reader of ["adult", "teen", "child"] as const) {
        const text = words
          .filter((one) => one.language === language && one.reader === reader)
          .map((one) => one.text)
          .join("\n");
        const { grade } = readingOf(text, language);
        expect({ language, reader, isEasy: grade <= READING_GRADE_MOST }).toEqual({
          language,
          reader,
          isEasy: true,
        });
        expect(text).not.toMatch(/[{}]|undefined|\bnull\b/);
      }
    }
  },
);

test.each(AGREEMENT_TEMPLATES)("$id: every question it leads to has its words, and a reason", (template) => {
  const draft = draftOf(template);
  for (const signer of draft.parties) {
    for (const { answers, code, right } of questionsFor(draft, signer)) {
      for (const language of ["en", "es"] as const) {
        const words = QUESTION_WORDS[language];
        expect(words.questions[code]).not.toBe("");
        expect(words.reasons[right]).toMatch(/\w/);
        expect(answers.map((answer) => words.answers[answer])).toHaveLength(3);
      }
    }
  }
});

test("what each template comes to for somebody who says something alone", () => {
  const ruleOf = (template: AgreementTemplate) => compileAgreement(draftOf(template)).rules.get(ana)?.kind;
  expect(AGREEMENT_TEMPLATES.map(ruleOf)).toEqual([
    "therapist-may-tell",
    "speaker-tells",
    "speaker-tells",
    "speaker-only",
    "speaker-only",
  ]);
});

test("a place that only counsel can confirm is not verified in an agreement", () => {
  expect(AGREEMENT_PLACES.length).toBeGreaterThanOrEqual(20);
  for (const place of AGREEMENT_PLACES) {
    expect(placeOf(place).verified).toBe(!isForCounsel(place));
    expect(place.citation).not.toBe("");
    expect(place.telling.length).toBeGreaterThan(0);
  }
  expect(AGREEMENT_PLACES.find(({ code }) => code === "US-TN")).toMatchObject({ verified: false });
});
