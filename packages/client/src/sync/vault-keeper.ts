import type { AccountId } from "@sotto/domain";
import {
  ByteReader,
  ByteWriter,
  decodeVaultState,
  encodeVaultState,
  fromBase64Url,
  leafHash,
  mergeVaultStates,
  openBlob,
  sealBlob,
  sha256,
  toBase64Url,
  vaultHeadLeaf,
} from "@sotto/vault";
import type { Bytes, VaultState } from "@sotto/vault";
import type { Call } from "../api.ts";
import type { Done } from "../client.ts";
import { DONE, refused } from "../done.ts";
import type { LocalRecords } from "../local/records.ts";
import type { Ports } from "../ports.ts";
import { makeLine } from "../serial.ts";
import type { Line } from "../serial.ts";
import type { Alarms } from "./alarms.ts";

/** The name of the one blob that holds a vault's state. */
export const VAULT_NAME = "main";
const LABEL = "fam/local-vault/1";
const STATE_BYTES_MAX = 4 * 1024 * 1024;
const WRITE_AFTER_MS = 400;
const TRIES_MAX = 6;

export interface KnownVault {
  readonly state: VaultState;
  /** The version that the server has of it. */
  readonly version: number;
}

interface Parts {
  readonly ports: Ports;
  readonly call: Call;
  readonly account: AccountId;
  readonly vaultKey: Bytes;
  readonly local: LocalRecords;
  readonly alarms: Alarms;
  /** Told the leaf of each blob that this client has written. */
  readonly wrote: (leaf: Bytes) => void;
  readonly changed: () => void;
}

/**
 * The vault's state in this client: changed at once here, on the server by compare-and-swap soon after. Two browsers
 * that write at once are merged, never overwritten.
 */
export class VaultKeeper {
  readonly #parts: Parts;
  readonly #line: Line = makeLine();
  #state: VaultState;
  #base: VaultState;
  #version: number;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #isClosed = false;

  constructor(parts: Parts, known: KnownVault) {
    this.#parts = parts;
    this.#state = known.state;
    this.#base = known.state;
    this.#version = known.version;
  }

  get state(): VaultState {
    return this.#state;
  }

  /** Changes the state here and now; it reaches the server soon. */
  change(next: (state: VaultState) => VaultState): void {
    const changed = next(this.#state);
    if (changed === this.#state || this.#isClosed) return;
    this.#state = changed;
    this.#parts.changed();
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      void this.flush().catch(() => null);
    }, WRITE_AFTER_MS);
  }

  /** Writes what has changed; done when the server has it. */
  async flush(): Promise<Done> {
    return this.#line(async () => {
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
    });
  }

  /** Takes in what another browser of this person has written. */
  async refresh(): Promise<Done> {
    return this.#line(() => this.#read());
  }

  close(): void {
    this.#isClosed = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
  }

  async #write(): Promise<Done> {
    const { account, call, local, ports, vaultKey, wrote } = this.#parts;
    const state = this.#state;
    const version = this.#version + 1;
    await saveVault(local, { state, version: this.#version });
    const place = { account, name: VAULT_NAME, version };
    const blob = await sealBlob({ vaultKey, place, body: encodeVaultState(state), random: ports.random });
    const body = { version, bytes: toBase64Url(blob) };
    const answer = await call("writeVault", { params: { name: VAULT_NAME }, body });
    if (answer.kind === "refused") return answer;
    this.#version = version;
    this.#base = state;
    await saveVault(local, { state: this.#state, version });
    wrote(leafHash(vaultHeadLeaf({ ...place, hash: sha256(blob) })));
    return DONE;
  }

  async #read(): Promise<Done> {
    const { account, alarms, call, changed, local, vaultKey } = this.#parts;
    const answer = await call("readVault", { params: { name: VAULT_NAME } });
    if (answer.kind === "refused") return answer;
    const { version, bytes } = answer.value;
    if (version < this.#version) await alarms.raise("vault-rolled-back", null);
    if (version <= this.#version) return DONE;
    const place = { account, name: VAULT_NAME, version };
    const theirs = decodeVaultState(await openBlob({ vaultKey, place, blob: fromBase64Url(bytes) }));
    const isMineNew = this.#state !== this.#base;
    this.#state = isMineNew ? mergeVaultStates(this.#state, theirs, this.#base) : theirs;
    this.#base = theirs;
    this.#version = version;
    await saveVault(local, { state: this.#state, version });
    changed();
    return DONE;
  }
}

/** Puts the state on this device, sealed. */
export async function saveVault(local: LocalRecords, vault: KnownVault): Promise<void> {
  const writer = ByteWriter.labelled(LABEL).unsigned(vault.version, 8);
  await local.writeSealed("vault", writer.block32(encodeVaultState(vault.state), STATE_BYTES_MAX).bytes());
}

/** The state as this device last had it; null when it never had one. */
export async function loadVault(local: LocalRecords): Promise<KnownVault | null> {
  const bytes = await local.readSealed("vault");
  if (bytes === null) return null;
  const reader = ByteReader.labelled(bytes, LABEL, STATE_BYTES_MAX + 100);
  const version = reader.unsigned(8);
  const state = decodeVaultState(reader.block32(STATE_BYTES_MAX));
  reader.end();
  return { state, version };
}
