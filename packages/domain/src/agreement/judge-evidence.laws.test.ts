import fc from "fast-check";
import { expect, test } from "vitest";
import {
  ANA,
  BEN,
  frozen,
  GRAN,
  id,
  MIA,
  party,
  promiseTo,
  soundChoices,
  THERAPIST,
  TOM,
  versionId,
  versionOf,
} from "../../testing/agreement.ts";
import type { AccountId, PersonId } from "../id.ts";
import { AUTHORITY_PROOFS, COPY_FORMS, isForEveryone } from "./evidence.ts";
import type { EvidenceLine, EvidenceSaid } from "./evidence.ts";
import { carriedLines } from "./hear-agreement.ts";
import { judgeEvidence } from "./judge-evidence.ts";
import { CAPACITIES, isSameSignature, requiredSignatures } from "./signer.ts";

/*
 * Whatever stands in a copy, in whatever order, with a way to everyone's signature laid through it so that many get there. What the verdict says is held
 * against the plain list of what was said.
 */

const PEOPLE = [ANA, BEN, TOM, MIA, GRAN] as const;
const anyOf = fc.constantFrom(...PEOPLE);
const ours = (person: PersonId) => id<AccountId>(0x500 + Number.parseInt(person.slice(-4), 16));
const STRANGER = id<AccountId>(0x999);

const first = versionOf(1, {
  parties: [party(ANA, "adult"), party(BEN, "adult"), party(TOM, "teen"), party(GRAN, "guardian")],
  choices: { ...soundChoices, minors: [promiseTo(TOM, { guardians: [ANA, GRAN] })] },
});
const versions = [first, { ...first, version: versionId(2), number: 2 }];

const said = fc.oneof<fc.Arbitrary<EvidenceSaid>[]>(
  fc.constantFrom<EvidenceSaid>(
    { kind: "offered" },
    { kind: "recalled" },
    { kind: "withdrawn" },
    { kind: "answered", answer: "declined" },
    { kind: "suspended", also: [versionId(2)] },
  ),
  fc.record<EvidenceSaid & { kind: "signed" }>({
    kind: fc.constant("signed"),
    as: fc.constantFrom(...CAPACITIES),
    of: anyOf,
    language: fc.constantFrom("en", "es"),
    reader: fc.constantFrom("adult", "teen"),
    openedAt: fc.nat(9),
    explained: fc.constant("call"),
    ticked: fc.constant([]),
    onScreen: fc.constant("agreed"),
    interpreter: fc.constantFrom(null, "", "Farsi"),
  }),
  anyOf.map((person): EvidenceSaid => ({ kind: "left", person })),
  anyOf.map((person): EvidenceSaid => ({ kind: "back", person })),
  fc.nat(9).map((line): EvidenceSaid => ({ kind: "reason", line, text: "" })),
  fc.nat(9).map((line): EvidenceSaid => ({
    kind: "signed-with",
    line,
    device: "phone",
    utcOffsetMinutes: -300,
    mark: null,
  })),
  fc
    .record({ guardian: anyOf, minor: anyOf, proof: fc.constantFrom(...AUTHORITY_PROOFS) })
    .map((one): EvidenceSaid => ({ kind: "authority", ...one })),
  fc.nat(9).map((line): EvidenceSaid => ({ kind: "witnessed", line, name: "Wanda" })),
  fc.constantFrom(...COPY_FORMS).map((form): EvidenceSaid => ({ kind: "delivered", form })),
  fc.nat(9).map((line): EvidenceSaid => ({
    kind: "understanding",
    line,
    asked: 3,
    answered: 3,
    firstPercent: 66,
    percent: 100,
  })),
  fc
    .record({ person: anyOf, account: fc.constantFrom(STRANGER, ...PEOPLE.map(ours)) })
    .map((one): EvidenceSaid => ({ kind: "named", people: [{ ...one, known: "in-person" }] })),
);

const anyLine: fc.Arbitrary<EvidenceLine> = fc
  .record({
    by: fc.constantFrom(THERAPIST, ...PEOPLE),
    isStranger: fc.boolean(),
    version: fc.constantFrom(versionId(1), versionId(2), versionId(3)),
    at: fc.nat(40),
    writtenAt: fc.nat(40),
    after: fc.option(fc.oneof(fc.nat(12), fc.constant("missing" as const)), { freq: 2 }),
    said,
  })
  .map(({ at, isStranger, writtenAt, ...line }) => ({
    ...line,
    account: isStranger ? STRANGER : ours(line.by),
    moment: { at, writtenAt },
  }));

