import fc from "fast-check";
import { expect, test } from "vitest";
import { ANA, BEN, party, promiseTo, soundParties, TOM } from "../../testing/agreement.ts";
import { anyTemplate, smallTemplate } from "../../testing/template.ts";
import { choicesFrom } from "./template.ts";
import {
  brokenReferenceIn,
  fillWords,
  parseTemplate,
  TEMPLATE_LIMITS,
  templateFile,
} from "./template-file.ts";

const whyNot = (text: string) => {
  const parsed = parseTemplate(text);
  return parsed.kind === "refused" ? parsed.why : [];
};
/** The small template as a file, with something in it replaced. */
const fileWith = (before: string, after: string): string => {
  const file = templateFile(smallTemplate);
  expect(file).toContain(before);
  return file.replace(before, after);
};

test("a template goes into a file and comes out as it was, and the file is the same again", () => {
  fc.assert(
    fc.property(anyTemplate, (template) => {
      const file = templateFile(template);
      const parsed = parseTemplate(file);
      expect(parsed).toEqual({ kind: "template", template });
      expect(templateFile(parsed.kind === "template" ? parsed.template : template)).toBe(file);
    }),
    { numRuns: 300 },
  );
});

test("whatever is done to a file, it is a template again or it is refused; nothing is thrown", () => {
  const step = fc.tuple(
    fc.double({ min: 0, max: 1, noNaN: true }),
    fc.nat(8),
    fc.constantFrom("", '"', "{", "}", "[", "]", ",", "null", "1e9", "\\u0000", "<script>", "é", "\uD800"),
  );
  fc.assert(
    fc.property(anyTemplate, fc.array(step, { minLength: 1, maxLength: 4 }), (template, steps) => {
      const text = steps.reduce((now, [where, count, put]) => {
        const at = Math.floor(where * now.length);
        return now.slice(0, at) + put + now.slice(at + count);
      }, templateFile(template));
      const parsed = parseTemplate(text);
      const again = parsed.kind === "template" ? parseTemplate(templateFile(parsed.template)) : parsed;
      expect(again).toEqual(parsed);
      expect(parsed.kind === "refused" && parsed.why.length === 0).toBe(false);
    }),
    { numRuns: 500 },
  );
});

test("a file that is too large is refused before it is read", () => {
  const large = "[".repeat(10_000_000);
  expect(whyNot(large)).toEqual([{ kind: "too-large", charactersMost: TEMPLATE_LIMITS.characters }]);
  expect(whyNot("[".repeat(TEMPLATE_LIMITS.characters))).toEqual([{ kind: "not-a-template" }]);
});

test.each<readonly [string, string, string, object]>([
  [
    "an unknown clause",
    "telling.sessions",
    "telling.weeks",
    { kind: "unknown-clause", clause: "telling.weeks", at: "template.wordings.0.clause" },
  ],
  [
    "a value that its clause does not have",
    "{count}",
    "{hours}",
    { kind: "broken-reference", to: "{hours}" },
  ],
  ["a brace that is never closed", "{count}", "{count", { kind: "broken-reference" }],
  [
    "a script",
    "A debt, say.",
    "A debt<script>alert(1)</script>",
    { kind: "script-in-text", at: "template.examples.0.text" },
  ],
  ["an image that is a script", "A debt, say.", "<img src=x onerror=alert(1)>", { kind: "script-in-text" }],
  ["an address that is a program", "A debt, say.", "javascript: alert(1)", { kind: "script-in-text" }],
  ["text that runs backwards", "A debt, say.", "A \\u202E debt", { kind: "hidden-characters" }],
  ["a lone half of a character", "A debt, say.", "A \\ud800 debt", { kind: "hidden-characters" }],
  [
    "a text that is too long",
    "A debt, say.",
    "x".repeat(1_201),
    { kind: "text-too-long", charactersMost: 1_200 },
  ],
  ["no text", "A debt, say.", "  ", { kind: "missing" }],
  [
    "a choice that there is not",
    '"limited"',
    '"sometimes"',
    { kind: "unknown-value", at: "template.choices.policy.kind" },
  ],
  ["a number out of range", '"graceCount": 3', '"graceCount": 0', { kind: "unknown-value" }],
  ["a field that there is not", '"asOf"', '"by": "me", "asOf"', { kind: "unknown-field", at: "template.by" }],
  ["a field that is missing", '"verified": false', '"verified": null', { kind: "unknown-value" }],
  [
    "another format",
    "template/1",
    "template/2",
    { kind: "unknown-format", format: "sotto-agreement-template/2" },
  ],
  ["the same twice", '"affair",', '"affair", "affair",', { kind: "twice" }],
])("it is refused: %s", (_, before, after, why) => {
  expect(whyNot(fileWith(before, after))).toMatchObject([why]);
});

