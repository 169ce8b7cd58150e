import { firstRoom } from "./0001-first-room.ts";
import { reminders } from "./0008-reminders.ts";

/** Forward only, in order. A migration is never edited once released. */
export const MIGRATIONS = [firstRoom, reminders] as const;
