import { LIMITS } from "@sotto/contract";
import type { PracticeId } from "@sotto/domain";
import {
  equalBytes,
  fromBase64Url,
  openCheckpoint,
  toBase64Url,
  VaultFault,
  verifyConsistency,
  verifyInclusion,
} from "@sotto/vault";
import type { Bytes, Checkpoint, LogGossip, LogPin, VaultState } from "@sotto/vault";
import type { Call } from "../api.ts";
import { needed } from "../done.ts";
import { makeBackground } from "../serial.ts";
import type { Alarms } from "./alarms.ts";

interface Parts {
  readonly call: Call;
  readonly practice: PracticeId;
  readonly alarms: Alarms;
  readonly vault: () => VaultState;
  /** Told how a new pin changes the vault. */
  readonly pinned: (next: (state: VaultState) => VaultState) => void;
}

/** Leaves of the log as somebody without the log can check them. */
export interface LoggedPlaces {
  readonly key: Bytes;
  readonly checkpoint: string;
  readonly places: readonly { readonly index: number; readonly proof: readonly Bytes[] }[];
}

const MISSES_MAX = 3;
const AGREED_MAX = 500;

/**
 * Watches the key log for this person: it only grows from the pin, it holds what the server has shown, and everybody who
 * writes to this person has seen the same log. Runs behind the messages, never before them. A server that answers and will
 * not prove is as good as one that proves wrongly; one that cannot be reached is asked again.
 */
