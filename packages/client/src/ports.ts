import type { DeviceNote } from "@sotto/vault";

/**
 * What the client needs from the place it runs in. A browser worker and Node each give these; nothing else of the outside is touched.
 */
export interface Ports {
  /** Origin of the server, without a slash at the end. */
  readonly origin: string;
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
  /** Opens the live connection; the WebSocket of the browser or of Node 24. */
  readonly openSocket: (url: string) => WebSocket;
  /** Tells when the device says that its network went or came, where it can; answers what stops it. Only ever a hint. */
  readonly watchNetwork?: (changed: (isThere: boolean) => void) => () => void;
  readonly store: LocalStore;
  /** How much more this device would let us keep; null or left out where it does not say. */
  readonly freeBytes?: () => Promise<number | null>;
  readonly passkeys: Passkeys | null;
  readonly now: () => number;
  readonly random: (count: number) => Uint8Array<ArrayBuffer>;
  /** Locks by itself after this long without a call; null keeps it open (scripts). */
  readonly idleLockAfterMs: number | null;
  /** What this place is, told to this person's own clients alone. */
  readonly describe: () => Pick<DeviceNote, "browser" | "system" | "timeZone">;
  /** Keeps the vault key between reloads under a key that cannot leave the device; null forgets it with the page. */
  readonly keeper: DeviceKeeper | null;
}

/** A key-value place on this device. What is put there has been sealed, apart from opaque ids. `put` is durable when it resolves. */
export interface LocalStore {
  read(key: string): Promise<Uint8Array<ArrayBuffer> | null>;
  write(
    entries: readonly { readonly key: string; readonly value: Uint8Array<ArrayBuffer> | null }[],
  ): Promise<void>;
  /** Keys that start with the prefix, in order. */
  list(prefix: string): Promise<readonly string[]>;
  /** Everything whose key starts with the prefix, in order, in one go. */
  readAll(prefix: string): Promise<readonly StoredEntry[]>;
  /** Of the keys that start with the prefix and go on alike up to the next slash, the last with its value. Costs by such groups, not by keys. */
  lastOfEach(prefix: string): Promise<readonly StoredEntry[]>;
}

/** What stands under one key of this device. */
export interface StoredEntry {
  readonly key: string;
  readonly value: Uint8Array<ArrayBuffer>;
}

/** Seals a few bytes for this device alone (a non-extractable AES key in IndexedDB). */
export interface DeviceKeeper {
  seal(body: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>>;
  /** Null when this device cannot open it (any more). */
  open(sealed: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer> | null>;
  forget(): Promise<void>;
}

/**
 * WebAuthn, which lives on the page. `prf` is the first PRF result for the given salt, null when the authenticator has none.
 * `response` is JSON without PRF results (e2ee.md 4.1). Null when the person cancelled.
 */
export interface Passkeys {
  create(options: unknown, salt: Uint8Array<ArrayBuffer>): Promise<PasskeyAnswer | null>;
  get(options: unknown, salt: Uint8Array<ArrayBuffer>): Promise<PasskeyAnswer | null>;
}

export interface PasskeyAnswer {
  readonly response: Record<string, unknown>;
  readonly credentialId: Uint8Array<ArrayBuffer>;
  readonly prf: Uint8Array<ArrayBuffer> | null;
}
