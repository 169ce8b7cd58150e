import { plainType, viewerOf } from "@sotto/domain";
import type { EntryId, FileEntry, FileId, RoomId } from "@sotto/domain";
import { equalBytes, fileCipher, fileHash, openFileChunk, storedFileBytes } from "@sotto/vault";
import type { Bytes } from "@sotto/vault";
import type { Call } from "../api.ts";
import type { Done } from "../client.ts";
import { ClientFault, done, refused } from "../done.ts";
import { openOrNull } from "../unreadable.ts";
import type { KeptFiles } from "./kept-files.ts";
import type { Transfers } from "./transfers.ts";
import type { Uploads } from "./uploads.ts";

interface Parts {
  readonly call: Call;
  readonly kept: KeptFiles;
  readonly uploads: Uploads;
  readonly transfers: Transfers;
}

interface Wanted {
  readonly room: RoomId;
  readonly entry: EntryId;
  readonly body: FileEntry;
}

const CHUNKS_AHEAD = 4;

/** Gives one sealed chunk, or says why not. */
type Source = (chunk: number) => Promise<Done<Bytes>>;

/**
 * Files on their way in, on demand. Nothing of a file is given out before every chunk has opened and the whole is what its author signed. Chunks are handed to the
 * browser's own store of blobs as they are opened, so a large file is never whole in this program's memory.
 */
export class Downloads {
  readonly #parts: Parts;
  readonly #running = new Map<FileId, Promise<Done<Blob>>>();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  open(wanted: Wanted): Promise<Done<Blob>> {
    const { file } = wanted.body;
    const running = this.#running.get(file) ?? this.#open(wanted).finally(() => this.#running.delete(file));
    this.#running.set(file, running);
    return running;
  }

  async #open(wanted: Wanted): Promise<Done<Blob>> {
    const { kept, transfers, uploads } = this.#parts;
    const { body, entry, room } = wanted;
    if (uploads.get(entry) !== null) {
      const own = await this.#take(wanted, async (chunk) => {
        const sealed = await uploads.readChunk(body.file, chunk);
        return sealed === null ? refused("not-here") : done(sealed);
      });
      if (own.kind === "done") return own;
    }
    const here = await kept.read(room, body);
    if (here !== null) {
      const opened = await this.#take(wanted, (chunk) => {
        const sealed = here[chunk];
        return Promise.resolve(sealed === undefined ? refused("not-here") : done(sealed));
      });
      if (opened.kind === "done") return opened;
      await kept.forget({ file: body.file });
    }
    transfers.begin(entry, "receiving", storedFileBytes(body.size));
    try {
      return await this.#take(wanted, (chunk) => this.#fetch(wanted, chunk), kept.isSmall(body));
    } finally {
      transfers.end(entry);
    }
  }

  async #fetch({ body, entry, room }: Wanted, chunk: number): Promise<Done<Bytes>> {
    const params = { room, file: body.file, chunk: String(chunk) };
    const answer = await this.#parts.call("readChunk", { params });
    if (answer.kind === "done") this.#parts.transfers.add(entry, answer.value.length);
    return answer;
  }

  /** Opens and checks all of a file. Keeps what came, sealed, when that is asked for. */
  async #take(wanted: Wanted, source: Source, isToKeep = false): Promise<Done<Blob>> {
    const { body, room } = wanted;
    const cipher = await fileCipher({ file: body.file, size: body.size, key: new Uint8Array(body.key) });
    const parts: Blob[] = [];
    const hashes: Bytes[] = [];
    const sealed: Bytes[] = [];
    const openChunk = async (chunk: number): Promise<Done<OpenedChunk>> => {
      const given = await source(chunk);
      if (given.kind === "refused") return given;
      const opened = await openOrNull(() => openFileChunk(cipher, chunk, given.value));
      return opened === null ? refused("file-damaged") : done({ ...opened, sealed: given.value });
    };
    for await (const chunk of inOrder(cipher.chunks, openChunk)) {
      if (chunk.kind === "refused") return chunk;
      hashes.push(chunk.value.hash);
      parts.push(new Blob([chunk.value.content]));
      if (isToKeep) sealed.push(chunk.value.sealed);
    }
    if (!equalBytes(fileHash(body, hashes), body.hash)) return refused("file-damaged");
    if (isToKeep) await this.#parts.kept.keep(room, body, sealed);
    // Any other type could make a browser open it as a page of ours.
    const type = viewerOf(body.type) === "none" ? "application/octet-stream" : plainType(body.type);
    return done(new Blob(parts, { type }));
  }
}

interface OpenedChunk {
  readonly content: Bytes;
  readonly hash: Bytes;
  readonly sealed: Bytes;
}

/** What the work on each chunk answers, in order; a few are worked on ahead of time. */
async function* inOrder<Value>(
  chunks: number,
  work: (chunk: number) => Promise<Value>,
): AsyncGenerator<Value> {
  const ahead: Promise<Value | ClientFault>[] = [];
  // What fails is looked at when its turn comes, and not at all when nobody waits for it any more.
  const ask = (chunk: number) =>
    work(chunk).catch((error: unknown) => {
      if (error instanceof ClientFault) return error;
      throw error;
    });
  for (let chunk = 0; chunk < chunks; chunk++) {
    while (ahead.length < CHUNKS_AHEAD && chunk + ahead.length < chunks) {
      ahead.push(ask(chunk + ahead.length));
    }
    const next = await ahead.shift();
    if (next === undefined) return;
    if (next instanceof ClientFault) throw next;
    yield next;
  }
}
