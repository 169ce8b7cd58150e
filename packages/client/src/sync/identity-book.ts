import {
  equalBytes,
  fromBase64Url,
  identityHash,
  identityLeaf,
  leafHash,
  parseIdentityRecord,
  toBase64Url,
  toHex,
  verifyIdentityRecord,
} from "@sotto/vault";
import type { Bytes, IdentityRecord, VaultState } from "@sotto/vault";
import type { Call } from "../api.ts";
import { needed } from "../done.ts";
import type { LocalRecords } from "../local/records.ts";
import type { Alarms } from "./alarms.ts";
import { readOrNull } from "../unreadable.ts";

const LINE_LENGTH_MAX = 1_000;

interface Parts {
  readonly call: Call;
  readonly local: LocalRecords;
  readonly alarms: Alarms;
  readonly vault: () => VaultState;
  /** Told the leaf of each record that came from the server. */
  readonly learned: (leaf: Bytes) => void;
}

/**
 * Identity records by hash. A record is given out when its bytes have that hash, its signatures and those of the records
 * before it hold, for somebody whom this person has pinned its line meets the pin, and nobody else's record stands in its
 * place already: whoever has an old device of somebody can sign a second line from there on, and only one is theirs.
 */
export class IdentityBook {
  readonly #parts: Parts;
  readonly #known = new Map<string, IdentityRecord>();
  readonly #newest = new Map<string, Bytes>();
  /** What was given out, by account and generation. */
  readonly #given = new Map<string, Bytes>();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Null when there is no such record, or it does not hold. Throws `offline` when the server must be asked and cannot be. */
  readonly identityOf = async (hash: Bytes): Promise<IdentityRecord | null> => {
    const record = await this.#verified(hash, 0);
    return record !== null && (await this.#meetsPin(record)) && (await this.#isOnly(record)) ? record : null;
  };

  /** A record that has been given out or checked before; null otherwise. */
  known(hash: Bytes): IdentityRecord | null {
    return this.#known.get(toHex(hash)) ?? null;
  }

  /** A record and those before it, the first one first; null where one does not hold. */
  async lineOf(hash: Bytes): Promise<readonly IdentityRecord[] | null> {
    const line: IdentityRecord[] = [];
    for (let next: Bytes | null = hash; next !== null;) {
      const record: IdentityRecord | null = await this.#verified(next, 0);
      if (record === null || line.length > LINE_LENGTH_MAX) return null;
      line.unshift(record);
      next = record.previous;
    }
    return line;
  }

  /** The newest identity of an account that the server was asked for; null when it was not. */
  newestOf(account: string): Bytes | null {
    return this.#newest.get(account) ?? null;
  }

  /** Asks for the newest identity of each account. One that does not hold is as if there were none. */
  async hearNewest(accounts: readonly string[]): Promise<void> {
    const body = { accounts: [...accounts] };
    const { records } = needed(await this.#parts.call("readNewestIdentities", { body }));
    for (const { account, hash } of records) {
      const record = await this.identityOf(fromBase64Url(hash));
      if (record?.account === account) this.#newest.set(account, record.hash);
    }
  }

  async #verified(hash: Bytes, depth: number): Promise<IdentityRecord | null> {
    const key = toHex(hash);
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    if (depth > LINE_LENGTH_MAX) return null;
    const kept = await this.#kept(hash);
    const bytes = kept ?? this.#ownRecord(hash) ?? (await this.#fetch(hash));
    const record = bytes === null ? null : await this.#hold(hash, bytes, depth);
    if (bytes === null || record === null) {
      // Only the server can have given other bytes than those that were asked for.
      if (bytes !== null) await this.#parts.alarms.raise("identity-swapped", null);
      return null;
    }
    this.#known.set(key, record);
    if (kept === null) {
      await this.#parts.local.writePublic([{ name: `identity/${key}`, value: bytes }]);
      this.#parts.learned(leafHash(identityLeaf(hash)));
    }
    return record;
  }

  /** The record in these bytes, when it is the one of this hash and holds with those before it. */
  async #hold(hash: Bytes, bytes: Bytes, depth: number): Promise<IdentityRecord | null> {
    const record = readOrNull(() => parseIdentityRecord(bytes));
    if (record === null || !equalBytes(record.hash, hash)) return null;
    const previous = record.previous === null ? null : await this.#verified(record.previous, depth + 1);
    return (await verifyIdentityRecord(record, previous)) ? record : null;
  }

  #ownRecord(hash: Bytes): Bytes | null {
    const own = this.#parts.vault().identities.map((secret) => secret.record);
    return own.find((record) => equalBytes(identityHash(record), hash)) ?? null;
  }

  /** What this device holds, if it is not damaged. */
  async #kept(hash: Bytes): Promise<Bytes | null> {
    const kept = await this.#parts.local.readPublic(`identity/${toHex(hash)}`);
    return kept !== null && equalBytes(identityHash(kept), hash) ? kept : null;
  }

  async #fetch(hash: Bytes): Promise<Bytes | null> {
    const text = toBase64Url(hash);
    const { records } = needed(await this.#parts.call("readIdentities", { body: { hashes: [text] } }));
    const found = records.find((record) => record.hash === text);
    return found === undefined ? null : fromBase64Url(found.bytes);
  }

  async #meetsPin(record: IdentityRecord): Promise<boolean> {
    const { contacts, identities } = this.#parts.vault();
    const isOf = (owner: { readonly account: string }): boolean => owner.account === record.account;
    const pins = [
      ...contacts.filter(isOf).map((contact) => contact.identityHash),
      ...identities.filter(isOf).map((secret) => parseIdentityRecord(secret.record).hash),
    ];
    if (pins.length === 0) return true;
    for (const pin of pins) if (await this.#isOnOneLine(record, pin)) return true;
    await this.#parts.alarms.raise("identity-swapped", null);
    return false;
  }

  /** An account has one record of each generation, for good. */
  async #isOnly(record: IdentityRecord): Promise<boolean> {
    const line: IdentityRecord[] = [];
    for (let current: IdentityRecord | null = record; current !== null;) {
      const given = this.#given.get(placeOf(current));
      if (given !== undefined && equalBytes(given, current.hash)) break;
      if (given !== undefined) {
        await this.#parts.alarms.raise("identity-swapped", null);
        return false;
      }
      line.push(current);
      current = current.previous === null ? null : await this.#verified(current.previous, 0);
    }
    for (const one of line) this.#given.set(placeOf(one), one.hash);
    return true;
  }

  /** The record follows from the pinned one, or the pinned one from it: an old event names an old record. */
  async #isOnOneLine(record: IdentityRecord, pin: Bytes): Promise<boolean> {
    const pinned = await this.#verified(pin, 0);
    if (pinned === null) return false;
    const isPinOlder = pinned.generation <= record.generation;
    const older = isPinOlder ? pinned : record;
    let current: IdentityRecord | null = isPinOlder ? record : pinned;
    while (current !== null && current.generation > older.generation && current.previous !== null) {
      current = await this.#verified(current.previous, 0);
    }
    return current !== null && equalBytes(current.hash, older.hash);
  }
}

const placeOf = ({ account, generation }: IdentityRecord): string => `${account} ${generation}`;