const lineOf = (by: PersonId, what: EvidenceSaid): EvidenceLine => ({
  by,
  account: ours(by),
  version: versionId(1),
  moment: { at: 10, writtenAt: 10 },
  after: null,
  said: what,
});
const way: readonly EvidenceLine[] = [
  lineOf(THERAPIST, {
    kind: "named",
    people: PEOPLE.map((person) => ({ person, account: ours(person), known: "in-person" })),
  }),
  lineOf(THERAPIST, { kind: "offered" }),
  ...requiredSignatures(first).map(({ as, of, person }) =>
    lineOf(person, {
      kind: "signed",
      as,
      of,
      language: "en",
      reader: "adult",
      openedAt: 1,
      explained: "together",
      ticked: [],
      onScreen: "agreed",
      interpreter: null,
    }),
  ),
];

const anyLines = fc
  .array(fc.record({ at: fc.nat(way.length), line: anyLine }), { maxLength: 5 })
  .map((more) => more.reduce((lines, { at, line }) => lines.toSpliced(at, 0, line), [...way]));

/** Two who came to look after the family later: their person id is the id of their account. */
const LATER = [id<PersonId>(0x701), id<PersonId>(0x702)] as const;
// Another brand on a text of the same form.
const accountBehind = (person: PersonId) => person as string as AccountId;
const anySuccession = fc
  .array(
    fc.oneof(
      fc.record({ at: fc.nat(way.length), line: anyLine }),
      fc
        .record({
          at: fc.nat(way.length),
          by: fc.constantFrom(THERAPIST, ANA, ...LATER),
          said: fc.oneof(
            fc.constantFrom<EvidenceSaid>({ kind: "suspended", also: [] }, { kind: "left", person: BEN }),
            fc.constantFrom(...LATER).map((person): EvidenceSaid => ({
              kind: "named",
              people: [{ person, account: accountBehind(person), known: "in-person" }],
            })),
          ),
        })
        .map(({ at, by, said: what }) => {
          const account = LATER.some((one) => one === by) ? accountBehind(by) : ours(by);
          return { at, line: { ...lineOf(by, what), account } };
        }),
    ),
    { maxLength: 8 },
  )
  .map((more) => more.reduce((lines, { at, line }) => lines.toSpliced(at, 0, line), [...way]));

const judge = (lines: readonly EvidenceLine[]) => {
  const verdict = judgeEvidence(frozen({ about: versionId(1), versions, lines }));
  if (verdict === null) throw new Error("a version that is there");
  return verdict;
};

test("it is signed only with a line for every required signature that counts, by the account that was named last, and the whole story", () => {
  const reached = { signed: 0, not: 0 };
  fc.assert(
    fc.property(anyLines, (lines) => {
      const { isSigned, leavesOut, refused, signatures } = judge(lines);
      reached[isSigned ? "signed" : "not"] += 1;
      const counts = (place: number): boolean => !refused.some(({ line }) => line === place);
      const isGiven = requiredSignatures(first).every((wanted) =>
        lines.some(({ account, by, said: what, version }, place) => {
          if (what.kind !== "signed" || version !== versionId(1) || !counts(place)) return false;
          const named = lines
            .slice(0, place)
            .filter((_line, before) => counts(before))
            .flatMap((line) => (line.said.kind === "named" ? line.said.people : []))
            .findLast(({ person }) => person === by);
          return (
            named?.account === account && isSameSignature(wanted, { person: by, as: what.as, of: what.of })
          );
        }),
      );
      expect(isSigned && !isGiven).toBe(false);
      expect(isSigned && leavesOut.length > 0).toBe(false);
      for (const { account, line, person } of signatures)
        expect([lines[line]?.by, lines[line]?.account, counts(line)]).toEqual([person, account, true]);
    }),
    { numRuns: 1_500 },
  );
  expect(Math.min(reached.signed, reached.not)).toBeGreaterThan(50);
});

test("what a therapist alone may say counts from nobody but the version's therapists and whom one of them, or a successor, named before", () => {
  const SAID_BY_THERAPISTS: readonly EvidenceSaid["kind"][] = [
    ...(["named", "suspended", "left", "back", "authority", "witnessed"] as const),
  ];
  let bySuccessor = 0;
  fc.assert(
    fc.property(anySuccession, (lines) => {
      const { refused } = judge(lines);
      const counts = (place: number): boolean => !refused.some(({ line }) => line === place);
      for (const [place, line] of lines.entries()) {
        if (!counts(place) || !SAID_BY_THERAPISTS.includes(line.said.kind) || line.by === THERAPIST) continue;
        bySuccessor += 1;
        const wasNamed = lines.slice(0, place).some(({ said: what }, before) => {
          const people = what.kind === "named" && counts(before) ? what.people : [];
          return people.some(
            ({ account, person }) => person === line.by && account === accountBehind(person),
          );
        });
        expect([wasNamed, line.account]).toEqual([true, accountBehind(line.by)]);
      }
    }),
    { numRuns: 800 },
  );
  expect(bySuccessor).toBeGreaterThan(20);
});

