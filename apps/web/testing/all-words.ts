import { agreementCheck } from "../src/words/en/agreement-check.ts";
import { agreementCompose } from "../src/words/en/agreement-compose.ts";
import { agreementDesk } from "../src/words/en/agreement-desk.ts";
import { agreementSign } from "../src/words/en/agreement-sign.ts";
import { agreementWords } from "../src/words/en/agreement.ts";
import { family } from "../src/words/en/family.ts";
import { keeping, keepingFamily } from "../src/words/en/keeping.ts";
import { page } from "../src/words/en/page.ts";
import { practice, practiceTemplates, team } from "../src/words/en/practice.ts";
import { reminders } from "../src/words/en/reminders.ts";
import { triggers } from "../src/words/en/triggers.ts";
import { en } from "../src/words/en.ts";
import { agreementCheck as spanishCheck } from "../src/words/es/agreement-check.ts";
import { agreementSign as spanishSign } from "../src/words/es/agreement-sign.ts";
import { triggers as spanishTriggers } from "../src/words/es/triggers.ts";
import { es } from "../src/words/es.ts";
import type { Spoken } from "../src/words/spoken.ts";

const spokenInEnglish: Spoken = {
  catalogue: en,
  practice,
  team,
  practiceTemplates,
  family,
  reminders,
  page,
  keeping,
  keepingFamily,
  agreementWords,
  agreementCompose,
  agreementDesk,
};

/** All text of the interface in English: what the language of this device decides, and what an agreement is read in. */
export const english = { ...spokenInEnglish, triggers, agreementCheck, agreementSign };

/** The same in Spanish. */
export const spanish: typeof english = {
  ...es,
  triggers: spanishTriggers,
  agreementCheck: spanishCheck,
  agreementSign: spanishSign,
};

/** Every value of a catalogue of one kind, with its place. */
export function eachOf<Kind extends "string" | "function">(
  kind: Kind,
  value: unknown,
  place = "",
): readonly (readonly [string, unknown])[] {
  if (typeof value === kind) return [[place, value]];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => eachOf(kind, inner, `${place}.${key}`));
}

/** Every text, with its place. One that is made from names is made from short ones. */
export const textsOf = (value: unknown): readonly (readonly [string, string])[] =>
  eachOf("string", value).map(([place, text]) => [place, String(text)]);
