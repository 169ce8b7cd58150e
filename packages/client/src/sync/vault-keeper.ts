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
  wipe,
} from "@sotto/vault";
import type { Bytes, IdentitySecret, LogGossip, MadeIdentity, VaultState } from "@sotto/vault";
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
  /** Of the blob that the server is known to have under that version; null before it was seen. */
  #hash: Bytes | null = null;
  #isSaved = true;
  /** Sealing keys that the state no longer has. Whatever is being opened may still be at it with them. */
  readonly #spent = new Set<Bytes>();
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

  /** Which version of the vault this client has, as the server counts. */
  get version(): number {
    return this.#version;
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
    // After a lock nothing secret is made any more that nobody would wipe.
    const changed = this.#isClosed ? this.#state : next(this.#state);
    if (changed === this.#state) return;
    this.#become(changed);
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

  /**
   * Publishes the next identity in one request with the vault that holds it, unless a later one than `after` is there already: then
   * another browser of this person was faster, and this one has caught up.
   */
  async publish(after: number, make: (last: IdentitySecret) => Promise<MadeIdentity>): Promise<Done> {
    return this.#line(async () => {
      for (let attempt = 0; attempt < TRIES_MAX; attempt++) {
        const last = this.#state.identities.at(-1);
        if (last === undefined || this.#isClosed) return refused("locked");
        if (last.generation > after) return DONE;
        const published = await this.#publishOnce(last, make);
        if (published.kind === "done" || published.refusal !== "stale-version") return published;
        const read = await this.#read();
        if (read.kind === "refused") return read;
      }
      return refused("stale-version");
    });
  }

  /** Whether sealing keys were destroyed that are still in memory. */
  get hasSpent(): boolean {
    return this.#spent.size > 0;
  }

  /** Wipes the sealing keys that were destroyed since this was last asked. Nothing may be at work with them any more. */
  wipeSpent(): void {
    wipe(...this.#spent);
    this.#spent.clear();
  }

  /** Takes in what another browser of this person has written. */
  async refresh(): Promise<Done> {
    return this.#line(() => this.#read());
  }

  close(): void {
    if (!this.#isSaved) void this.#saveNow().catch(() => null);
    this.#isClosed = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.wipeSpent();
  }

  /** A sealing key that the next state no longer has is spent. */
  #become(next: VaultState): void {
    const kept = new Set(next.identities.map(({ kemPrivate }) => kemPrivate));
    for (const { generation, kemPrivate } of this.#state.identities) {
      const isDestroyed = generation < next.destroyedBelow;
      if (isDestroyed && kemPrivate !== null && !kept.has(kemPrivate)) this.#spent.add(kemPrivate);
    }
    this.#state = next;
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

  #write(): Promise<Done> {
    const { call } = this.#parts;
    return this.#send(this.#state, (body) => call("writeVault", { params: { name: VAULT_NAME }, body }));
  }

  async #publishOnce(
    last: IdentitySecret,
    make: (last: IdentitySecret) => Promise<MadeIdentity>,
  ): Promise<Done> {
    const { call } = this.#parts;
    const { record, secret } = await make(last);
    const withNext = (state: VaultState): VaultState => ({
      ...state,
      identities: [...state.identities, secret],
    });
    const before = this.#state;
    const state = withNext(before);
    const identity = toBase64Url(record);
    const answer = await this.#send(
      state,
      (vault) => call("renewIdentity", { body: { vault, identity } }),
      () => {
        // What changed here while it was on its way is still to be written.
        this.#state = this.#state === before ? state : withNext(this.#state);
      },
    );
    // Whether the server has it or not: it is nowhere but in that vault.
    if (answer.kind === "refused") wipe(secret.signSeed, secret.kemPrivate);
    return answer;
  }

  /** Sends the next version of the vault. `taken` is told before it is put on this device. */
  async #send(
    state: VaultState,
    send: (vault: { readonly version: number; readonly bytes: string }) => Promise<Done<unknown>>,
    taken?: () => void,
  ): Promise<Done> {
    const { account, ports, vaultKey, wrote } = this.#parts;
    const version = this.#version + 1;
    const place = { account, name: VAULT_NAME, version };
    const blob = await sealBlob({ vaultKey, place, body: encodeVaultState(state), random: ports.random });
    // After a lock the key in hand is wiped; the call is refused then, so nothing sealed under it ever leaves.
    const answer = await send({ version, bytes: toBase64Url(blob) });
    if (answer.kind === "refused") return answer;
    this.#version = version;
    this.#hash = sha256(blob);
    this.#base = state;
    taken?.();
    wrote(leafHash(vaultHeadLeaf({ ...place, hash: this.#hash })));
    await this.#saveNow();
    return DONE;
  }

  async #read(): Promise<Done> {
    const { alarms, call, changed } = this.#parts;
    const answer = await call("readVault", { params: { name: VAULT_NAME } });
    if (answer.kind === "refused") return answer;
    const { bytes, version } = answer.value;
    const blob = fromBase64Url(bytes);
    const hash = sha256(blob);
    const isKnown = version === this.#version && (this.#hash === null || equalBytes(this.#hash, hash));
    if (isKnown) this.#hash = hash;
    if (isKnown) return DONE;
    const theirs = await this.#openOrNull(version, blob);
    // A version is written once: another blob under a number that was seen is no newer than an older number.
    const isOlder = version <= this.#version;
    if (isOlder || theirs === null) await alarms.raise("vault-rolled-back", null);
    if (theirs === null) return DONE;
    await this.#compare(theirs);
    const isMineNew = isOlder || this.#state !== this.#base;
    this.#become(isMineNew ? mergeVaultStates(this.#state, theirs, this.#base) : theirs);
    this.#base = theirs;
    this.#version = version;
    this.#hash = hash;
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
