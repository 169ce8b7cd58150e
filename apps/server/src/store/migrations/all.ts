import { firstRoom } from "./0001-first-room.ts";

/** Forward only, in order. A migration is never edited once released. */
export const MIGRATIONS = [firstRoom] as const;
