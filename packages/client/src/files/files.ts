import type { EntryId, FileEntry, RoomId } from "@sotto/domain";
import type { Call } from "../api.ts";
import type { LocalRecords } from "../local/records.ts";
import type { Outbox } from "../outbox/outbox.ts";
import type { Ports } from "../ports.ts";
import type { Rooms } from "../sync/rooms.ts";
import { Downloads } from "./downloads.ts";
import { KeptFiles } from "./kept-files.ts";
import { Transfers } from "./transfers.ts";
import { Uploads } from "./uploads.ts";

interface Parts {
  readonly ports: Ports;
  readonly call: Call;
  readonly local: LocalRecords;
  readonly rooms: Rooms;
  readonly outbox: Outbox;
  /** Whether a room has ended. */
  readonly isOver: (room: RoomId) => boolean;
  readonly changed: () => void;
  /** Some file has come a little further. */
  readonly moved: () => void;
}

/** The files of an unlocked account: on their way out, on their way in, and those that this device keeps. */
export interface Files {
  readonly uploads: Uploads;
  readonly downloads: Downloads;
  readonly kept: KeptFiles;
  readonly transfers: Transfers;
  /** The entry of a file in a room's log, or on its way there; null when there is none. */
  readonly find: (room: RoomId, entry: EntryId) => FileEntry | null;
  /** The room has ended: nothing of its files stays here. */
  readonly letGo: (room: RoomId) => Promise<void>;
  readonly close: () => void;
}

/** Takes up what this device holds of files. */
export async function openFiles(parts: Parts): Promise<Files> {
  const { call, changed, isOver, local, moved, outbox, ports, rooms } = parts;
  const transfers = new Transfers(moved);
  const kept = new KeptFiles(ports, local, isOver);
  const uploads = new Uploads({ ports, call, local, rooms, outbox, kept, transfers, isOver, changed });
  await kept.load();
  await uploads.load();
  return {
    uploads,
    downloads: new Downloads({ call, kept, uploads, transfers }),
    kept,
    transfers,
    find: (room, entry) => {
      const line = rooms.get(room)?.lines.find((said) => said.kind === "file" && said.entry === entry);
      if (line?.kind === "file") return line.file;
      const waiting = outbox.of(room).find((each) => each.entry === entry)?.body;
      return waiting?.kind === "file" ? waiting : (uploads.get(entry)?.upload.body ?? null);
    },
    letGo: async (room) => {
      await uploads.letGo(room);
      await kept.forget({ room });
    },
    close: () => {
      uploads.close();
      transfers.close();
    },
  };
}
