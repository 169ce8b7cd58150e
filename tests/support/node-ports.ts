import { randomBytes } from "node:crypto";
import {
  createClient,
  type Client,
  type DeviceKeeper,
  type LocalStore,
  type Passkeys,
  type Ports,
} from "@sotto/client";
import { memoryPorts, memoryStore } from "@sotto/client/memory";
import { ServerMessage } from "@sotto/contract";

type Bytes = Uint8Array<ArrayBuffer>;

/** Storage of a device that a test can look into, and that outlives its clients. */
export interface MemoryStore extends LocalStore {
  readonly values: ReadonlyMap<string, Bytes>;
}

/** A store that lives as long as the process, with what was `left` in another one. */
export function makeMemoryStore(left: ReadonlyMap<string, Bytes> = new Map()): MemoryStore {
  const values = new Map(left);
  return { values, ...memoryStore(values) };
}

const makeKey = (): Promise<CryptoKey> =>
  crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);

/**
 * Seals with a key that stays in this object, as a browser keeps one that cannot leave it; forgetting makes a new one. `first` is the key of a device that this
 * one is a copy of.
 */
export function makeKeeper(first: Promise<CryptoKey> = makeKey()): DeviceKeeper {
  let key = first;
  return {
    seal: async (body) => {
      const iv = new Uint8Array(randomBytes(12));
      const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await key, body);
      return new Uint8Array([...iv, ...new Uint8Array(sealed)]);
    },
    open: async (sealed) => {
      const iv = sealed.slice(0, 12);
      try {
        return new Uint8Array(
          await crypto.subtle.decrypt({ name: "AES-GCM", iv }, await key, sealed.slice(12)),
        );
      } catch {
        return null;
      }
    },
    forget: async () => {
      key = makeKey();
    },
  };
}

/**
 * What stands between a device and the server: it may pass the question on with `ask`, or not; change the answer, or throw
 * for one that never comes back. `asked` is the question, as its device put it.
 */
export type Meddling = (ask: () => Promise<Response>, url: URL, asked: RequestInit) => Promise<Response>;

/** What the device hears in place of what the server says on its own: something else, several things, or nothing. */
export type Hearsay = (message: ServerMessage) => readonly ServerMessage[];

/** A device with its own storage, clock and network, on which clients are opened one after the other. */
export interface Device {
  readonly store: MemoryStore;
  readonly ports: Ports;
  /** Everything that this device has asked the server, as "METHOD path?query". */
  readonly asked: readonly string[];
  /** How often it has reached the server for a live connection, and so has come into step with it. */
  readonly connections: () => number;
  /** A client of this device, as after the page was loaded. */
  readonly open: () => Promise<Client>;
  /** From here on nothing reaches the server and nothing comes back. */
  readonly cut: () => void;
  readonly mend: () => void;
  /** Stands between from here on, for requests whose path matches. Null steps aside. */
  readonly meddle: (path: RegExp, meddling: Meddling | null) => void;
  /** The same for what the server says on its own. */
  readonly mishear: (hearsay: Hearsay | null) => void;
  /** Moves this device's clock. */
  readonly shiftClock: (milliseconds: number) => void;
}

/** A new device. `idleLockAfterMs` gives it a keeper too, as the web app has. */
export function makeDevice(wish: {
  readonly origin: string;
  readonly store?: MemoryStore;
  readonly idleLockAfterMs?: number;
  /** The phone that its person uses passkeys of. */
  readonly passkeys?: Passkeys | null;
  /** Keeps somebody who is in across a reload, however long they are away. */
  readonly keeper?: DeviceKeeper;
}): Device {
  const store = wish.store ?? makeMemoryStore();
  const net = makeNetwork();
  let shift = 0;
  const ports: Ports = {
    ...memoryPorts(wish.origin),
    fetch: net.fetch,
    openSocket: net.openSocket,
    store,
    passkeys: wish.passkeys ?? null,
    now: () => Date.now() + shift,
    idleLockAfterMs: wish.idleLockAfterMs ?? null,
    describe: () => ({ browser: "program", system: "linux", timeZone: "Europe/Berlin" }),
    keeper: wish.keeper ?? (wish.idleLockAfterMs === undefined ? null : makeKeeper()),
  };
  return {
    store,
    ports,
    asked: net.asked,
    connections: net.connections,
    open: async () => {
      const client = createClient(ports);
      await client.start();
      return client;
    },
    cut: net.cut,
    mend: net.mend,
    meddle: net.meddle,
    mishear: net.mishear,
    shiftClock: (milliseconds) => {
      shift += milliseconds;
    },
  };
}

// Port 1 refuses: what a socket meets when there is no network.
const NOWHERE = "ws://127.0.0.1:1/";

function makeNetwork() {
  let isCut = false;
  const asked: string[] = [];
  const sockets = new Set<WebSocket>();
  let connections = 0;
  let hearsay: Hearsay | null = null;
  const meddlers = new Map<string, { readonly path: RegExp; readonly meddling: Meddling }>();
  const refuse = (): void => {
    if (isCut) throw new TypeError("the network is cut");
  };
  return {
    asked,
    connections: () => connections,
    fetch: async (url: string, init: RequestInit): Promise<Response> => {
      const place = new URL(url);
      const { pathname, search } = place;
      asked.push(`${init.method ?? "GET"} ${pathname}${search}`);
      refuse();
      const found = [...meddlers.values()].find(({ path }) => path.test(pathname));
      const ask = () => fetch(url, init);
      const answer = await (found === undefined ? ask() : found.meddling(ask, place, init));
      refuse();
      return answer;
    },
    openSocket: (url: string): WebSocket => {
      const socket = new WebSocket(isCut ? NOWHERE : url);
      sockets.add(socket);
      socket.addEventListener("open", () => connections++);
      socket.addEventListener("close", () => sockets.delete(socket));
      return between(socket, (message) => hearsay?.(message) ?? [message]);
    },
    cut: () => {
      isCut = true;
      for (const socket of sockets) socket.close();
    },
    mend: () => {
      isCut = false;
    },
    meddle: (path: RegExp, meddling: Meddling | null) => {
      if (meddling === null) meddlers.delete(path.source);
      else meddlers.set(path.source, { path, meddling });
    },
    mishear: (next: Hearsay | null) => {
      hearsay = next;
    },
  };
}

/** The same connection; whoever listens to it hears what `hearsay` makes of each message. */
function between(socket: WebSocket, hearsay: Hearsay): WebSocket {
  const listen = socket.addEventListener.bind(socket);
  const listenBetween = (type: string, hear: (event: Event) => void): void => {
    if (type !== "message") return listen(type, hear);
    return listen(type, ({ data }: MessageEvent) => {
      for (const message of hearsay(ServerMessage.parse(JSON.parse(String(data))))) {
        hear(new MessageEvent(type, { data: JSON.stringify(message) }));
      }
    });
  };
  return Object.assign(socket, { addEventListener: listenBetween });
}
