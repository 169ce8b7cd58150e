/** The table of attacks: every line has its test, every test its line, and the words are on the screen. */
import { readdirSync, readFileSync } from "node:fs";
import { words } from "@sotto/web/words";
import { expect, test } from "vitest";
import { attacksPage, seenOf } from "../support/lies/page.ts";
import { THREATS, type AttackRow } from "../support/lies/row.ts";
import { ATTACKS } from "../support/lies/rows.ts";
import { saidAt } from "../support/lies/words.ts";

const root = new URL("../../", import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, root), "utf8");
const scenarios = readdirSync(new URL("tests/scenarios/", root)).filter((name) => name.startsWith("attack-"));
const declared = scenarios.flatMap((name) =>
  [...read(`tests/scenarios/${name}`).matchAll(/^attack\("([^"]+)"/gm)].map(([, id]) => id ?? ""),
);
const idOf = (row: AttackRow): readonly string[] => ("id" in row ? [row.id] : []);

test("every attack that a test declares is one line of the table, and every such line is declared", () => {
  expect(declared.length).toBeGreaterThan(50);
  expect(declared.toSorted()).toEqual(ATTACKS.flatMap(idOf).toSorted());
});

test("every test that stood before still stands, by its name", () => {
  const gone = ATTACKS.flatMap((row) =>
    "file" in row && !read(row.file).includes(`"${row.test}"`) ? [`${row.file}: ${row.test}`] : [],
  );
  expect(gone).toEqual([]);
});

test("each threat is carried out in two variants at least", () => {
  const alone = Object.keys(THREATS).filter(
    (threat) => ATTACKS.filter((row) => row.threat === threat).length < 2,
  );
  expect(alone).toEqual([]);
});

test("whatever the table says that a person sees stands in the catalogue", () => {
  for (const row of ATTACKS) expect(seenOf(row, words).length).toBeGreaterThan(0);
  expect(saidAt(words, "alarms.no-such")).toBeNull();
  expect(() => seenOf({ ...base, outcome: { sees: ["alarms.no-such"] } }, words)).toThrow("no-such");
});

const base = { threat: "T5", attack: "", variant: "", id: "" } as const;

test("the page in the threat model is made from the table as it is", () => {
  expect(read("docs/threat-model/attacks.md")).toBe(attacksPage(ATTACKS, words));
});
