import { agreementCompose as english } from "./en/agreement-compose.ts";
import { part } from "./words.ts";

/** What the screen says on which a therapist composes an agreement. */
export const agreementCompose = part("agreementCompose", english);
