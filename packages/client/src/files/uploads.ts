import type { EntryId, FileEntry, FileId, RoomId } from "@sotto/domain";
import {
  FILE_CHUNK_BYTES,
  fileChunkCount,
  fileCipher,
  fileHash,
  makeFileKey,
  sealFileChunk,
  STORED_CHUNK_BYTES_MAX,
  storedFileBytes,
} from "@sotto/vault";
import type { Bytes } from "@sotto/vault";
import type { Call } from "../api.ts";
import type { ClientRefusal, Done, EntryState } from "../client.ts";
import { ClientFault, DONE, done, refused } from "../done.ts";
import { makeId, makeTimedId, toId } from "../ids.ts";
import { isFull } from "../local/is-full.ts";
import type { LocalRecords } from "../local/records.ts";
import type { Outbox } from "../outbox/outbox.ts";
import type { Ports } from "../ports.ts";
import { makeBackground } from "../serial.ts";
import type { Rooms } from "../sync/rooms.ts";
import { readOrNull } from "../unreadable.ts";
import type { KeptFiles } from "./kept-files.ts";
import { together } from "../together.ts";
import type { Transfers } from "./transfers.ts";
import { CHUNKS_AT_ONCE, SendAhead } from "./send-ahead.ts";
import { decodeUpload, encodeUpload } from "./upload-record.ts";
import type { Upload } from "./upload-record.ts";

interface Parts {
  readonly ports: Ports;
  readonly call: Call;
  readonly local: LocalRecords;
  readonly rooms: Rooms;
  readonly outbox: Outbox;
  readonly kept: KeptFiles;
  readonly transfers: Transfers;
  /** Whether a room has ended. */
  readonly isOver: (room: RoomId) => boolean;
  readonly changed: () => void;
}

export interface FileWish {
  readonly room: RoomId;
  readonly readers: readonly string[] | null;
  readonly source: Blob;
  readonly about: Pick<FileEntry, "name" | "type" | "picture" | "durationMs" | "preview">;
}

/** An upload as a screen sees it. */
export interface UploadLine {
  readonly upload: Upload;
  readonly state: EntryState;
}

/** How many chunks are sealed side by side, and put on the device in one go. */
const SEALED_AT_ONCE = 3;
/** While one group is being put on the device, the next is sealed. */
const GROUPS_AT_ONCE = 2;
const TRIES_MAX = 4;
const AGAIN_AFTER_MS_FIRST = 3_000;
const AGAIN_AFTER_MS_MAX = 60_000;
const NO_HASH = new Uint8Array(32);

/**
 * Files on their way out. A file is sealed chunk by chunk into the local store before anybody is told that it is safe, so at most a few chunks are ever
 * in memory, and a crash, a reload or a lost network costs nothing: what was sealed is sent again as it is, and never sealed anew. When the server has it
 * whole, its entry goes into the outbox. Messages that were written meanwhile do not wait for it.
 */
