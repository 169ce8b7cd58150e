import { firstRoom } from "./0001-first-room.ts";
import { devices } from "./0003-devices.ts";

/** Forward only, in order. A migration is never edited once released. */
export const MIGRATIONS = [firstRoom, devices] as const;