test("what is refused changes nothing: without those lines the same is signed", () => {
  fc.assert(
    fc.property(anyLines, (lines) => {
      const whole = judge(lines);
      const refused = new Set(whole.refused.map(({ line }) => line));
      // Places move when lines are left out, so what names places is left out too.
      const rest = lines
        .filter((_line, place) => !refused.has(place))
        .map((line) => ({ ...line, after: null }));
      const again = judge(rest.filter(({ said: what }) => !("line" in what)));
      expect(again.stage).toEqual(whole.stage);
      expect(again.missing).toEqual(whole.missing);
      expect(again.refused).toEqual([]);
    }),
  );
});

test("what is recorded beside a signature decides nothing: with it and without it the same is signed", () => {
  const isBeside = ({ said: what }: EvidenceLine): boolean =>
    what.kind === "authority" || what.kind === "delivered" || "line" in what;
  fc.assert(
    fc.property(anyLines, (all) => {
      const lines = all.map((line) => ({ ...line, after: null }));
      const [whole, less] = [judge(lines), judge(lines.filter((line) => !isBeside(line)))];
      expect([less.stage, less.missing, less.isSigned]).toEqual([whole.stage, whole.missing, whole.isSigned]);
      for (const { as, authority, delivered, person } of whole.signatures) {
        expect(authority !== null && as !== "guardian").toBe(false);
        const told = lines.filter(({ by, said: what }) => by === person && what.kind === "delivered");
        expect(delivered.length).toBeLessThanOrEqual(Math.min(told.length, COPY_FORMS.length));
      }
    }),
  );
});

test("a copy without what is for the therapists alone has the same signatures, unless somebody withdrew", () => {
  fc.assert(
    fc.property(anyLines, (all) => {
      const lines = all
        .filter(({ said: what }) => what.kind !== "withdrawn")
        .map((line) => ({ ...line, after: null }));
      const [whole, copy] = [judge(lines), judge(lines.filter((line) => isForEveryone(line.said)))];
      expect(copy.isSigned).toBe(whole.isSigned);
      expect(copy.stage).toEqual(whole.stage);
      expect(copy.signatures.map(({ moment, person }) => [person, moment])).toEqual(
        whole.signatures.map(({ moment, person }) => [person, moment]),
      );
    }),
  );
});

/** A copy of what is carried: places move when lines are left out. */
const copyOf = (lines: readonly EvidenceLine[]): readonly EvidenceLine[] => {
  const carried = [...carriedLines({ lines, versions })];
  const placeOf = new Map(carried.map((place, now) => [place, now]));
  return carried.flatMap((place): EvidenceLine[] => {
    const one = lines[place];
    if (one === undefined) return [];
    const after = typeof one.after === "number" ? (placeOf.get(one.after) ?? "missing") : one.after;
    const what = "line" in one.said ? { ...one.said, line: placeOf.get(one.said.line) ?? -1 } : one.said;
    return [{ ...one, after, said: what }];
  });
};

test("a copy of what is carried says the same as all that everyone was told, and is whole", () => {
  const reached = { less: 0, signed: 0 };
  fc.assert(
    fc.property(anyLines, (drawn) => {
      const lines = drawn.filter(({ said: what }) => isForEveryone(what));
      const copy = copyOf(lines);
      const verdict = judge(copy);
      expect(verdict.refused).toEqual([]);
      // Who signs names what they have seen; a therapist may have seen what whoever makes the copy does not have.
      for (const place of verdict.leavesOut)
        expect(["signed", "answered"]).not.toContain(copy[place]?.said.kind);
      reached.less += copy.length < lines.length ? 1 : 0;
      reached.signed += verdict.isSigned ? 1 : 0;
      const free = lines.map((one) => ({ ...one, after: null }));
      const [whole, carried] = [judge(free), judge(copyOf(free))];
      expect([carried.stage, carried.missing, carried.isSigned]).toEqual([
        whole.stage,
        whole.missing,
        whole.isSigned,
      ]);
    }),
    { numRuns: 1_000 },
  );
  expect(Math.min(reached.less, reached.signed)).toBeGreaterThan(20);
});
