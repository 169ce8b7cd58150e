import { ServerMessage } from "@sotto/contract";
import type { ClientMessage } from "@sotto/contract";
import type { Ports } from "../ports.ts";

interface Listener {
  /** The connection stands. What it throws closes the connection, and it is made again. */
  readonly welcomed: () => Promise<void>;
  readonly received: (message: ServerMessage) => Promise<void>;
  readonly online: (isOnline: boolean) => void;
}

const WAIT_MS_FIRST = 250;
const WAIT_MS_MAX = 20_000;
const PING_EVERY_MS = 25_000;
const SILENCE_MS_MAX = 60_000;

/** The live connection: made again, with growing and uneven pauses, for as long as it is open. */
export class Live {
  readonly #ports: Ports;
  readonly #token: () => string;
  readonly #listener: Listener;
  #socket: WebSocket | null = null;
  #waitMs = WAIT_MS_FIRST;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #beat: ReturnType<typeof setInterval> | null = null;
  #heardAt = 0;
  #isClosed = false;
  #unwatchNetwork: (() => void) | null = null;

  constructor(ports: Ports, token: () => string, listener: Listener) {
    this.#ports = ports;
    this.#token = token;
    this.#listener = listener;
  }

  open(): void {
    if (this.#isClosed) return;
    this.#unwatchNetwork ??= this.#ports.watchNetwork?.((isThere) => this.#network(isThere)) ?? null;
    const socket = this.#connect();
    if (socket === null) {
      this.#listener.online(false);
      return this.#again();
    }
    this.#socket = socket;
    this.#heardAt = this.#ports.now();
    socket.addEventListener("open", () => this.#say({ kind: "hello", token: this.#token() }));
    socket.addEventListener("message", (event: MessageEvent) => {
      this.#heardAt = this.#ports.now();
      void this.#hear(socket, event.data).catch(() => socket.close());
    });
    socket.addEventListener("close", () => this.#ended(socket));
    socket.addEventListener("error", () => this.#ended(socket));
    this.#beat = setInterval(() => this.#keepUp(socket), PING_EVERY_MS);
  }

  /** Says something on its own, if it is connected. */
  say(message: ClientMessage): void {
    if (this.#socket?.readyState === this.#socket?.OPEN) this.#say(message);
  }

  close(): void {
    this.#isClosed = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    if (this.#beat !== null) clearInterval(this.#beat);
    this.#unwatchNetwork?.();
    this.#socket?.close();
    this.#socket = null;
  }

  /** A connection over a network that went would be found silent only after a minute; one that came is used at once. */
  #network(isThere: boolean): void {
    if (this.#isClosed) return;
    const socket = this.#socket;
    if (!isThere && socket !== null) {
      socket.close();
      this.#ended(socket);
    } else if (isThere && socket === null) {
      this.#waitMs = WAIT_MS_FIRST;
      if (this.#timer !== null) clearTimeout(this.#timer);
      this.open();
    }
  }

  /** Null when this place cannot even try. */
  #connect(): WebSocket | null {
    try {
      return this.#ports.openSocket(`${this.#ports.origin.replace(/^http/, "ws")}/v1/live`);
    } catch {
      return null;
    }
  }

  #say(message: ClientMessage): void {
    this.#socket?.send(JSON.stringify(message));
  }

  async #hear(socket: WebSocket, text: unknown): Promise<void> {
    if (this.#isClosed || socket !== this.#socket || typeof text !== "string") return;
    const message = ServerMessage.parse(JSON.parse(text));
    if (message.kind === "welcome") {
      this.#listener.online(true);
      await this.#listener.welcomed();
      // Only now: a server with which nobody gets into step is not asked four times a second.
      this.#waitMs = WAIT_MS_FIRST;
    } else await this.#listener.received(message);
  }

  #keepUp(socket: WebSocket): void {
    if (this.#ports.now() - this.#heardAt > SILENCE_MS_MAX) {
      socket.close();
      this.#ended(socket);
    } else if (socket.readyState === socket.OPEN) this.#say({ kind: "ping" });
  }

  #ended(socket: WebSocket): void {
    if (socket !== this.#socket) return;
    this.#socket = null;
    if (this.#beat !== null) clearInterval(this.#beat);
    this.#listener.online(false);
    this.#again();
  }

  #again(): void {
    if (this.#isClosed) return;
    const [jitter = 0] = this.#ports.random(1);
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.open(), this.#waitMs * (0.5 + jitter / 255));
    this.#waitMs = Math.min(this.#waitMs * 2, WAIT_MS_MAX);
  }
}
