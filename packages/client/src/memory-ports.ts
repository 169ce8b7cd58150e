import type { LocalStore, Ports, StoredEntry } from "./ports.ts";

/** A device that lasts as long as `values`, where its owner may look into it. */
export function memoryStore(values = new Map<string, Uint8Array<ArrayBuffer>>()): LocalStore {
  const keysOf = (prefix: string): readonly string[] =>
    [...values.keys()].filter((key) => key.startsWith(prefix)).toSorted();
  const entriesOf = (keys: readonly string[]): readonly StoredEntry[] =>
    keys.flatMap((key) => {
      const value = values.get(key);
      return value === undefined ? [] : [{ key, value: value.slice() }];
    });
  return {
    read: (key) => Promise.resolve(values.get(key)?.slice() ?? null),
    write: (entries) => {
      for (const { key, value } of entries) {
        if (value === null) values.delete(key);
        else values.set(key, value.slice());
      }
      return Promise.resolve();
    },
    list: (prefix) => Promise.resolve(keysOf(prefix)),
    readAll: (prefix) => Promise.resolve(entriesOf(keysOf(prefix))),
    lastOfEach: (prefix) => {
      const groupOf = (key: string): string => key.slice(0, key.indexOf("/", prefix.length) + 1);
      const inGroups = keysOf(prefix).filter((key) => key.includes("/", prefix.length));
      return Promise.resolve(entriesOf([...new Map(inGroups.map((key) => [groupOf(key), key])).values()]));
    },
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
