import fc from "fast-check";
import { expect, test } from "vitest";
import {
  anyChoices,
  anyParties,
  BEN,
  party,
  soundChoices,
  soundParties,
  TOM,
  versionOf,
} from "../../testing/agreement.ts";
import { CLAUSE_CODES, isClauseCode, clausePart, clauseValues } from "./clause-code.ts";
import { clausesOf } from "./clause.ts";
import { compileAgreement } from "./compile.ts";
import { differenceOf } from "./difference.ts";
import { AGREEMENT_PARTS } from "./part.ts";

const distinct = anyParties.map((people) =>
  people.filter(({ person }, index) => people.findIndex((one) => one.person === person) === index),
);
const anyPart = fc.constantFrom(...AGREEMENT_PARTS);

test("a version does not differ from itself, and a difference turned around is what was added for what was removed", () => {
  fc.assert(
    fc.property(anyChoices, anyChoices, distinct, distinct, (one, other, people, others) => {
      const [before, after] = [
        versionOf(1, { choices: one, parties: people }),
        versionOf(2, { choices: other, parties: others }),
      ];
      expect(differenceOf(before, { ...before, number: 2 })).toMatchObject({
        parts: [],
        joined: [],
        left: [],
        changed: [],
      });
      const there = differenceOf(before, after);
      const back = differenceOf(after, before);
      expect(back.parts).toEqual(
        there.parts.map((part) => ({ ...part, removed: part.added, added: part.removed })),
      );
      expect([back.joined, back.left]).toEqual([there.left, there.joined]);
    }),
  );
});

test("what comes to something else differs in what is read: nothing changes in silence", () => {
  let changed = 0;
  fc.assert(
    fc.property(anyChoices, anyChoices, anyPart, anyParties, (one, other, part, parties) => {
      const choices = { ...one, [part]: other[part] };
      const differs = differenceOf(
        versionOf(1, { choices: one, parties }),
        versionOf(2, { choices, parties }),
      ).parts;
      if (differs.length > 0) {
        changed += 1;
        return;
      }
      // Lists are compared as sets: in which order they were ticked says nothing.
      expect(clausesOf(choices)).toEqual(clausesOf(one));
      expect(sorted(compileAgreement({ choices, parties }))).toEqual(
        sorted(compileAgreement({ choices: one, parties })),
      );
    }),
    { numRuns: 1000 },
  );
  expect(changed).toBeGreaterThan(300);
});

/** Facts with their lists in order. Under which time to tell nothing is told, none is. */
const sorted = (value: unknown): unknown => {
  if (value instanceof Map) return sorted([...value]);
  if (Array.isArray(value))
    return value.map(sorted).toSorted((one, other) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, sorted(inner)]));
};

test("every clause stands in its part, has a code that is known, and the values that words may ask for", () => {
  const seen = new Set<string>();
  fc.assert(
    fc.property(anyChoices, (choices) => {
      for (const { code, part, values } of clausesOf(choices)) {
        seen.add(code);
        expect(isClauseCode(code)).toBe(true);
        expect(clausePart(code)).toBe(part);
        expect(Object.keys(values).toSorted()).toEqual([...clauseValues(code)].toSorted());
      }
    }),
    { numRuns: 400 },
  );
  // The longest period that a place allows is drawn by no test here.
  expect([...seen].toSorted()).toEqual(
    CLAUSE_CODES.filter((code) => code !== "records.kept-most").toSorted(),
  );
  expect(new Set(CLAUSE_CODES).size).toBe(CLAUSE_CODES.length);
});

test("a difference names who comes and goes, whose part is another now, and words that were written anew", () => {
  const before = versionOf(1);
  const after = versionOf(2, {
    parties: [soundParties[0], party(TOM, "adult")].filter((one) => one !== undefined),
    choices: { ...soundChoices, policy: { kind: "no-secrets" }, minors: [] },
    words: before.words.map((one) =>
      one.part === "court" && one.reader === "adult" ? { ...one, text: "Otherwise." } : one,
    ),
    places: [],
  });
  const found = differenceOf(before, after);
  expect(found.left.map(({ person }) => person)).toEqual([BEN]);
  expect(found.changed.map((one) => one.after.role)).toEqual(["adult"]);
  expect(found.placesRemoved).toEqual(["US-CA"]);
  const partCalled = (wanted: string) => found.parts.find(({ part }) => part === wanted);
  expect(partCalled("policy")).toMatchObject({
    removed: [
      { code: "policy.limited" },
      { code: "policy.category.affair" },
      { code: "policy.category.money" },
    ],
    added: [{ code: "policy.no-secrets" }],
  });
  expect(partCalled("court")?.words).toEqual([
    { language: "en", reader: "adult", before: "About court.", after: "Otherwise." },
  ]);
});
