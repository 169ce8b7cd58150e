import type { LocalStore, Ports } from "./ports.ts";

/** A device that lasts as long as `values`, where its owner may look into it. */
export function memoryStore(values = new Map<string, Uint8Array<ArrayBuffer>>()): LocalStore {
  return {
    read: (key) => Promise.resolve(values.get(key)?.slice() ?? null),
    write: (entries) => {
      for (const { key, value } of entries) {
        if (value === null) values.delete(key);
        else values.set(key, value.slice());
      }
      return Promise.resolve();
    },
    list: (prefix) => Promise.resolve([...values.keys()].filter((key) => key.startsWith(prefix)).toSorted()),
  };
}

/**
 * Ports for a program, from what Node 24 and browsers have in common: the real network, and a device in memory. Whoever comes
 * in by them keeps nothing: what was not sent is gone with the program, and the way in must be kept elsewhere. Never locks by
 * itself. `origin` is the server's, without a slash at the end.
 */
export function memoryPorts(origin: string): Ports {
  return {
    origin,
    fetch: (url, init) => fetch(url, init),
    openSocket: (url) => new WebSocket(url),
    store: memoryStore(),
    passkeys: null,
    now: () => Date.now(),
    random: (count) => crypto.getRandomValues(new Uint8Array(count)),
    idleLockAfterMs: null,
    describe: () => ({ browser: "program", system: "unknown", timeZone: "" }),
    keeper: null,
  };
}
