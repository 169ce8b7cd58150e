import type { RoomId, FileId } from "@sotto/domain";
import type { Bytes } from "@sotto/vault";
import type { Call } from "../api.ts";

/** How many chunks of a file are on their way side by side. */
export const CHUNKS_AT_ONCE = 4;

interface Wish {
  readonly call: Call;
  readonly room: RoomId;
  readonly file: FileId;
  /** Of the whole file as it is stored. */
  readonly bytes: number;
  /** Whether anything may go out now. */
  readonly mayGo: () => boolean;
}

/**
 * Sends chunks of a file while its others are still being sealed. Nothing depends on it: what does not go now, because the network is slower than the cipher or is
 * not there, is sent afterwards, and the server says then what it has.
 */
export class SendAhead {
  readonly #wish: Wish;
  readonly #going = new Set<Promise<void>>();
  #begun: Promise<boolean> | null = null;
  #isOver = false;

  constructor(wish: Wish) {
    this.#wish = wish;
  }

  /** Whether the server may hold something of the file. */
  get hasBegun(): boolean {
    return this.#begun !== null;
  }

  /** Takes a chunk when there is room for it; never waits, and never fails. */
  offer(chunk: number, sealed: Bytes): void {
    if (this.#isOver || this.#going.size >= CHUNKS_AT_ONCE || !this.#wish.mayGo()) return;
    const going = this.#send(chunk, sealed).catch(() => {
      this.#isOver = true;
    });
    this.#going.add(going);
    void going.then(() => this.#going.delete(going));
  }

  /** Done when nothing is on its way any more. Nothing is taken from then on. */
  async settled(): Promise<void> {
    this.#isOver = true;
    await Promise.all(this.#going);
  }

  async #send(chunk: number, sealed: Bytes): Promise<void> {
    const { bytes, call, file, room } = this.#wish;
    const params = { room, file };
    this.#begun ??= call("beginFile", { params, body: { bytes } }).then(({ kind }) => kind === "done");
    if (!(await this.#begun)) {
      this.#isOver = true;
      return;
    }
    const answer = await call("putChunk", { params: { ...params, chunk: String(chunk) }, body: sealed });
    if (answer.kind === "refused") this.#isOver = true;
  }
}
