import { reminders } from "./en/reminders.ts";
import { part } from "./words.ts";

/** What is said of reminders where somebody switches one on. */
export const reminderWords = part("reminders", reminders);
