import type { AccountId } from "@sotto/domain";
import {
  decodeVaultState,
  encodeVaultState,
  equalBytes,
  fromBase64Url,
  leafHash,
  mergeVaultStates,
  openBlob,
  sealBlob,
  sha256,
  toBase64Url,
  vaultHeadLeaf,
} from "@sotto/vault";
import type { Bytes, LogGossip, VaultState } from "@sotto/vault";
import { toId } from "../ids.ts";
import type { Call } from "../api.ts";
import type { Done } from "../client.ts";
import { DONE, refused } from "../done.ts";
import type { KnownVault } from "../local/known-vault.ts";
import { saveVault } from "../local/known-vault.ts";
import type { LocalRecords } from "../local/records.ts";
import type { Ports } from "../ports.ts";
import { makeBackground, makeLine } from "../serial.ts";
import type { Line } from "../serial.ts";
import type { Alarms } from "./alarms.ts";
import { openOrNull } from "../unreadable.ts";

/** The name of the one blob that holds a vault's state. */
export const VAULT_NAME = "main";
const WRITE_AFTER_MS = 400;
const AGAIN_AFTER_MS = 5_000;
const TRIES_MAX = 6;

interface Parts {
  readonly ports: Ports;
  readonly call: Call;
  readonly account: AccountId;
  readonly vaultKey: Bytes;
  readonly local: LocalRecords;
  readonly alarms: Alarms;
  /** Told the leaf of each blob that this client has written. */
  readonly wrote: (leaf: Bytes) => void;
  /** Told a view of the key log that the vault's pin must continue. */
  readonly heard: (view: LogGossip) => void;
  readonly changed: () => void;
}

/**
 * The vault's state in this client: changed at once here, on this device right after, on the server by compare-and-swap
 * soon. Two browsers that write at once are merged, never overwritten.
 */
export class VaultKeeper {
  readonly #parts: Parts;
  readonly #line: Line = makeLine();
  readonly #save: () => void;
  #state: VaultState;
  #base: VaultState;
  #version: number;
  #isSaved = true;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #writeAt = 0;
  #isClosed = false;

  constructor(parts: Parts, known: KnownVault) {
    this.#parts = parts;
    this.#state = known.state;
    this.#base = known.base;
    this.#version = known.version;
    this.#save = makeBackground(
      () => this.#saveNow(),
      // What this device could not keep, it still has in memory, and the server gets.
      () => undefined,
    );
  }

  get state(): VaultState {
    return this.#state;
  }

  /** The state, and the version under which the server has it as far as it is written. */
  get known(): KnownVault {
    return { state: this.#state, base: this.#base, version: this.#version };
  }

  /** Changes the state here and now; it reaches the server within this time. */
  change(next: (state: VaultState) => VaultState, withinMs = WRITE_AFTER_MS): void {
    const changed = next(this.#state);
    if (changed === this.#state || this.#isClosed) return;
    this.#state = changed;
    this.#isSaved = false;
    this.#save();
    this.#parts.changed();
    this.#writeWithin(withinMs);
  }

  /** Writes what has changed; done when the server has it. */
  async flush(): Promise<Done> {
    const flushed = await this.#line(() => this.#flush());
    if (flushed.kind === "refused") this.#writeWithin(AGAIN_AFTER_MS);
    return flushed;
  }

  /** Takes in what another browser of this person has written. */
  async refresh(): Promise<Done> {
    return this.#line(() => this.#read());
  }

  close(): void {
    if (!this.#isSaved) void this.#saveNow().catch(() => null);
    this.#isClosed = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
  }

  #writeWithin(ms: number): void {
    const at = this.#parts.ports.now() + ms;
    if (this.#isClosed || (this.#timer !== null && this.#writeAt <= at)) return;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#writeAt = at;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      void this.flush().catch(() => this.#writeWithin(AGAIN_AFTER_MS));
    }, ms);
  }

  async #saveNow(): Promise<void> {
    this.#isSaved = true;
    const [state, base, version] = [this.#state, this.#base, this.#version];
    await saveVault(this.#parts.local, { state, base, version });
  }

  async #flush(): Promise<Done> {
    for (let attempt = 0; attempt < TRIES_MAX; attempt++) {
      if (this.#isClosed) return refused("locked");
      if (this.#state === this.#base) return DONE;
      const answer = await this.#write();
      if (answer.kind === "done") return DONE;
      if (answer.refusal !== "stale-version") return answer;
      const read = await this.#read();
      if (read.kind === "refused") return read;
    }
    return refused("stale-version");
  }

  async #write(): Promise<Done> {
    const { account, call, ports, vaultKey, wrote } = this.#parts;
    const state = this.#state;
    const version = this.#version + 1;
    const place = { account, name: VAULT_NAME, version };
    const blob = await sealBlob({ vaultKey, place, body: encodeVaultState(state), random: ports.random });
    // After a lock the key in hand is wiped; the call is refused then, so nothing sealed under it ever leaves.
    const body = { version, bytes: toBase64Url(blob) };
    const answer = await call("writeVault", { params: { name: VAULT_NAME }, body });
    if (answer.kind === "refused") return answer;
    this.#version = version;
    this.#base = state;
    wrote(leafHash(vaultHeadLeaf({ ...place, hash: sha256(blob) })));
    await this.#saveNow();
    return DONE;
  }

  async #read(): Promise<Done> {
    const { alarms, call, changed } = this.#parts;
    const answer = await call("readVault", { params: { name: VAULT_NAME } });
    if (answer.kind === "refused") return answer;
    const { bytes, version } = answer.value;
    if (version === this.#version) return DONE;
    const theirs = await this.#openOrNull(version, fromBase64Url(bytes));
    const isOlder = version < this.#version;
    if (isOlder || theirs === null) await alarms.raise("vault-rolled-back", null);
    if (theirs === null) return DONE;
    await this.#compare(theirs);
    const isMineNew = isOlder || this.#state !== this.#base;
    this.#state = isMineNew ? mergeVaultStates(this.#state, theirs, this.#base) : theirs;
    this.#base = theirs;
    this.#version = version;
    // What the server lost, it gets again.
    if (isMineNew) this.#writeWithin(WRITE_AFTER_MS);
    await this.#saveNow();
    changed();
    return DONE;
  }

  /** Null for a blob that is not this vault in that version: an old one under a new number does not open. */
  async #openOrNull(version: number, blob: Bytes): Promise<VaultState | null> {
    const { account, vaultKey } = this.#parts;
    const place = { account, name: VAULT_NAME, version };
    return openOrNull(async () => decodeVaultState(await openBlob({ vaultKey, place, blob })));
  }

  /** Two browsers of one person that were shown two histories find out here, before merging hides it (envelope.md). */
  async #compare(theirs: VaultState): Promise<void> {
    const { alarms, heard } = this.#parts;
    const mine = this.#state;
    const [my, their] = [mine.logPin, theirs.logPin];
    if (my !== null && my.size === their?.size && !equalBytes(my.root, their.root)) {
      await alarms.raise("log-split", null);
    }
    // The larger pin stays: that the smaller lies in it is proven, not believed.
    if (my !== null && their !== null && my.size !== their.size) heard(my.size < their.size ? my : their);
    const heads = new Map(theirs.heads.map((mark) => [mark.room, mark]));
    for (const mark of mine.heads) {
      const other = heads.get(mark.room);
      if (other?.epoch === mark.epoch && !equalBytes(other.head, mark.head)) {
        await alarms.raise("room-forked", toId(mark.room));
      }
    }
  }
}