test.each<readonly [string, string, string, object]>([
  ["a part that there is not", '"part": "telling"', '"part": "weather"', { at: "template.parts.0.part" }],
  ["markup", "We talk first.", "<b>We</b> talk", { kind: "script-in-text", at: "template.parts.0.text" }],
  ["a value that nothing stands behind", "We talk", "In {count} we talk", { kind: "broken-reference" }],
  ["too much", "We talk first.", "x".repeat(4_001), { kind: "text-too-long", charactersMost: 4_000 }],
  [
    "a field that there is not",
    '"part": "telling"',
    '"part": "telling", "fits": null',
    { kind: "unknown-field" },
  ],
])("words for a whole part are refused: %s", (_, before, after, why) => {
  expect(whyNot(fileWith(before, after))).toMatchObject([why]);
});

test("a file of before, which does not speak of whole parts, is read as one without words for them", () => {
  const without = { ...smallTemplate, parts: [] };
  expect(templateFile(without)).not.toContain("parts");
  expect(parseTemplate(templateFile(without))).toEqual({ kind: "template", template: without });
});

test("what is no template at all is refused, and all that is wrong is said at once", () => {
  for (const text of ["", "null", "[]", "{}", '"x"', "{"]) {
    expect(whyNot(text)).toEqual([{ kind: "not-a-template" }]);
  }
  const both = fileWith("telling.sessions", "telling.weeks").replace("A debt, say.", "<b>A debt</b>");
  expect(whyNot(both).map(({ kind }) => kind)).toEqual(["unknown-clause", "script-in-text"]);
});

test("an agreement begins from a template with what each minor is promised, and nobody's supporters", () => {
  const parties = [...soundParties, party(ANA, "guardian")];
  const guardians = new Map([[TOM, [ANA, BEN]]]);
  const begun = choicesFrom(smallTemplate, { parties, guardians, client: null, retention: null });
  expect(begun.minors).toEqual([promiseTo(TOM)]);
  expect(begun.client).toEqual({ kind: "unit" });
  expect(begun.outsiders?.supporters).toEqual([]);
  const alone = { ...smallTemplate, choices: { ...smallTemplate.choices, client: "individual" } as const };
  const wish = { parties, guardians, retention: null };
  expect(choicesFrom(alone, { ...wish, client: null }).client).toBeNull();
  expect(choicesFrom(alone, { ...wish, client: ANA }).client).toEqual({ kind: "individual", client: ANA });
});

test("values are put into words once, and nothing in a value is taken for another", () => {
  expect(fillWords("{person} may tell {name}.", { person: "Ana {name}", name: "Ruth" })).toBe(
    "Ana {name} may tell Ruth.",
  );
  expect(brokenReferenceIn("telling.days", "In {count} days.")).toBeNull();
  expect(brokenReferenceIn("telling.days", "In {} days.")).toBe("{}");
  expect(brokenReferenceIn("telling.days", "In count} days.")).toBe("}");
});
