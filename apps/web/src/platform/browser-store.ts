import type { DeviceKeeper, LocalStore } from "@sotto/client";
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
        else store.put(value.slice().buffer, key);
      }
    });
  },
  async list(prefix) {
    const store = (await openDatabase()).transaction(ENTRIES).objectStore(ENTRIES);
    const keys = await settle(store.getAllKeys(IDBKeyRange.bound(prefix, `${prefix}\uffff`)));
    return keys.filter((key) => typeof key === "string" && key.startsWith(prefix)).map(String);
  },
};

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
