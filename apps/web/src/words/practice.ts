import { practice, practiceTemplates, team } from "./en/practice.ts";
import { part } from "./words.ts";

/** What only those who work in a practice read. */
export const practiceWords = part("practice", practice);
export const practiceTemplatesWords = part("practiceTemplates", practiceTemplates);
export const teamWords = part("team", team);
