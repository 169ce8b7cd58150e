import { randomBytes } from "node:crypto";
import type { LocalStore, Ports } from "@sotto/client";

/** A store that lives as long as the process: a device whose storage a test can look into. */
export function makeMemoryStore(): LocalStore {
  const values = new Map<string, Uint8Array<ArrayBuffer>>();
  return {
    read: async (key) => values.get(key)?.slice() ?? null,
    write: async (entries) => {
      for (const { key, value } of entries) {
        if (value === null) values.delete(key);
        else values.set(key, value.slice());
      }
    },
    list: async (prefix) => [...values.keys()].filter((key) => key.startsWith(prefix)).toSorted(),
  };
}

/** What a client needs, from Node: the real network, memory for a device, no passkeys. */
export function nodePorts({
  origin,
  store,
}: {
  readonly origin: string;
  readonly store?: LocalStore;
}): Ports {
  return {
    origin,
    fetch: (url, init) => fetch(url, init),
    openSocket: (url) => new WebSocket(url),
    store: store ?? makeMemoryStore(),
    passkeys: null,
    now: () => Date.now(),
    random: (count) => new Uint8Array(randomBytes(count)),
    idleLockAfterMs: null,
    keeper: null,
  };
}
