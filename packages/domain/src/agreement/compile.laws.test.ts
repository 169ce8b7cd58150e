import fc from "fast-check";
import { expect, test } from "vitest";
import {
  ANA,
  anyChoices,
  anyParties,
  BEN,
  frozen,
  GRAN,
  id,
  MIA,
  party,
  promiseTo,
  soundChoices,
  TOM,
} from "../../testing/agreement.ts";
import type { PersonId } from "../id.ts";
import { CONTACT_KINDS } from "./choices.ts";
import type { Choices } from "./choices.ts";
import { compileAgreement, ruleFor } from "./compile.ts";
import { OUTSIDE_LABELS, mayBeTold } from "./telling.ts";

const anyTerms = fc.record({ choices: anyChoices, parties: anyParties });
const anyContact = fc.constantFrom(...CONTACT_KINDS);

test("there is an answer for every combination of choices and people, and the input stays as it was", () => {
  fc.assert(
    fc.property(anyTerms, anyContact, (terms, contact) => {
      const facts = compileAgreement(frozen(terms));
      for (const { person } of terms.parties) {
        expect(ruleFor(facts, { owner: person, contact, label: null }).kind).toMatch(/^(speaker|therapist)-/);
      }
      expect(facts.guardians).toHaveLength(terms.choices.minors.length);
    }),
    { numRuns: 2000 },
  );
});

test("nothing of somebody who has not signed is told, and nothing is told to them", () => {
  fc.assert(
    fc.property(anyTerms, anyContact, (terms, contact) => {
      const facts = compileAgreement(terms);
      // Somebody who is named twice has signed when one of the two lines says so; a sound agreement names nobody twice.
      const signed = new Set(
        terms.parties.filter(({ role, signs }) => signs && role !== "guardian").map(({ person }) => person),
      );
      for (const owner of [1, 2, 3, 4, 5, 6].map((number) => id<PersonId>(number))) {
        const told = mayBeTold(ruleFor(facts, { owner, contact, label: null }));
        expect(signed.has(owner) || told.length === 0).toBe(true);
        for (const person of told) expect(signed.has(person)).toBe(true);
        for (const { person, role } of terms.parties) {
          const isHelper = role === "collateral" && terms.choices.client.kind !== "individual";
          const isOnly = terms.parties.filter((one) => one.person === person).length === 1;
          expect(isHelper && isOnly && told.includes(person)).toBe(false);
        }
        const { client } = terms.choices;
        expect(client.kind === "individual" && told.some((person) => person !== client.client)).toBe(false);
        expect(told).not.toContain(owner);
      }
    }),
    { numRuns: 2000 },
  );
});

test("safety stands outside every policy, and so do the notes of a therapist and records of substance use", () => {
  fc.assert(
    fc.property(anyTerms, anyContact, fc.constantFrom(...OUTSIDE_LABELS), (terms, contact, label) => {
      const facts = compileAgreement(terms);
      for (const { person } of terms.parties) {
        expect(ruleFor(facts, { owner: person, contact, label })).toEqual({
          kind: "speaker-only",
          why: "outside",
        });
      }
    }),
  );
});

test("a contact that is not covered opens nothing, and neither does a minor's promise that is not open", () => {
  fc.assert(
    fc.property(anyTerms, anyContact, (terms, contact) => {
      const facts = compileAgreement(terms);
      for (const { person, role } of terms.parties) {
        const told = mayBeTold(ruleFor(facts, { owner: person, contact, label: null }));
        expect(terms.choices.contacts.includes(contact) || told.length === 0).toBe(true);
        const isMinor = terms.parties.every((one) => one.person !== person || one.role === "child");
        const promises = terms.choices.minors.filter(({ minor }) => minor === person);
        const isKept = role === "child" && isMinor && promises.some(({ level }) => level !== "open");
        expect(isKept && told.length > 0).toBe(false);
      }
    }),
    { numRuns: 1000 },
  );
});

test("whatever leaves a family that is one client needs the signature of every adult in it", () => {
  fc.assert(
    fc.property(anyTerms, (terms) => {
      const { eachForOwn, everyone } = compileAgreement(terms).release;
      for (const { person, role } of terms.parties) {
        if (role !== "adult" && role !== "collateral") continue;
        expect(everyone).toContainEqual({ person, as: "self", of: person });
      }
      for (const { person, role } of terms.parties) {
        if (role === "guardian") continue;
        expect(everyone.some(({ of }) => of === person)).toBe(true);
      }
      expect(terms.choices.client.kind === "unit" && eachForOwn).toBe(false);
    }),
    { numRuns: 1000 },
  );
});

test("guardians are told nothing beyond the level that the minor was promised", () => {
  fc.assert(
    fc.property(anyTerms, (terms) => {
      for (const { level, topics } of compileAgreement(terms).guardians) {
        expect(level !== "open" && topics.includes("content")).toBe(false);
        expect(level === "private" && topics.includes("how-it-goes")).toBe(false);
      }
    }),
  );
});

test("guardians hear nothing from the day on which a minor is of age", () => {
  const parties = [party(TOM, "teen"), party(MIA, "child")];
  const minors = [promiseTo(TOM), promiseTo(MIA)];
  const { guardians } = compileAgreement({ choices: { ...soundChoices, minors }, parties });
  expect(guardians.map(({ until }) => until)).toEqual([Date.parse("2033-06-15T00:00:00Z"), null]);
});

test("a collateral is told nothing that a member said alone, and what a collateral said may be told to the members", () => {
  const parties = [party(ANA, "adult"), party(BEN, "adult"), party(GRAN, "collateral")];
  const choices = { ...soundChoices, policy: { kind: "no-secrets" } as const, minors: [] };
  const toldBy = (owner: PersonId, client: Choices["client"]) =>
    mayBeTold(
      ruleFor(compileAgreement({ choices: { ...choices, client }, parties }), {
        owner,
        contact: "call",
        label: null,
      }),
    );
  expect(toldBy(ANA, { kind: "unit" })).toEqual([BEN]);
  expect(toldBy(GRAN, { kind: "unit" })).toEqual([ANA, BEN]);
  expect(toldBy(BEN, { kind: "individual", client: ANA })).toEqual([ANA]);
  expect(toldBy(ANA, { kind: "individual", client: ANA })).toEqual([]);
});
