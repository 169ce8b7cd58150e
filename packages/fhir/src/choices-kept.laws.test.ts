import { AGREEMENT_PARTS } from "@sotto/domain";
import type { Choices } from "@sotto/domain";
import { anyChoices } from "@sotto/domain/testing";
import fc from "fast-check";
import { expect, test } from "vitest";
import { anyVersion, exportOf, offerOf } from "../testing/agreement.ts";
import { bundleOf, saidBy } from "../testing/read-bundle.ts";

/* No choice is lost on the way: what differs in an agreement differs in every consent of it, whoever signs. */

test("no choice is lost: two versions that differ in one part have consents that differ", () => {
  const seen = new Map<string, number>();
  fc.assert(
    fc.property(anyVersion, anyChoices, fc.constantFrom(...AGREEMENT_PARTS), (version, other, part) => {
      if (JSON.stringify(version.choices[part]) === JSON.stringify(other[part])) return;
      const choices = { ...version.choices, [part]: other[part] };
      // What has to be told apart is said in every consent, whoever signs.
      const [one, two] = [version, { ...version, choices }].map((each) =>
        saidBy(bundleOf(exportOf(offerOf(each)))),
      );
      const shared = (one ?? []).filter((text) => two?.includes(text));
      seen.set(part, (seen.get(part) ?? 0) + (one?.length ?? 0));
      expect(shared).toEqual([]);
    }),
    { numRuns: 1200 },
  );
  for (const part of AGREEMENT_PARTS) expect([part, (seen.get(part) ?? 0) > 20]).toEqual([part, true]);
}, 240_000);

/** Whatever else could have been chosen, also where what is drawn is always the same. */
const anyOther: fc.Arbitrary<Choices> = anyChoices.map((choices) => ({
  ...choices,
  records: { ...choices.records, retention: OTHER_RULE },
  messages: { ...choices.messages, crisisLine: { name: "Another line", number: "556" } },
}));

const OTHER_RULE = {
  place: "uk",
  title: "Another",
  citation: "Another law",
  verified: false,
  asOf: "2020",
  familyMonths: 12,
  recordMonths: 24,
  minorMonths: 36,
  maximumMonths: 48,
};

type Path = readonly (string | number)[];

const isBranch = (value: unknown): value is Record<string | number, unknown> =>
  typeof value === "object" && value !== null && !(Array.isArray(value) && typeof value[0] !== "object");

/** Where single choices stand inside of a part. A list of words is one choice. */
const leavesOf = (value: unknown, path: Path = []): readonly Path[] =>
  isBranch(value) ? Object.entries(value).flatMap(([key, inner]) => leavesOf(inner, [...path, key])) : [path];

const at = (value: unknown, path: Path): unknown =>
  path.reduce<unknown>((inner, key) => (isBranch(inner) ? inner[key] : undefined), value);

/** The same with one leaf from another. */
const withLeaf = (value: unknown, path: Path, leaf: unknown): unknown => {
  const [key, ...rest] = path;
  if (key === undefined || !isBranch(value)) return leaf;
  const inner = withLeaf(value[key], rest, leaf);
  return Array.isArray(value)
    ? value.map((item: unknown, place) => (String(place) === key ? inner : item))
    : { ...value, [key]: inner };
};

test("no single choice is lost: each field of each part, alone another, is another consent", () => {
  const seen = new Set<string>();
  fc.assert(
    fc.property(
      anyVersion,
      anyOther,
      fc.constantFrom(...AGREEMENT_PARTS),
      fc.nat(),
      (version, other, part, pick) => {
        const mine = version.choices[part];
        // Of which kind a policy or client is, changes with its fields: that is a part as a whole, above.
        const paths = leavesOf(mine).filter(
          (path) => path.at(-1) !== "kind" && at(other[part], path) !== undefined,
        );
        const path = paths[pick % paths.length];
        if (path === undefined) return;
        const leaf = at(other[part], path);
        if (JSON.stringify(leaf) === JSON.stringify(at(mine, path))) return;
        // Choices of the same part, one of whose fields is the other's.
        const choices = { ...version.choices, [part]: withLeaf(mine, path, leaf) } as Choices;
        const [one, two] = [version, { ...version, choices }].map((each) =>
          saidBy(bundleOf(exportOf(offerOf(each)))),
        );
        if (one?.length === 0) return;
        seen.add([part, ...path].filter((key) => !/^[0-9]+$/.test(String(key))).join("."));
        expect(one?.filter((text) => two?.includes(text))).toEqual([]);
      },
    ),
    { numRuns: 4000 },
  );
  expect(seen.size).toBeGreaterThan(50);
}, 240_000);
