import { expect, test } from "vitest";
import { ANA, BEN, promiseTo, soundChoices, TOM, versionOf } from "../../testing/agreement.ts";
import { CLAUSE_CODES, clauseValues } from "./clause-code.ts";
import { clausesOf } from "./clause.ts";
import { blockingGaps } from "./gaps-in.ts";
import { AGREEMENT_PARTS } from "./part.ts";
import type { ClauseCatalogue } from "./part-words.ts";
import { partWords } from "./part-words.ts";
import type { TemplateText } from "./template.ts";

/** Each clause says its own code, its reader and its values. */
const catalogue = Object.fromEntries(
  CLAUSE_CODES.map((code) => {
    const values = clauseValues(code).map((value) => `{${value}}`);
    const said = (reader: string) => [code, reader, ...values].join(" ");
    return [code, { adult: said("adult"), teen: said("teen"), child: said("child") }];
  }),
  // Every code has an entry, just made.
) as ClauseCatalogue;

const NAMES = new Map([
  [ANA, "Ana"],
  [BEN, "Ben"],
  [TOM, "Tom"],
]);
const wordsWith = (wordings: readonly TemplateText[]) =>
  partWords({
    clauses: clausesOf({ ...soundChoices, minors: [promiseTo(TOM, { told: ["serious-risk"] })] }),
    catalogue,
    wordings,
    language: "en",
    readers: ["adult", "teen"],
    nameOf: (person) => NAMES.get(person) ?? "",
  });
const textOf = (words: ReturnType<typeof wordsWith>, part: string, reader: string) =>
  words.find((one) => one.part === part && one.reader === reader)?.text;

test("each part says its clauses, one a line, with names and numbers put in", () => {
  const words = wordsWith([]);
  expect(textOf(words, "minors", "teen")).toBe(
    [
      "minors.partial teen Tom",
      "minors.told.serious-risk teen Tom",
      "minors.tells-first teen Tom",
      "minors.consent.guardians teen Tom Ana, Ben",
    ].join("\n"),
  );
  expect(textOf(words, "telling", "adult")).toContain("telling.sessions adult 3");
  expect(words).toHaveLength(AGREEMENT_PARTS.length * 2);
  expect(blockingGaps(versionOf(1, { words }))).toEqual([]);
});

test("a practice's own words stand for their clause, their language and their reader, and for nothing else", () => {
  const own = {
    clause: "telling.sessions",
    language: "en",
    reader: "teen",
    text: "{count} meetings.",
  } as const;
  const words = wordsWith([own, { ...own, language: "es", reader: "adult", text: "Otra cosa." }]);
  expect(textOf(words, "telling", "teen")).toContain("\n3 meetings.\n");
  expect(textOf(words, "telling", "adult")).toContain("telling.sessions adult 3");
  expect(JSON.stringify(words)).not.toContain("Otra cosa");
});
