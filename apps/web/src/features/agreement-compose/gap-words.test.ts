import { readingGrade } from "@sotto/content/reading-grade";
import { GAP_KINDS } from "@sotto/domain";
import type { Gap, TemplateRefusal } from "@sotto/domain";
import { expect, test } from "vitest";
import { agreementCompose } from "../../words/agreement-compose.ts";

const ABOUT = [
  "en.teen",
  "email",
  "child-abuse",
  "topics",
  "graceCount",
  "guardians-may-ask",
  "guardians-take-part",
  "minor-decides",
  "by-consent",
  "other-law",
  "too-young",
  "no-age",
  "conditions",
];

const hard = (texts: readonly string[]): readonly string[] =>
  texts.flatMap((text) => {
    const grade = readingGrade(text, "en");
    return grade > 8 ? [`${grade.toFixed(1)} ${text}`] : [];
  });

test("every gap has a sentence that is easy to read, whatever it is about", () => {
  const texts = GAP_KINDS.flatMap((kind) =>
    ABOUT.map((about) => {
      const gap: Gap = { kind, weight: "blocks", part: "client", about };
      return agreementCompose.gaps[kind]({ name: "Tom", place: "Texas", gap });
    }),
  );
  expect(texts.every((text) => text.length > 10 && !text.includes("undefined"))).toBe(true);
  expect(hard([...new Set(texts)])).toEqual([]);
});

test("every reason why a file is not taken says what to do, in easy words", () => {
  const at = "template.title";
  const all: readonly TemplateRefusal[] = [
    { kind: "too-large", charactersMost: 400_000 },
    { kind: "not-a-template" },
    { kind: "unknown-format", format: "x" },
    { kind: "missing", at },
    { kind: "unknown-field", at },
    { kind: "unknown-value", at },
    { kind: "too-many", at, most: 3 },
    { kind: "twice", at },
    { kind: "unknown-clause", at, clause: "x" },
    { kind: "broken-reference", at, to: "{x}" },
    { kind: "text-too-long", at, charactersMost: 200 },
    { kind: "script-in-text", at },
    { kind: "hidden-characters", at },
  ];
  expect(all.map(({ kind }) => kind).toSorted()).toEqual(Object.keys(agreementCompose.refusals).toSorted());
  const texts = all.map((why) => {
    // Each refusal goes to the sentence of its own kind.
    const say = agreementCompose.refusals[why.kind] as (why: TemplateRefusal) => string;
    return say(why);
  });
  expect(hard(texts)).toEqual([]);
  expect(texts.every((text) => /choose|fill|take|write|leave|cut|type|save/i.test(text))).toBe(true);
});
