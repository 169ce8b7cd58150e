import { expect, test } from "vitest";
import { ANA, promiseTo, soundChoices, TOM, versionOf } from "../../testing/agreement.ts";
import { smallTemplate } from "../../testing/template.ts";
import { withWords } from "./begin.ts";
import { CLAUSE_CODES } from "./clause-code.ts";
import { gapsIn } from "./gaps-in.ts";
import type { OwnWords } from "./own-words.ts";
import {
  namesSomebody,
  ownWordsForTemplate,
  ownWordsFrom,
  ownWordsIn,
  ownWordsRefusals,
  saidIn,
  withFitting,
} from "./own-words.ts";
import type { ClauseCatalogue } from "./part-words.ts";
import type { AgreementDraft } from "./version.ts";

const catalogue = Object.fromEntries(
  CLAUSE_CODES.map((code) => [code, { adult: `${code} a`, teen: `${code} t`, child: `${code} c` }]),
  // Every code has an entry, just made.
) as unknown as ClauseCatalogue;
const catalogues = { en: catalogue, es: catalogue };
const draft: AgreementDraft = versionOf(1, { words: [] });
const own = (more: Partial<OwnWords> = {}): OwnWords => ({
  part: "telling",
  language: "en",
  reader: "teen",
  text: "We talk first.",
  fits: saidIn(draft, "telling"),
  ...more,
});
const worded = (words: readonly OwnWords[], before = draft) => withWords(before, catalogues, [], words);
const textAt = ({ words }: AgreementDraft, { language, part, reader }: OwnWords) =>
  words.find((one) => one.part === part && one.language === language && one.reader === reader)?.text;
const gapsOf = (words: readonly OwnWords[], before = draft) =>
  gapsIn(worded(words, before), words).filter(({ kind }) => kind.startsWith("own-words"));
const laterTelling: AgreementDraft = {
  ...draft,
  choices: { ...draft.choices, telling: { ...soundChoices.telling, graceCount: 9 } },
};

test("own words stand in place of all sentences of their part, for their reader in their language alone", () => {
  const with_ = worded([own()]);
  expect(textAt(with_, own())).toBe("We talk first.");
  expect(textAt(with_, own({ reader: "adult" }))).toContain("telling.");
  expect(textAt(with_, own({ language: "es" }))).toContain("telling.");
  expect(with_.words.length).toBe(worded([]).words.length);
  expect(gapsOf([own()])).toEqual([]);
});

test("own words for a part that says nothing, or for nobody who is there, stand nowhere and are no gap", () => {
  const others = [own({ part: "minors", reader: "child", fits: null })];
  const noMinors = { ...draft, choices: { ...draft.choices, minors: [] } };
  expect(worded(others, noMinors).words).toEqual(worded([], noMinors).words);
  expect(gapsOf(others, noMinors)).toEqual([]);
});

test.each([
  ["nothing", "  \n ", "missing"],
  ["markup", "We <b>talk</b>.", "script-in-text"],
  ["a character reference", "We talk &#60;", "script-in-text"],
  ["an address that is a program", "javascript: alert(1)", "script-in-text"],
  ["text that runs backwards", "We \u202E talk", "hidden-characters"],
  ["a sign that nobody sees", "We\u200Btalk", "hidden-characters"],
  ["a lone half of a character", "We \uD800", "hidden-characters"],
  ["a value that nothing stands behind", "In {count} days", "broken-reference"],
  ["a brace that is never opened", "In count} days", "broken-reference"],
  ["too much", "x".repeat(4_001), "text-too-long"],
])("they do not stand with %s in them, and block until that is mended", (_, text, kind) => {
  expect(ownWordsRefusals(text).map((why) => why.kind)).toEqual([kind]);
  expect(textAt(worded([own({ text })]), own())).toContain("telling.");
  expect(gapsOf([own({ text })])).toEqual([
    { kind: "own-words-refused", weight: "blocks", part: "telling", about: "en.teen" },
  ]);
});

