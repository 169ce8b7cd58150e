import { family } from "./en/family.ts";
import { part } from "./words.ts";

/** What therapists read on a family's page. */
export const familyWords = part("family", family);