export class LogWitness {
  readonly #parts: Parts;
  readonly #misses = new Map<string, number>();
  readonly #gossip = new Map<string, LogGossip>();
  readonly #agreed = new Set<string>();
  /** Starts a check in the background. One that could not be made is made at the next call; nothing is forgotten. */
  readonly check: () => void;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.check = makeBackground(
      () => this.#check(),
      () => undefined,
    );
  }

  /** The hash of a leaf that must stand in the log. */
  expect(leaf: Bytes): void {
    this.#misses.set(toBase64Url(leaf), 0);
  }

  /** What somebody else has seen of the log. Of each author only the latest is kept until it is checked. */
  hear(author: string, gossip: LogGossip): void {
    if (gossip.size === 0 || this.#agreed.has(nameOf(gossip))) return;
    this.#gossip.set(author, gossip);
  }

  /** Whether a leaf stands in the log now, by a proof against a checkpoint that grows from the pin. */
  async isLogged(leaf: Bytes): Promise<boolean> {
    const pin = await this.#advance();
    if (pin === null) return false;
    const { root, size } = pin;
    const answer = await this.#parts.call("readInclusion", { body: { size, leaves: [toBase64Url(leaf)] } });
    if (answer.kind === "refused" && answer.refusal === "not-here") return false;
    const line = needed(answer).found.find((found) => found.leaf === toBase64Url(leaf));
    if (line === undefined) return false;
    const holds = verifyInclusion({
      index: line.index,
      size,
      leaf,
      proof: line.proof.map(fromBase64Url),
      root,
    });
    if (!holds) await this.#parts.alarms.raise("log-split", null);
    return holds;
  }

  /** Where leaves stand in the log now, with what proves it to others; null where it cannot be proved. No alarm comes of it: what is expected is checked apart. */
  async placesOf(leaves: readonly Bytes[]): Promise<LoggedPlaces | null> {
    const { call, practice, vault } = this.#parts;
    const { logPin: pin, logPublicKey: key } = vault();
    if (key === null || leaves.length > LIMITS.lookupsPerRequestMax) return null;
    const { note: checkpoint } = needed(await call("readCheckpoint"));
    const opened = openCheckpoint({ text: checkpoint, origin: `sotto/${practice}`, publicKey: key });
    const newest = await opened.catch(() => null);
    if (newest === null || (pin !== null && !(await this.#grows(pin, newest)))) return null;
    const { root, size } = newest;
    const body = { size, leaves: leaves.map(toBase64Url) };
    const answer = await call("readInclusion", { body });
    if (answer.kind === "refused" && answer.refusal === "not-here") return null;
    const found = new Map(needed(answer).found.map((line) => [line.leaf, line]));
    const places = leaves.flatMap((leaf) => {
      const line = found.get(toBase64Url(leaf));
      const proof = line?.proof.map(fromBase64Url) ?? [];
      const isProved = line !== undefined && verifyInclusion({ index: line.index, size, leaf, proof, root });
      return isProved ? [{ index: line.index, proof }] : [];
    });
    return places.length === leaves.length ? { key, checkpoint, places } : null;
  }

  async #grows(pin: LogGossip, newest: LogGossip): Promise<boolean> {
    return newest.size >= pin.size && (await this.#isConsistent(pin, newest));
  }

  async #check(): Promise<void> {
    const pin = await this.#advance();
    if (pin === null) return;
    await this.#prove(pin);
    for (const [author, gossip] of this.#gossip) {
      const reached = gossip.size > pin.size ? await this.#advance() : pin;
      if (reached === null) return;
      const agrees = gossip.size <= reached.size && (await this.#isConsistent(gossip, reached));
      if (agrees) this.#agree(gossip);
      else await this.#parts.alarms.raise("log-split", null);
      if (this.#gossip.get(author) === gossip) this.#gossip.delete(author);
    }
  }

  #agree(gossip: LogGossip): void {
    const [oldest] = this.#agreed;
    if (oldest !== undefined && this.#agreed.size >= AGREED_MAX) this.#agreed.delete(oldest);
    this.#agreed.add(nameOf(gossip));
  }

  /** Moves the pin to the newest checkpoint; null when there is none to trust, after an alarm. */
  async #advance(): Promise<LogPin | null> {
    const pin = this.#parts.vault().logPin;
    const newest = await this.#newest();
    if (newest === null) return null;
    const grows = pin === null || (await this.#grows(pin, newest));
    if (!grows) {
      await this.#parts.alarms.raise("log-rewritten", null);
      return null;
    }
    if (pin !== null && newest.size === pin.size) return pin;
    const logPin = { origin: newest.origin, size: newest.size, root: newest.root };
    this.#parts.pinned((state) =>
      state.logPin !== null && state.logPin.size >= logPin.size ? state : { ...state, logPin },
    );
    return logPin;
  }

  async #newest(): Promise<Checkpoint | null> {
    const { alarms, call, practice, vault } = this.#parts;
    const publicKey = vault().logPublicKey;
    if (publicKey === null) return null;
    const { note } = needed(await call("readCheckpoint"));
    try {
      return await openCheckpoint({ text: note, origin: `sotto/${practice}`, publicKey });
    } catch (error) {
      if (!(error instanceof VaultFault)) throw error;
      await alarms.raise("log-rewritten", null);
      return null;
    }
  }

  async #isConsistent(from: LogGossip, to: LogGossip): Promise<boolean> {
    if (from.size === to.size) return equalBytes(from.root, to.root);
    if (from.size === 0) return true;
    const query = { from: String(from.size), to: String(to.size) };
    const answer = await this.#parts.call("readConsistency", { query });
    if (answer.kind === "refused" && answer.refusal === "not-here") return false;
    const proof = needed(answer).proof.map(fromBase64Url);
    return verifyConsistency({ from: from.size, to: to.size, proof, fromRoot: from.root, toRoot: to.root });
  }

  /** Asks for the proof of everything that is expected. */
  async #prove(pin: LogPin): Promise<void> {
    const waiting = [...this.#misses.keys()];
    for (let start = 0; start < waiting.length; start += LIMITS.lookupsPerRequestMax) {
      await this.#proveSome(pin, waiting.slice(start, start + LIMITS.lookupsPerRequestMax));
    }
  }

  async #proveSome(pin: LogPin, leaves: string[]): Promise<void> {
    const { root, size } = pin;
    const answer = await this.#parts.call("readInclusion", { body: { size, leaves } });
    const isDenied = answer.kind === "refused" && answer.refusal === "not-here";
    const found = new Map((isDenied ? [] : needed(answer).found).map((line) => [line.leaf, line]));
    for (const leaf of leaves) {
      const line = found.get(leaf);
      if (line === undefined) {
        await this.#miss(leaf);
        continue;
      }
      const proof = line.proof.map(fromBase64Url);
      const holds = verifyInclusion({ index: line.index, size, leaf: fromBase64Url(leaf), proof, root });
      this.#misses.delete(leaf);
      if (!holds) await this.#parts.alarms.raise("log-split", null);
    }
  }

  /** A leaf may come a checkpoint later than what it is about, but not for ever. */
  async #miss(leaf: string): Promise<void> {
    const misses = (this.#misses.get(leaf) ?? 0) + 1;
    this.#misses.set(leaf, misses);
    if (misses >= MISSES_MAX) await this.#parts.alarms.raise("log-split", null);
  }
}

const nameOf = (gossip: LogGossip): string => `${gossip.size}:${toBase64Url(gossip.root)}`;
