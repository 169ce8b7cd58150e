import { page as english } from "./en/page.ts";
import { part } from "./words.ts";

/** What is said of the page itself. */
export const page = part("page", english);
