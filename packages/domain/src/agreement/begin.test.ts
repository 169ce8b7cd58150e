import { expect, test } from "vitest";
import { ANA, BEN, FAMILY, MIA, THERAPIST, TOM } from "../../testing/agreement.ts";
import { smallTemplate } from "../../testing/template.ts";
import type { Person } from "../family/person.ts";
import { CLAUSE_CODES } from "./clause-code.ts";
import { beginDraft, withWords } from "./begin.ts";
import type { ClauseCatalogue } from "./part-words.ts";
import { AGREEMENT_LANGUAGES } from "./version.ts";

const one = (
  person: Person["person"],
  role: Person["role"],
  relations: Person["relations"] = [],
): Person => ({
  person,
  name: person.slice(-1),
  role,
  inTreatment: role !== "guardian",
  relations,
  safeContact: null,
});
const guards = (...minors: readonly Person["person"][]): Person["relations"] =>
  minors.map((to) => ({ kind: "guardian-of", to }));
const people = [
  one(ANA, "adult", guards(TOM, MIA)),
  one(BEN, "guardian", guards(TOM)),
  one(TOM, "teen"),
  one(MIA, "child"),
];
const begin = (more: Partial<Parameters<typeof beginDraft>[0]> = {}) =>
  beginDraft({
    template: smallTemplate,
    family: { family: FAMILY, name: "Rivera", people },
    therapists: [THERAPIST],
    places: [],
    retention: null,
    on: { year: 2026, month: 11, day: 26 },
    ...more,
  });
const catalogue = Object.fromEntries(
  CLAUSE_CODES.map((code) => [code, { adult: `${code} a`, teen: `${code} t`, child: `${code} c` }]),
) as unknown as ClauseCatalogue;

test("everybody of the family is a party, a child is not asked, and each minor has those who are recorded as guardians", () => {
  const { choices, parties } = begin();
  expect(parties.map(({ person, signs }) => [person, signs])).toEqual([
    [ANA, true],
    [BEN, true],
    [TOM, true],
    [MIA, false],
  ]);
  expect(choices.minors?.map(({ guardians, minor }) => [minor, guardians])).toEqual([
    [TOM, [ANA, BEN]],
    [MIA, [ANA]],
  ]);
});

test("who the one client is follows where there is one adult, and stays open with two", () => {
  const individual = {
    ...smallTemplate,
    choices: { ...smallTemplate.choices, client: "individual" as const },
  };
  expect(begin({ template: individual }).choices.client).toEqual({ kind: "individual", client: ANA });
  const two = { family: FAMILY, name: "Rivera", people: [...people, one(THERAPIST, "adult")] };
  expect(begin({ template: individual, family: two }).choices.client).toBeNull();
});

test("words come for every reader among the parties, in every language, once all parts are decided", () => {
  const draft = begin();
  const whole = withWords(draft, { en: catalogue, es: catalogue });
  const kinds = new Set(whole.words.map(({ language, reader }) => `${language} ${reader}`));
  expect(kinds).toEqual(
    new Set(
      AGREEMENT_LANGUAGES.flatMap((language) =>
        ["adult", "teen", "child"].map((reader) => `${language} ${reader}`),
      ),
    ),
  );
  const open = { ...draft, choices: { ...draft.choices, policy: null } };
  expect(withWords(open, { en: catalogue, es: catalogue }).words).toEqual([]);
});
