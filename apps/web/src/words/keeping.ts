import * as english from "./en/keeping.ts";
import { part } from "./words.ts";

/** How long a practice keeps a family's rooms. */
export const keeping = part("keeping", english.keeping);
/** The same on a family's page. */
export const keepingFamily = part("keepingFamily", english.keepingFamily);
