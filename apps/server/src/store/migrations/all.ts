import { firstRoom } from "./0001-first-room.ts";
import { files } from "./0002-files.ts";
import { erasedFrames } from "./0004-erased-frames.ts";

/** Forward only, in order. A migration is never edited once released. */
export const MIGRATIONS = [firstRoom, files, erasedFrames] as const;
