import { practice, team } from "./en/practice.ts";
import { part } from "./words.ts";

/** What only those who work in a practice read. */
export const practiceWords = part("practice", practice);
export const teamWords = part("team", team);
