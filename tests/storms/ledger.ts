import { ENDPOINTS } from "@sotto/contract";
import type { EntryId, RoomId } from "@sotto/domain";
import { fromBase64Url, parseFrameHeader, parseRoomEvent, toHex } from "@sotto/vault";
import type { Heard } from "./page.ts";

/** Something that somebody was told is safe. */
export interface SaidEntry {
  readonly entry: EntryId;
  readonly room: RoomId;
  readonly device: string;
  readonly account: string;
  readonly kind: "message" | "file";
  /** Every wording that it may have in the end. */
  readonly texts: Set<string>;
  /** Of these wordings its author was told that they are safe, and on which device. */
  readonly changes: { readonly text: string; readonly device: string }[];
  /** What is in a file; null for a message. */
  readonly content: string | null;
  /** Whether its author asked to take it away for everyone, and whether they were told that it is. */
  deletion: "no" | "asked" | "told";
  /** The same for taking it back before it goes out. */
  undo: "no" | "asked" | "told";
}

/** An answer of the server that says that an item has its place. */
export interface Placed {
  readonly kind: "frame" | "event";
  readonly room: string;
  readonly author: string;
  /** The item's id as hex. */
  readonly id: string;
  readonly at: number;
}

/** What was promised to whom in a storm, and what went wrong that never may. */
export class Ledger {
  readonly said: SaidEntry[] = [];
  readonly placed: Placed[] = [];
  /** What no weather excuses. */
  readonly faults: string[] = [];
  readonly #reading = new Set<Promise<void>>();

  readonly heard: Heard = (heard) => {
    const isAppend = heard.init.method === "POST" && heard.answer.status === 200;
    if (!isAppend) return;
    // Copied before it is handed over, and not after: what is heard is what came.
    const answer = heard.answer.clone();
    const reading: Promise<void> = this.#note({ ...heard, answer })
      // An answer that broke off told nobody anything.
      .catch(() => undefined)
      .finally(() => this.#reading.delete(reading));
    this.#reading.add(reading);
  };

  /** Done when all that was heard is written down. */
  async settled(): Promise<void> {
    await Promise.all(this.#reading);
  }

  async #note({ answer, init, url }: Parameters<Heard>[0]): Promise<void> {
    const kind = kindOf(url.pathname);
    if (kind === null || typeof init.body !== "string") return;
    // The contract says what these two are answered with.
    const { at } = (await answer.json()) as { at: number };
    const { bytes } = JSON.parse(init.body) as { bytes: string };
    const raw = fromBase64Url(bytes);
    if (kind === "frame") {
      const { author, id, room } = parseFrameHeader(raw);
      this.placed.push({ kind, room, author, id: id.replaceAll("-", ""), at });
    } else {
      const { author, hash, room } = parseRoomEvent(raw);
      this.placed.push({ kind, room, author, id: toHex(hash), at });
    }
  }
}

const patternOf = (path: string): RegExp => new RegExp(`^${path.replaceAll(/:[a-z]+/g, "[^/]+")}$`);
const FRAMES = patternOf(ENDPOINTS.appendFrame.path);
const EVENTS = patternOf(ENDPOINTS.appendEvent.path);

const kindOf = (path: string): Placed["kind"] | null => {
  if (FRAMES.test(path)) return "frame";
  return EVENTS.test(path) ? "event" : null;
};
