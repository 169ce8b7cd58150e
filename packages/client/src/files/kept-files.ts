import type { FileEntry, FileId, RoomId } from "@sotto/domain";
import {
  ByteReader,
  ByteWriter,
  concatBytes,
  fileChunkCount,
  storedChunkBytes,
  storedFileBytes,
} from "@sotto/vault";
import type { Bytes } from "@sotto/vault";
import { ClientFault } from "../done.ts";
import { toId } from "../ids.ts";
import type { LocalRecords } from "../local/records.ts";
import type { Ports } from "../ports.ts";
import { makeLine } from "../serial.ts";
import { readOrNull } from "../unreadable.ts";

/** Larger files are fetched again when they are looked at again. */
const SMALL_BYTES_MAX = 4 * 1024 * 1024;
const KEPT_BYTES_MAX = 256 * 1024 * 1024;
const KEPT_BYTES_UNASKED = 64 * 1024 * 1024;
const KEPT_MAX = 4_000;
const LABEL = "fam/local-files/1";
const INDEX = "files-kept";

interface Kept {
  readonly file: FileId;
  readonly room: RoomId;
  readonly bytes: number;
}

/**
 * Small files that were sent or looked at, kept on this device as the server gave them: sealed. Never more than a quarter of the room that the device has left
 * for us; the one that was looked at longest ago goes first. Whatever goes wrong here costs another download and nothing else.
 */
export class KeptFiles {
  readonly #ports: Ports;
  readonly #local: LocalRecords;
  readonly #isOver: (room: RoomId) => boolean;
  readonly #line = makeLine();
  /** The one that was used last stands last. */
  #kept: readonly Kept[] = [];

  /** `isOver`: whether a room has ended. What still arrives from it is not kept. */
  constructor(ports: Ports, local: LocalRecords, isOver: (room: RoomId) => boolean) {
    this.#ports = ports;
    this.#local = local;
    this.#isOver = isOver;
  }

  async load(): Promise<void> {
    const bytes = await this.#local.readSealed(INDEX);
    this.#kept = (bytes === null ? null : readOrNull(() => decodeIndex(bytes))) ?? [];
    const known = new Set(this.#kept.map(({ file }) => nameOf(file)));
    for (const name of await this.#local.list("file/")) {
      if (!known.has(name)) await this.#local.writePublic([{ name, value: null }]);
    }
  }

  isSmall({ size }: FileEntry): boolean {
    return storedFileBytes(size) <= SMALL_BYTES_MAX;
  }

  /** The sealed chunks of a file; null when it is not kept here. */
  async read(room: RoomId, entry: FileEntry): Promise<readonly Bytes[] | null> {
    const known = this.#kept.find(({ file }) => file === entry.file);
    const whole = known === undefined ? null : await this.#local.readPublic(nameOf(entry.file));
    const stored = storedFileBytes(entry.size);
    if (whole?.length !== stored) return null;
    const chunks: Bytes[] = [];
    for (let start = 0; start < whole.length; start += chunks.at(-1)?.length ?? stored) {
      chunks.push(whole.slice(start, start + (storedChunkBytes(stored, chunks.length) ?? stored)));
    }
    // One that was let go of in the meantime stays so.
    const isThis = ({ file }: Kept): boolean => file === entry.file;
    await this.#change((kept) =>
      kept.some(isThis) ? [...kept.filter((each) => !isThis(each)), lineOf(room, entry)] : kept,
    );
    return chunks;
  }

  async keep(room: RoomId, entry: FileEntry, chunks: readonly Bytes[]): Promise<void> {
    if (!this.isSmall(entry) || chunks.length !== fileChunkCount(entry.size) || this.#isOver(room)) return;
    try {
      await this.#makeRoom(storedFileBytes(entry.size));
      // The index first: what is not in it is swept at the next start.
      await this.#change((kept) => [...kept.filter(({ file }) => file !== entry.file), lineOf(room, entry)]);
      await this.#local.writePublic([{ name: nameOf(entry.file), value: concatBytes(...chunks) }]);
      // Its room ended meanwhile.
      if (this.#isOver(room)) await this.forget({ room });
    } catch (error) {
      if (error instanceof ClientFault) throw error;
      // The device is full: what is kept for convenience goes before anything else has to.
      await this.#letGo(() => true).catch(() => null);
    }
  }

  /** This device lets go of these files: the room is not theirs any more, or the file was taken back. */
  async forget(is: { readonly room: RoomId } | { readonly file: FileId }): Promise<void> {
    await this.#letGo((kept) => ("room" in is ? kept.room === is.room : kept.file === is.file));
  }

  async #makeRoom(bytes: number): Promise<void> {
    const free = (await this.#ports.freeBytes?.()) ?? null;
    const held = this.#kept.reduce((sum, kept) => sum + kept.bytes, 0);
    const most = free === null ? KEPT_BYTES_UNASKED : Math.min(KEPT_BYTES_MAX, (held + free) / 4);
    let left = held + bytes;
    const leaving = new Set<FileId>();
    for (const [index, kept] of this.#kept.entries()) {
      const isTooMany = this.#kept.length - index >= KEPT_MAX;
      if (left <= most && !isTooMany) break;
      leaving.add(kept.file);
      left -= kept.bytes;
    }
    if (leaving.size > 0) await this.#letGo(({ file }) => leaving.has(file));
  }

  async #letGo(isLeaving: (kept: Kept) => boolean): Promise<void> {
    const leaving = this.#kept.filter(isLeaving);
    if (leaving.length === 0) return;
    await this.#local.writePublic(leaving.map(({ file }) => ({ name: nameOf(file), value: null })));
    await this.#change((kept) => kept.filter((each) => !leaving.includes(each)));
  }

  #change(change: (kept: readonly Kept[]) => readonly Kept[]): Promise<void> {
    return this.#line(async () => {
      this.#kept = change(this.#kept);
      await this.#local.writeSealed(INDEX, encodeIndex(this.#kept));
    });
  }
}

const lineOf = (room: RoomId, { file, size }: FileEntry): Kept => ({
  file,
  room,
  bytes: storedFileBytes(size),
});
const nameOf = (file: FileId): string => `file/${file}`;

const encodeIndex = (kept: readonly Kept[]): Bytes => {
  const writer = ByteWriter.labelled(LABEL);
  return writer
    .list(kept, KEPT_MAX, ({ bytes, file, room }) => writer.id(file).id(room).unsigned(bytes, 4))
    .bytes();
};

const decodeIndex = (bytes: Bytes): readonly Kept[] => {
  const reader = ByteReader.labelled(bytes, LABEL, KEPT_MAX * 36 + 100);
  const kept = reader.list(KEPT_MAX, (): Kept => ({
    file: toId(reader.id()),
    room: toId(reader.id()),
    bytes: reader.unsigned(4),
  }));
  reader.end();
  return kept;
};
