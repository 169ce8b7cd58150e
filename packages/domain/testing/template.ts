import fc from "fast-check";
import { CLAUSE_CODES, clauseValues } from "../src/agreement/clause-code.ts";
import { LEAK_PROMISES, LEAK_STEPS, MESSAGE_CHANNELS, WORRY_ROUTES } from "../src/agreement/choices.ts";
import { AGREEMENT_PARTS } from "../src/agreement/part.ts";
import { AGREEMENT_BOUNDS } from "../src/agreement/gap-bounds.ts";
import type { AgreementTemplate, TemplateChoices, TemplateText } from "../src/agreement/template.ts";
import { TEMPLATE_SHAPES } from "../src/agreement/template.ts";
import { AGREEMENT_LANGUAGES, READERS } from "../src/agreement/version.ts";
import { anyChoices, soundChoices } from "./agreement.ts";

/** Templates for tests: a small one, and drawn ones that a file can hold. */

const { client: _client, outsiders, minors, records, ...rest } = soundChoices;
const [tom] = minors;
if (tom === undefined) throw new Error("the sound choices promise something to somebody");
const { guardians: _guardians, minor: _minor, ...promise } = tom;
const { supporters: _supporters, ...open } = outsiders;

export const smallTemplate: AgreementTemplate = {
  id: "our-own",
  version: 3,
  shape: "family-with-teenager",
  title: { en: "Our own", es: "El nuestro" },
  choices: {
    ...rest,
    client: "unit",
    outsiders: open,
    records: { form: records.form, access: records.access },
    minors: { teen: promise, child: { ...promise, level: "open" } },
  },
  wordings: [
    { clause: "telling.sessions", language: "en", reader: "adult", text: "You have {count} meetings." },
  ],
  examples: [{ clause: "policy.category.money", language: "en", reader: "teen", text: "A debt, say." }],
  parts: [{ part: "telling", language: "en", reader: "teen", text: "We talk first.\nThen you tell." }],
  source: "Our practice",
  verified: false,
  asOf: "2030",
};

const within = (name: keyof typeof AGREEMENT_BOUNDS) => fc.integer({ min: 1, max: AGREEMENT_BOUNDS[name] });

const choices: fc.Arbitrary<TemplateChoices> = fc
  .record({
    drawn: anyChoices,
    graceCount: within("graceCount"),
    checkInMonths: within("checkInMonths"),
    reviewMonths: within("reviewMonths"),
    firstWordHours: within("firstWordHours"),
    channels: fc.subarray([...MESSAGE_CHANNELS]),
    answerHours: fc.option(within("answerHours")),
    routes: fc.subarray([...WORRY_ROUTES]),
    members: fc.subarray([...LEAK_STEPS]),
    practice: fc.subarray([...LEAK_PROMISES]),
  })
  .map(
    ({
      answerHours,
      channels,
      checkInMonths,
      drawn,
      firstWordHours,
      graceCount,
      members,
      practice,
      reviewMonths,
      routes,
    }) => {
      const { supporters: _none, ...own } = drawn.outsiders;
      return {
        ...drawn,
        client: drawn.client.kind,
        telling: { ...drawn.telling, graceCount },
        outsiders: own,
        records: { form: drawn.records.form, access: drawn.records.access },
        minors: { teen: promise, child: promise },
        messages: { ...drawn.messages, channels: channels.map((channel) => ({ channel, answerHours })) },
        change: { checkInMonths, reviewMonths },
        worries: {
          routes: routes.map((route) => ({ route, contact: "" })),
          members,
          practice,
          firstWordHours,
        },
      };
    },
  );

const word = fc.constantFrom("You", "tell", "nobody", "¿qué", "ñandú", "now.", "\n", "a & b", "1 < 2");
const text: fc.Arbitrary<TemplateText> = fc
  .record({
    clause: fc.constantFrom(...CLAUSE_CODES),
    language: fc.constantFrom(...AGREEMENT_LANGUAGES),
    reader: fc.constantFrom(...READERS),
    words: fc.array(word, { minLength: 1, maxLength: 8 }),
  })
  .map(({ clause, language, reader, words }) => {
    const values = clauseValues(clause).map((value) => `{${value}}`);
    return { clause, language, reader, text: ["So", ...words, ...values].join(" ") };
  });
const texts = fc.uniqueArray(text, {
  maxLength: 6,
  selector: ({ clause, language, reader }) => `${clause} ${language} ${reader}`,
});

const parts: fc.Arbitrary<AgreementTemplate["parts"]> = fc.uniqueArray(
  fc.record({
    part: fc.constantFrom(...AGREEMENT_PARTS),
    language: fc.constantFrom(...AGREEMENT_LANGUAGES),
    reader: fc.constantFrom(...READERS),
    text: fc.array(word, { minLength: 1, maxLength: 8 }).map((words) => ["So", ...words].join(" ")),
  }),
  { maxLength: 6, selector: ({ part, language, reader }) => `${part} ${language} ${reader}` },
);

export const anyTemplate: fc.Arbitrary<AgreementTemplate> = fc.record({
  id: fc.constantFrom("a", "couple-2", "our-own"),
  version: fc.integer({ min: 1, max: 1000 }),
  shape: fc.constantFrom(...TEMPLATE_SHAPES),
  title: fc.constant({ en: "A couple", es: "Una pareja" }),
  choices,
  wordings: texts,
  examples: texts,
  parts,
  source: fc.constant("domain.md section 5"),
  verified: fc.boolean(),
  asOf: fc.constant("2026-11-23"),
});