test("where what the part says is not the same any more, it is doubtful that they fit, until somebody has looked", () => {
  expect(gapsOf([own()], laterTelling)).toEqual([
    { kind: "own-words-unsure", weight: "doubtful", part: "telling" },
  ]);
  expect(textAt(worded([own()], laterTelling), own())).toBe("We talk first.");
  expect(gapsOf(withFitting([own()], laterTelling, "telling"), laterTelling)).toEqual([]);
  expect(gapsOf([own()], { ...draft, choices: { ...draft.choices, court: null } })).toEqual([]);
});

test("a name that is not the same any more makes it doubtful too, in the parts where it stands", () => {
  const minors = own({ part: "minors", fits: saidIn(draft, "minors") });
  const parties = draft.parties.map((one) => (one.person === TOM ? { ...one, name: "Thomas" } : one));
  expect(gapsOf([minors, own()], { ...draft, parties }).map(({ part }) => part)).toEqual(["minors"]);
});

test("a draft that goes on from a version says what it said: own words are those that are not the usual ones", () => {
  const version = versionOf(1, { words: worded([own()]).words });
  expect(ownWordsIn(version, catalogues)).toEqual([own()]);
  expect(ownWordsIn(versionOf(1, { words: worded([]).words }), catalogues)).toEqual([]);
  const wordings = [
    { clause: "court.not-promised", language: "en", reader: "adult", text: "No promise." },
  ] as const;
  const from = versionOf(1, { words: withWords(draft, catalogues, wordings).words });
  const carried = ownWordsIn(from, catalogues);
  expect(carried.map(({ part }) => part)).toEqual(["court"]);
  expect(worded(carried).words).toEqual(from.words);
  expect(gapsOf(carried)).toEqual([]);
});

test("words of a template fit where the family has no say in the part; in the others somebody has to look", () => {
  const parts = (["telling", "records", "minors", "client"] as const).map((part) => ({
    part,
    language: "en" as const,
    reader: "adult" as const,
    text: "So it is.",
  }));
  const begun = ownWordsFrom({ ...smallTemplate, parts }, draft);
  expect(begun.map(({ fits }) => fits === null)).toEqual([false, true, true, true]);
  expect(gapsOf(begun).map(({ part }) => part)).toEqual(["client", "records", "minors"]);
});

test("no own words with a name of the family in them go into a template, and none that may not stand", () => {
  const words = [
    own(),
    own({ part: "minors", text: "ÁNA hears how it goes." }),
    own({ part: "court", text: "We <i>talk</i>." }),
  ];
  const { go, stay } = ownWordsForTemplate(words, ["Ana", "Tom de la Cruz"]);
  expect(go).toEqual([{ part: "telling", language: "en", reader: "teen", text: "We talk first." }]);
  expect(stay.map(({ part }) => part)).toEqual(["minors", "court"]);
  expect(JSON.stringify(go)).not.toContain("fits");
});

test.each<readonly [string, string, boolean]>([
  ["Tom’s mother", "Tom", true],
  ["tom, and you", "Tom Rivera", true],
  ["the Riveras", "Rivera", false],
  ["de la casa", "Tom de la Cruz", false],
  ["Al comes", "Al", true],
  ["atomic", "Tom", false],
  ["家族の太郎さん", "太郎", true],
  ["José viene", "Jose", true],
  ["You come", "", false],
])("%s names %s: %s", (text, name, isNamed) => {
  expect(namesSomebody(text, [name])).toBe(isNamed);
});

test("what a part says does not hang on the order of fields, and is nothing while a part is open", () => {
  expect(saidIn({ ...draft, choices: { ...draft.choices, client: null } }, "telling")).toBeNull();
  const two = { ...draft, choices: { ...draft.choices, minors: [promiseTo(TOM, { guardians: [ANA] })] } };
  expect(saidIn(two, "minors")).not.toBe(saidIn(draft, "minors"));
  expect(saidIn(two, "telling")).toBe(saidIn(draft, "telling"));
});
