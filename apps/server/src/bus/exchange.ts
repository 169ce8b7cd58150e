import { randomUUID } from "node:crypto";
import type { Bus, OpenBus } from "./bus.ts";
import { joinItems, parseHintBatch, type Hint, type HintBatch, type ItemsHint } from "./hint.ts";

/** How often a process says that it is there, and how far it has counted. */
const BEAT_EVERY_MS = 2_000;
/** A process that has said nothing for so long is away: what it commits meanwhile is not heard. */
const SILENT_AFTER_MS = 7_000;
/** Where hints do not come, everybody looks for themselves this often. */
const LOOK_EVERY_MS = 10_000;
/** So many times for a process that went away without a word; most likely it is dead. */
const LOOKS_FOR_THE_SILENT = 6;
const HINTS_PER_BATCH_MAX = 400;

interface Listening {
  readonly heard: (hints: readonly Hint[]) => void;
  /** Hints were lost, or may have been: everybody here must look for themselves. */
  readonly missed: () => void;
  /** The bus went away, or is there again. */
  readonly turned: (isThere: boolean) => void;
}

interface Peer {
  number: number;
  heardAt: number;
  looks: number;
}

/**
 * Tells the other processes what was committed here, and hears what was committed there. What is told in one turn of the event loop goes out together, ranges of one
 * room as one. Whoever speaks counts, so that a hint that was lost is noticed: at the next one, or at the next beat.
 */
export class Exchange {
  readonly #self = randomUUID();
  readonly #listening: Listening;
  readonly #peers = new Map<string, Peer>();
  #bus: Bus | null = null;
  #items = new Map<string, ItemsHint>();
  #others: Hint[] = [];
  #isGathering = false;
  #number = 0;
  #isAway = false;
  #lookedAt = 0;
  #timer: NodeJS.Timeout | undefined;

  private constructor(listening: Listening) {
    this.#listening = listening;
  }

  static async open(open: OpenBus, name: string, listening: Listening): Promise<Exchange> {
    const exchange = new Exchange(listening);
    exchange.#bus = await open(name, {
      heard: (text) => exchange.#hear(text),
      lost: () => exchange.#turn(false),
      found: () => exchange.#turn(true),
    });
    exchange.#timer = setInterval(() => exchange.#beat(), BEAT_EVERY_MS);
    exchange.#say([]);
    return exchange;
  }

  tell(hint: Hint): void {
    if (hint.kind === "items") {
      const key = `${hint.practice}/${hint.room}`;
      this.#items.set(key, joinItems(this.#items.get(key), hint));
    } else this.#others.push(hint);
    if (this.#isGathering) return;
    this.#isGathering = true;
    setImmediate(() => this.#flush());
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    this.#flush();
    this.#say([], true);
    await this.#bus?.close();
  }

  #flush(): void {
    this.#isGathering = false;
    const hints = [...this.#items.values(), ...this.#others];
    this.#items = new Map();
    this.#others = [];
    for (let from = 0; from < hints.length; from += HINTS_PER_BATCH_MAX) {
      this.#number += 1;
      this.#say(hints.slice(from, from + HINTS_PER_BATCH_MAX));
    }
  }

  #say(hints: readonly Hint[], over = false): void {
    const batch: HintBatch = { from: this.#self, number: this.#number, hints: [...hints], over };
    this.#bus?.say(JSON.stringify(batch));
  }

  #hear(text: string): void {
    const batch = parseHintBatch(text);
    // A process of another version: what it says is not understood, what it stores is.
    if (batch === null) return this.#listening.missed();
    if (batch.from === this.#self) return;
    if (batch.over) this.#peers.delete(batch.from);
    else if (this.#missedBefore(batch)) this.#listening.missed();
    if (batch.hints.length > 0) this.#listening.heard(batch.hints);
  }

  /** Whether something that this process said before did not come. */
  #missedBefore({ from, hints, number }: HintBatch): boolean {
    const before = number - (hints.length > 0 ? 1 : 0);
    const known = this.#peers.get(from);
    this.#peers.set(from, {
      number: Math.max(number, known?.number ?? 0),
      heardAt: performance.now(),
      looks: 0,
    });
    return before > (known?.number ?? 0);
  }

  #turn(isThere: boolean): void {
    this.#isAway = !isThere;
    this.#listening.turned(isThere);
    this.#look();
  }

  #beat(): void {
    this.#say([]);
    const now = performance.now();
    let isSilent = this.#isAway;
    for (const [from, peer] of this.#peers) {
      if (now - peer.heardAt < SILENT_AFTER_MS) continue;
      isSilent = true;
      if (now - this.#lookedAt >= LOOK_EVERY_MS) peer.looks += 1;
      if (peer.looks >= LOOKS_FOR_THE_SILENT) this.#peers.delete(from);
    }
    if (isSilent && now - this.#lookedAt >= LOOK_EVERY_MS) this.#look();
  }

  #look(): void {
    this.#lookedAt = performance.now();
    this.#listening.missed();
  }
}
