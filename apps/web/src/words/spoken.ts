import type { agreementCompose } from "./en/agreement-compose.ts";
import type { agreementDesk } from "./en/agreement-desk.ts";
import type { agreementWords } from "./en/agreement.ts";
import type { family } from "./en/family.ts";
import type { keeping, keepingFamily } from "./en/keeping.ts";
import type { page } from "./en/page.ts";
import type { practice, practiceTemplates, team } from "./en/practice.ts";
import type { reminders } from "./en/reminders.ts";
import type { en } from "./en.ts";

/** The shape that all text of the interface has in every language: what loads before sign-in, and what loads with the screens that say it. */
export interface Spoken {
  readonly catalogue: typeof en;
  readonly practice: typeof practice;
  readonly team: typeof team;
  readonly practiceTemplates: typeof practiceTemplates;
  readonly family: typeof family;
  readonly reminders: typeof reminders;
  readonly page: typeof page;
  readonly keeping: typeof keeping;
  readonly keepingFamily: typeof keepingFamily;
  readonly agreementWords: typeof agreementWords;
  readonly agreementCompose: typeof agreementCompose;
  readonly agreementDesk: typeof agreementDesk;
}
