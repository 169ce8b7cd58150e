import { firstRoom } from "./0001-first-room.ts";
import { files } from "./0002-files.ts";
import { devices } from "./0003-devices.ts";
import { erasedFrames } from "./0004-erased-frames.ts";
import { trust } from "./0005-trust.ts";
import { people } from "./0006-people.ts";
import { reminders } from "./0008-reminders.ts";
import { custodian } from "./0009-custodian.ts";
import { endedRooms } from "./0010-ended-rooms.ts";
import { builds } from "./0011-builds.ts";
import { itemOnce } from "./0012-item-once.ts";

/** Forward only, in order. A migration is never edited once released. */
export const MIGRATIONS = [
  firstRoom,
  files,
  devices,
  erasedFrames,
  trust,
  people,
  reminders,
  custodian,
  endedRooms,
  builds,
  itemOnce,
] as const;
