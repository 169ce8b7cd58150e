import { firstRoom } from "./0001-first-room.ts";
import { erasedFrames } from "./0004-erased-frames.ts";

/** Forward only, in order. A migration is never edited once released. */
export const MIGRATIONS = [firstRoom, erasedFrames] as const;
