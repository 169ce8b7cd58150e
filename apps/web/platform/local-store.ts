import type { DeviceKeeper, LocalStore } from "@sotto/client";

const ENTRIES = "entries";
const KEYS = "keys";
const DEVICE_KEY = "device";

/** Opens the database of this device, making it the first time. */
export function openDatabase(name: string): Promise<IDBDatabase> {
  const request = indexedDB.open(name, 1);
  request.addEventListener("upgradeneeded", () => {
    request.result.createObjectStore(ENTRIES);
    request.result.createObjectStore(KEYS);
  });
  return whenDone(request);
}

/** The client's store in IndexedDB; a write is durable when it resolves. */
export function makeLocalStore(database: IDBDatabase): LocalStore {
  return {
    async read(key) {
      const found: unknown = await whenDone(
        database.transaction(ENTRIES).objectStore(ENTRIES).get(key),
      );
      return found instanceof Uint8Array ? new Uint8Array(found) : null;
    },
    async write(entries) {
      const transaction = database.transaction(ENTRIES, "readwrite", { durability: "strict" });
      const store = transaction.objectStore(ENTRIES);
      for (const { key, value } of entries) {
        if (value === null) store.delete(key);
        else store.put(value, key);
      }
      await whenCommitted(transaction);
    },
    async list(prefix) {
      const range = IDBKeyRange.bound(prefix, `${prefix}\uffff`);
      const keys = await whenDone(database.transaction(ENTRIES).objectStore(ENTRIES).getAllKeys(range));
      return keys.map(String);
    },
  };
}

/** Seals under an AES key that this browser will not hand out, not even to us. */
export function makeDeviceKeeper(database: IDBDatabase): DeviceKeeper {
  return {
    async seal(body) {
      const key = (await readDeviceKey(database)) ?? (await makeDeviceKey(database));
      const nonce = crypto.getRandomValues(new Uint8Array(12));
      const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv: nonce }, key, body);
      const joined = new Uint8Array(nonce.length + sealed.byteLength);
      joined.set(nonce);
      joined.set(new Uint8Array(sealed), nonce.length);
      return joined;
    },
    async open(sealed) {
      const key = await readDeviceKey(database);
      if (key === null) return null;
      const iv = sealed.slice(0, 12);
      const body = await crypto.subtle
        .decrypt({ name: "AES-GCM", iv }, key, sealed.slice(12))
        .catch(() => null);
      return body === null ? null : new Uint8Array(body);
    },
    async forget() {
      const transaction = database.transaction(KEYS, "readwrite", { durability: "strict" });
      transaction.objectStore(KEYS).delete(DEVICE_KEY);
      await whenCommitted(transaction);
    },
  };
}

async function readDeviceKey(database: IDBDatabase): Promise<CryptoKey | null> {
  const found: unknown = await whenDone(database.transaction(KEYS).objectStore(KEYS).get(DEVICE_KEY));
  return found instanceof CryptoKey ? found : null;
}

async function makeDeviceKey(database: IDBDatabase): Promise<CryptoKey> {
  const key = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, [
    "encrypt",
    "decrypt",
  ]);
  const transaction = database.transaction(KEYS, "readwrite", { durability: "strict" });
  transaction.objectStore(KEYS).put(key, DEVICE_KEY);
  await whenCommitted(transaction);
  return key;
}

function whenDone<Result>(request: IDBRequest<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    request.addEventListener("success", () => resolve(request.result));
    request.addEventListener("error", () => reject(new StoreError()));
  });
}

function whenCommitted(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.addEventListener("complete", () => resolve());
    transaction.addEventListener("abort", () => reject(new StoreError()));
  });
}

/** This device could not read or keep something (full, or switched off by the browser). */
export class StoreError extends Error {
  readonly code = "store-failed";
}
