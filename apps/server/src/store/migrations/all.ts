import { firstRoom } from "./0001-first-room.ts";
import { trust } from "./0005-trust.ts";
import { people } from "./0006-people.ts";

/** Forward only, in order. A migration is never edited once released. */
export const MIGRATIONS = [firstRoom, trust, people] as const;
