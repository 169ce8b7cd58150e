import type { DeviceKeeper, LocalStore, StoredEntry } from "@sotto/client";
import { ENTRIES, KEYS, openDatabase, settle, writeAll } from "./device-database.ts";

/** `LocalStore` on IndexedDB. */
export const browserStore: LocalStore = {
  async read(key) {
    const store = (await openDatabase()).transaction(ENTRIES).objectStore(ENTRIES);
    const value: unknown = await settle(store.get(key));
    return value instanceof ArrayBuffer ? new Uint8Array(value) : null;
  },
  async write(entries) {
    await writeAll(ENTRIES, (store) => {
      for (const { key, value } of entries) {
        if (value === null) store.delete(key);
        else store.put(bufferOf(value), key);
      }
    });
  },
  async list(prefix) {
    const store = (await openDatabase()).transaction(ENTRIES).objectStore(ENTRIES);
    const keys = await settle(store.getAllKeys(rangeOf(prefix)));
    return keys.filter((key) => typeof key === "string" && key.startsWith(prefix)).map(String);
  },
  async readAll(prefix) {
    const store = (await openDatabase()).transaction(ENTRIES).objectStore(ENTRIES);
    const range = rangeOf(prefix);
    const [keys, values] = await Promise.all([
      settle(store.getAllKeys(range)),
      settle<unknown[]>(store.getAll(range)),
    ]);
    return keys.flatMap((key, index) => entryOf(key, values[index]));
  },
  async lastOfEach(prefix) {
    const store = (await openDatabase()).transaction(ENTRIES).objectStore(ENTRIES);
    // Asked from one group to the next: a cursor that is sent on to a key takes ten times as long for each in Chromium, and to list all keys as long as there are many.
    const groups: string[] = [];
    let from = prefix;
    for (;;) {
      const [key] = await settle(store.getAllKeys(IDBKeyRange.bound(from, `${prefix}\uffff`), 1));
      if (typeof key !== "string") break;
      const end = key.indexOf("/", prefix.length) + 1;
      if (end > 0) groups.push(key.slice(0, end));
      from = end > 0 ? `${key.slice(0, end)}\uffff` : `${key}\u0000`;
    }
    const last = groups.map(async (group) => {
      const cursor = await settle(store.openCursor(rangeOf(group), "prev"));
      return cursor === null ? [] : entryOf(cursor.key, cursor.value);
    });
    return (await Promise.all(last)).flat();
  },
};

/** What the database takes a copy of: a value's own bytes, and nothing that they were cut from. */
const bufferOf = (value: Uint8Array<ArrayBuffer>): ArrayBuffer =>
  value.byteLength === value.buffer.byteLength ? value.buffer : value.slice().buffer;

const rangeOf = (prefix: string): IDBKeyRange => IDBKeyRange.bound(prefix, `${prefix}\uffff`);

const entryOf = (key: IDBValidKey, value: unknown): readonly StoredEntry[] =>
  typeof key === "string" && value instanceof ArrayBuffer ? [{ key, value: new Uint8Array(value) }] : [];

const NONCE_BYTES = 12;

async function readDeviceKey(): Promise<CryptoKey | null> {
  const store = (await openDatabase()).transaction(KEYS).objectStore(KEYS);
  const key: unknown = await settle(store.get("device"));
  return key instanceof CryptoKey ? key : null;
}

async function deviceKey(): Promise<CryptoKey> {
  const kept = await readDeviceKey();
  if (kept !== null) return kept;
  const made = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, [
    "encrypt",
    "decrypt",
  ]);
  await writeAll(KEYS, (store) => store.put(made, "device"));
  return made;
}

/** `DeviceKeeper` with an AES key that the browser keeps and never hands out. */
export const browserKeeper: DeviceKeeper = {
  async seal(body) {
    const nonce = crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
    const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv: nonce }, await deviceKey(), body);
    const whole = new Uint8Array(NONCE_BYTES + sealed.byteLength);
    whole.set(nonce);
    whole.set(new Uint8Array(sealed), NONCE_BYTES);
    return whole;
  },
  async open(sealed) {
    const key = await readDeviceKey();
    if (key === null || sealed.length <= NONCE_BYTES) return null;
    const iv = sealed.slice(0, NONCE_BYTES);
    try {
      return new Uint8Array(
        await crypto.subtle.decrypt({ name: "AES-GCM", iv }, key, sealed.slice(NONCE_BYTES)),
      );
    } catch {
      return null;
    }
  },
  async forget() {
    await writeAll(KEYS, (store) => store.delete("device"));
  },
};