export class Uploads {
  readonly #parts: Parts;
  readonly #lines = new Map<EntryId, UploadLine>();
  /** Those that are still being sealed, and those of them that nobody wants any more. */
  readonly #preparing = new Set<EntryId>();
  readonly #unwanted = new Set<EntryId>();
  /** Those that are passing into the outbox: from here on they are the outbox's. */
  readonly #saying = new Set<EntryId>();
  /** Of those that are being sealed, and until they are sent whole. */
  readonly #ahead = new Map<EntryId, SendAhead>();
  readonly #run: () => void;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #againAfterMs = AGAIN_AFTER_MS_FIRST;
  #isOpen = false;
  #isClosed = false;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#run = makeBackground(
      () => this.#sendAll(),
      () => this.#later(),
    );
  }

  of(room: RoomId): readonly UploadLine[] {
    return [...this.#lines.values()].filter(
      ({ upload }) => upload.room === room && upload.way === "going" && !this.#saying.has(upload.entry),
    );
  }

  get(entry: EntryId): UploadLine | null {
    return this.#lines.get(entry) ?? null;
  }

  /** Takes up what this device holds. What was being sealed when it stopped was never said to be safe, and is dropped. */
  async load(): Promise<void> {
    const { isOver: hasEnded, local, outbox, rooms } = this.#parts;
    const known = new Set<string>();
    for (const name of await local.list("upload/")) {
      const entry = readOrNull(() => toId<EntryId>(name.slice("upload/".length)));
      const bytes = await local.readSealed(name);
      const upload = bytes === null || entry === null ? null : readOrNull(() => decodeUpload(entry, bytes));
      if (upload === null) continue;
      const isSaid =
        upload.way === "going" &&
        (outbox.has(upload.entry) || rooms.get(upload.room)?.entries.has(upload.entry) === true);
      const isOver = isSaid || hasEnded(upload.room);
      if (isOver) await local.writeSealed(name, null);
      else {
        known.add(upload.body.file);
        this.#lines.set(upload.entry, { upload, state: { kind: "waiting" } });
      }
    }
    for (const name of await local.list("upload-chunk/")) {
      if (!known.has(name.split("/")[1] ?? "")) await local.writePublic([{ name, value: null }]);
    }
  }

  start(): void {
    this.#isOpen = true;
    this.#againAfterMs = AGAIN_AFTER_MS_FIRST;
    this.#run();
  }

  pause(): void {
    this.#isOpen = false;
  }

  close(): void {
    this.#isClosed = true;
    this.pause();
    if (this.#timer !== null) clearTimeout(this.#timer);
  }

  /** Durable on this device when it answers. Everything before that is shown as being prepared. */
  async add(wish: FileWish): Promise<Done<EntryId>> {
    const { ports, transfers } = this.#parts;
    const at = ports.now();
    const entry = makeTimedId<EntryId>({ random: ports.random, now: at, after: null });
    const { size } = wish.source;
    const body: FileEntry = {
      kind: "file",
      ...wish.about,
      file: makeId<FileId>(ports.random),
      key: makeFileKey(ports.random),
      hash: NO_HASH,
      size,
    };
    const upload: Upload = { entry, room: wish.room, body, readers: wish.readers, at, way: "going" };
    this.#preparing.add(entry);
    this.#show(upload, { kind: "waiting" });
    transfers.begin(entry, "preparing", size);
    const ahead = this.#sendAhead(upload);
    let isSafe = false;
    try {
      if (!(await this.#writeLeaving(upload))) return refused("device-full");
      const sealed = await this.#seal(upload, wish.source, ahead);
      if (sealed.kind === "refused") return sealed;
      const safe = { ...upload, body: { ...body, hash: sealed.value } };
      await this.#write(safe);
      // Until here it could be cancelled, and whoever did was told that it is.
      if (this.#unwanted.has(entry)) return refused("cancelled");
      this.#show(safe, { kind: "waiting" });
      isSafe = true;
      return done(entry);
    } finally {
      this.#preparing.delete(entry);
      this.#unwanted.delete(entry);
      transfers.end(entry);
      if (isSafe) this.#run();
      else await this.#giveUp(upload, ahead).catch(() => null);
    }
  }

  /** A page that is cut off while it seals leaves this behind: the next one takes back what went ahead. False when the device is full. */
  async #writeLeaving(upload: Upload): Promise<boolean> {
    try {
      await this.#write({ ...upload, way: "leaving" });
      return true;
    } catch (error) {
      if (!isFull(error)) throw error;
      return false;
    }
  }

  #sendAhead(upload: Upload): SendAhead {
    const { body, entry, room } = upload;
    const ahead = new SendAhead({
      call: this.#parts.call,
      room,
      file: body.file,
      bytes: storedFileBytes(body.size),
      mayGo: () => this.#isStill(upload) && !this.#unwanted.has(entry) && this.#whyNot(upload) === null,
    });
    this.#ahead.set(entry, ahead);
    return ahead;
  }

  /** What was not sealed to its end goes from here, and from the server what went ahead of it. */
  async #giveUp(upload: Upload, ahead: SendAhead): Promise<void> {
    await ahead.settled();
    if (!ahead.hasBegun) return this.#drop(upload);
    const leaving: Upload = { ...upload, way: "leaving" };
    await this.#write(leaving);
    this.#show(leaving, { kind: "waiting" });
    this.#run();
  }

  /** Takes a file back that has not been said yet, here and from the server. False when there is none: it may be said already. */
  async cancel(entry: EntryId): Promise<boolean> {
    if (this.#preparing.has(entry)) {
      this.#unwanted.add(entry);
      return true;
    }
    const known = this.#saying.has(entry) ? null : (this.#lines.get(entry)?.upload ?? null);
    const upload = known ?? (await this.#takeRefused(entry));
    if (upload === null) return false;
    const leaving: Upload = { ...upload, way: "leaving" };
    await this.#write(leaving);
    this.#show(leaving, { kind: "waiting" });
    this.#parts.transfers.end(entry);
    this.#run();
    return true;
  }

  /** The room has ended: what was on its way there goes nowhere, and this device keeps none of it. */
  async letGo(room: RoomId): Promise<void> {
    for (const { upload } of this.#lines.values()) {
      if (upload.room !== room) continue;
      // One that is still being sealed is dropped by whoever seals it.
      if (this.#preparing.has(upload.entry)) this.#unwanted.add(upload.entry);
      else await this.#drop(upload);
      this.#parts.transfers.end(upload.entry);
    }
  }

  /** Sends a refused file once more, to those who are named now. */
  async retry(entry: EntryId, readers: readonly string[] | null): Promise<boolean> {
    const line = this.#lines.get(entry);
    const isRefused = line?.state.kind === "refused";
    const upload = isRefused ? line.upload : await this.#takeRefused(entry);
    if (upload === null) return false;
    const again: Upload = { ...upload, readers, way: "going" };
    await this.#write(again);
    this.#show(again, { kind: "waiting" });
    this.#run();
    return true;
  }

  /** The room's log holds it already: another browser of this person was faster. */
  arrived(entry: EntryId): void {
    const line = this.#lines.get(entry);
    if (line !== undefined && !this.#saying.has(entry)) void this.#drop(line.upload).catch(() => null);
  }

  /** One sealed chunk of a file that is still on its way; null when this device does not have it. */
  readChunk(file: FileId, chunk: number): Promise<Bytes | null> {
    return this.#parts.local.readPublic(chunkName(file, chunk));
  }

  async #takeRefused(entry: EntryId): Promise<Upload | null> {
    const waiting = this.#parts.outbox.refusedOf(entry);
    if (waiting?.body.kind !== "file") return null;
    const { at, body, readers, room } = waiting;
    const upload: Upload = { entry, room, body, readers, at, way: "going" };
    // It is written down here before it is let go of there.
    await this.#write(upload);
    await this.#parts.outbox.discard(entry);
    return upload;
  }

  async #seal({ body, entry }: Upload, source: Blob, ahead: SendAhead): Promise<Done<Bytes>> {
    const { local, transfers } = this.#parts;
    const cipher = await fileCipher({ file: body.file, size: body.size, key: new Uint8Array(body.key) });
    const hashes: Bytes[] = [];
    let refusal: ClientRefusal | null = null;
    const sealChunk = async (index: number): Promise<SealedChunk | null> => {
      const start = index * FILE_CHUNK_BYTES;
      const content = await readBlob(source.slice(start, Math.min(body.size, start + FILE_CHUNK_BYTES)));
      if (content === null) return null;
      const { hash, sealed } = await sealFileChunk(cipher, index, content);
      hashes[index] = hash;
      ahead.offer(index, sealed);
      return { name: chunkName(body.file, index), value: sealed, bytes: content.length };
    };
    await together(groupsOf(cipher.chunks, SEALED_AT_ONCE), GROUPS_AT_ONCE, async (group) => {
      if (this.#isClosed) throw new ClientFault("closed");
      if (this.#unwanted.has(entry)) refusal = "cancelled";
      if (refusal !== null) return;
      const chunks = (await Promise.all(group.map(sealChunk))).filter((chunk) => chunk !== null);
      if (chunks.length < group.length) {
        refusal = "file-unreadable";
        return;
      }
      try {
        await local.writePublic(chunks);
      } catch (error) {
        if (!isFull(error)) throw error;
        refusal = "device-full";
      }
      for (const { bytes } of chunks) transfers.add(entry, bytes);
    });
    if (refusal !== null) return refused(refusal);
    return done(fileHash(body, hashes));
  }

  async #sendAll(): Promise<void> {
    // What the server takes later, when there is room for it, keeps nothing else waiting.
    const later = new Set<EntryId>();
    for (;;) {
      const next = [...this.#lines.values()].find(
        ({ state, upload: { entry } }) =>
          state.kind === "waiting" && !this.#preparing.has(entry) && !later.has(entry),
      );
      if (!this.#isOpen || this.#isClosed) return;
      if (next === undefined) break;
      if (next.upload.way === "leaving") await this.#takeBack(next.upload);
      else if ((await this.#send(next.upload)) === "later") later.add(next.upload.entry);
    }
    if (later.size > 0) throw new ClientFault("offline");
  }

  async #takeBack(upload: Upload): Promise<void> {
    const { body, room } = upload;
    const answer = await this.#parts.call("removeFile", { params: { room, file: body.file } });
    // Not here: it never came so far, or is gone already, with its room or before it.
    const isGone = answer.kind === "done" || answer.refusal === "not-here" || answer.refusal === "room-ended";
    if (!isGone) throw new ClientFault("offline");
    await this.#drop(upload);
  }

  async #send(upload: Upload): Promise<void | "later"> {
    const { isOver, rooms, transfers } = this.#parts;
    const { entry, room } = upload;
    try {
      for (let attempt = 0; attempt < TRIES_MAX; attempt++) {
        if (attempt > 0 || rooms.get(room) === null) await rooms.pull(room);
        if (!this.#isStill(upload)) return;
        // Begun when it had ended already, so that nobody has let go of it.
        if (isOver(room)) return await this.#drop(upload);
        const refusal = this.#whyNot(upload);
        if (refusal !== null) return this.#show(upload, { kind: "refused", refusal });
        const sent = await this.#sendChunks(upload);
        if (!this.#isStill(upload)) return;
        if (sent.kind === "done") return await this.#say(upload);
        // That it has ended, the room itself is asked at the next attempt.
        if (sent.refusal === "chunks-missing" || sent.refusal === "room-ended") continue;
        if (sent.refusal === "not-here" && attempt === 0) continue;
        if (sent.refusal === "too-many") return "later";
        if (!isFinal(sent.refusal)) throw new ClientFault("offline");
        return this.#show(upload, { kind: "refused", refusal: sent.refusal });
      }
      throw new ClientFault("offline");
    } finally {
      transfers.end(entry);
    }
  }

  /** Sent for those who were named then: who came in meanwhile does not learn it unasked. */
  #whyNot({ readers, room }: Upload): ClientRefusal | null {
    const memory = this.#parts.rooms.get(room);
    if (memory === null) return "not-here";
    if (memory.state.closed) return "room-closed";
    const isChanged =
      readers !== null && memory.state.members.some((member) => !readers.includes(member.account));
    return isChanged ? "stale-epoch" : null;
  }

  async #sendChunks(upload: Upload): Promise<Done> {
    const { call, transfers } = this.#parts;
    const { body, entry, room } = upload;
    const params = { room, file: body.file };
    const bytes = storedFileBytes(body.size);
    transfers.begin(entry, "sending", bytes);
    // What went ahead of this and is still on its way is not sent twice.
    await this.#ahead.get(entry)?.settled();
    const begun = await call("beginFile", { params, body: { bytes } });
    if (begun.kind === "refused") return begun;
    const there = new Set(begun.value.chunks);
    const missing = Array.from({ length: fileChunkCount(body.size) }, (_, chunk) => chunk).filter(
      (chunk) => !there.has(chunk),
    );
    transfers.begin(entry, "sending", bytes);
    transfers.add(entry, Math.max(0, bytes - missing.length * STORED_CHUNK_BYTES_MAX));
    let refusal: ClientRefusal | null = null;
    await together(missing, CHUNKS_AT_ONCE, async (chunk) => {
      if (refusal !== null || !this.#isStill(upload)) return;
      const sealed = await this.readChunk(body.file, chunk);
      if (sealed === null) {
        refusal = "file-unreadable";
        return;
      }
      const answer = await call("putChunk", { params: { ...params, chunk: String(chunk) }, body: sealed });
      if (answer.kind === "refused") refusal = answer.refusal;
      else transfers.add(entry, sealed.length);
    });
    if (refusal !== null) return refused(refusal);
    if (!this.#isStill(upload)) return DONE;
    const finished = await call("finishFile", { params, body: {} });
    return finished.kind === "refused" ? finished : DONE;
  }

  /** The server has the file: now its entry is said, in the outbox's own line. */
  async #say(upload: Upload): Promise<void> {
    const { at, body, entry, readers, room } = upload;
    await this.#keep(upload);
    if (!this.#isStill(upload)) return;
    this.#saying.add(entry);
    try {
      await this.#parts.outbox.adopt({ entry, room, body, readers, at, state: { kind: "waiting" } });
      await this.#drop(upload);
      this.#againAfterMs = AGAIN_AFTER_MS_FIRST;
    } finally {
      this.#saying.delete(entry);
    }
  }

  /** What is small enough stays here, sealed as it was sent, so that its author need not fetch it. */
  async #keep({ body, room }: Upload): Promise<void> {
    const { kept } = this.#parts;
    if (!kept.isSmall(body)) return;
    const chunks: Bytes[] = [];
    for (let index = 0; index < fileChunkCount(body.size); index++) {
      const sealed = await this.readChunk(body.file, index);
      if (sealed === null) return;
      chunks.push(sealed);
    }
    await kept.keep(room, body, chunks);
  }

  #isStill({ entry, way }: Upload): boolean {
    return !this.#isClosed && this.#isOpen && this.#lines.get(entry)?.upload.way === way;
  }

  #show(upload: Upload, state: EntryState): void {
    this.#lines.set(upload.entry, { upload, state });
    this.#parts.changed();
  }

  async #write(upload: Upload): Promise<void> {
    await this.#parts.local.writeSealed(`upload/${upload.entry}`, encodeUpload(upload));
  }

  async #drop({ body, entry }: Upload): Promise<void> {
    const { changed, local } = this.#parts;
    this.#lines.delete(entry);
    this.#ahead.delete(entry);
    changed();
    await local.writeSealed(`upload/${entry}`, null);
    await local.remove(`upload-chunk/${body.file}/`);
  }

  #later(): void {
    if (this.#isClosed || this.#timer !== null) return;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.#run();
    }, this.#againAfterMs);
    this.#againAfterMs = Math.min(this.#againAfterMs * 2, AGAIN_AFTER_MS_MAX);
  }
}

interface SealedChunk {
  readonly name: string;
  readonly value: Bytes;
  /** How much of the file it holds. */
  readonly bytes: number;
}

/** The numbers from 0 to below `count`, so many together. */
const groupsOf = (count: number, size: number): readonly (readonly number[])[] =>
  Array.from({ length: Math.ceil(count / size) }, (_, group) =>
    Array.from({ length: Math.min(size, count - group * size) }, (_unused, place) => group * size + place),
  );

const chunkName = (file: FileId, chunk: number): string =>
  `upload-chunk/${file}/${String(chunk).padStart(3, "0")}`;

/** Refusals that stand, however often it is tried. */
const isFinal = (refusal: ClientRefusal): boolean =>
  refusal === "not-here" ||
  refusal === "not-allowed" ||
  refusal === "room-closed" ||
  refusal === "malformed" ||
  refusal === "too-large" ||
  refusal === "file-unreadable";

/** Null when the device does not give the bytes (any more): the file was moved, changed or taken away. */
const readBlob = async (part: Blob): Promise<Bytes | null> => {
  const bytes = await part.arrayBuffer().catch(() => null);
  return bytes === null || bytes.byteLength !== part.size ? null : new Uint8Array(bytes);
};
