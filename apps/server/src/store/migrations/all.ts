import { firstRoom } from "./0001-first-room.ts";
import { files } from "./0002-files.ts";

/** Forward only, in order. A migration is never edited once released. */
export const MIGRATIONS = [firstRoom, files] as const;
