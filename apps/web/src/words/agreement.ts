import { agreementWords as english } from "./en/agreement.ts";
import { part } from "./words.ts";

/** What every screen of an agreement says. */
export const agreementWords = part("agreementWords", english);
