import type { AccountId } from "@sotto/domain";
import { openLocal, sealLocal, wipe } from "@sotto/vault";
import type { Bytes } from "@sotto/vault";
import { ClientFault } from "../done.ts";
import type { Ports, StoredEntry } from "../ports.ts";
import { makeLine } from "../serial.ts";
import type { Line } from "../serial.ts";
import { openOrNull } from "../unreadable.ts";

/** A record by the name that its account knows it by. */
export interface NamedRecord {
  readonly name: string;
  readonly value: Bytes;
}

/**
 * What one account keeps on this device. Sealed records are bound to their name under the account's local key; public
 * ones (ciphertext as the server gave it, identity records) stand as they are. Writes are made in the order in which they
 * were asked for, so the last word about a record is the one that stays.
 */
export class LocalRecords {
  readonly #ports: Ports;
  readonly #key: Bytes;
  readonly #older: readonly Bytes[];
  readonly #prefix: string;
  readonly #line: Line = makeLine();
  #isClosed = false;

  /** `older`: keys of earlier vault keys, which open what has not been written since. */
  constructor(ports: Ports, account: AccountId, key: Bytes, older: readonly Bytes[] = []) {
    this.#ports = ports;
    this.#key = key;
    this.#older = older;
    this.#prefix = `of/${account}/`;
  }

  /**
   * Wipes the key. Whatever would still read or seal throws `closed`, so that nothing is ever sealed under a wiped key; what
   * was asked for before is still written.
   */
  close(): void {
    this.#isClosed = true;
    wipe(this.#key, ...this.#older);
  }

  /** Done when everything that was asked for is written. */
  async settled(): Promise<void> {
    await this.#line(() => Promise.resolve());
  }

  /** Null when it is not here, or damaged: both mean that this device does not have it. */
  async readSealed(name: string): Promise<Bytes | null> {
    if (this.#isClosed) throw new ClientFault("closed");
    const key = this.#prefix + name;
    const sealed = await this.#ports.store.read(key);
    return sealed === null ? null : this.#open(key, sealed);
  }

  /** All sealed records whose names start with the prefix, in order. A damaged one is left out: this device does not have it. */
  async readAllSealed(prefix: string): Promise<readonly NamedRecord[]> {
    if (this.#isClosed) throw new ClientFault("closed");
    const sealed = await this.#ports.store.readAll(this.#prefix + prefix);
    const opened = await Promise.all(
      sealed.map(async ({ key, value }) => {
        const body = await this.#open(key, value);
        return body === null ? [] : [{ name: key.slice(this.#prefix.length), value: body }];
      }),
    );
    return opened.flat();
  }

  async #open(key: string, sealed: Bytes): Promise<Bytes | null> {
    if (this.#isClosed) throw new ClientFault("closed");
    for (const each of [this.#key, ...this.#older]) {
      const body = await openOrNull(() => openLocal({ key: each.slice(), name: key, sealed }));
      if (body !== null) return body;
    }
    return null;
  }

  async writeSealed(name: string, body: Bytes | null): Promise<void> {
    if (this.#isClosed) throw new ClientFault("closed");
    const place = this.#prefix + name;
    const { random, store } = this.#ports;
    const key = this.#key.slice();
    await this.#line(async () => {
      const value = body === null ? null : await sealLocal({ key, name: place, body, random });
      wipe(key);
      await store.write([{ key: place, value }]);
    });
  }

  async readPublic(name: string): Promise<Bytes | null> {
    return this.#ports.store.read(this.#prefix + name);
  }

  /** All public records whose names start with the prefix, in order. */
  async readAllPublic(prefix: string): Promise<readonly NamedRecord[]> {
    return this.#named(await this.#ports.store.readAll(this.#prefix + prefix));
  }

  /** The last public record of each folder below the prefix. */
  async lastOfEach(prefix: string): Promise<readonly NamedRecord[]> {
    return this.#named(await this.#ports.store.lastOfEach(this.#prefix + prefix));
  }

  #named(entries: readonly StoredEntry[]): readonly NamedRecord[] {
    return entries.map(({ key, value }) => ({ name: key.slice(this.#prefix.length), value }));
  }

  async writePublic(
    entries: readonly { readonly name: string; readonly value: Bytes | null }[],
  ): Promise<void> {
    if (this.#isClosed) throw new ClientFault("closed");
    const prefixed = entries.map(({ name, value }) => ({ key: this.#prefix + name, value }));
    await this.#line(() => this.#ports.store.write(prefixed));
  }

  /** Names that start with the prefix, in order. */
  async list(prefix: string): Promise<readonly string[]> {
    const keys = await this.#ports.store.list(this.#prefix + prefix);
    return keys.map((key) => key.slice(this.#prefix.length));
  }

  async remove(prefix: string): Promise<void> {
    await this.writePublic((await this.list(prefix)).map((name) => ({ name, value: null })));
  }
}
