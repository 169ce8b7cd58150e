import { agreementDesk as english } from "./en/agreement-desk.ts";
import { part } from "./words.ts";

/** A therapist's desk for one family's agreement. */
export const agreementDesk = part("agreementDesk", english);
