import { setTimeout as pause } from "node:timers/promises";
import { askServer } from "./ask-server.ts";
import type { Fate } from "./fate.ts";
import type { Kind } from "./kinds.ts";
import type { Servers } from "./servers.ts";

// Port 1 refuses: what a socket meets when there is no network.
const NOWHERE = "ws://127.0.0.1:1/";
const SLOW_MS_MAX = 25;
/** So long somebody reads nothing of what waits for them. */
const STALLED_MS_MAX = 300;
const DEAF_LOOK_MS = 4;
/** So late something comes a second time. */
const AGAIN_MS_MAX = 40;
const lost = (): Error => new TypeError("fetch failed");

type Fall = "fair" | "lost" | "unanswered" | "unavailable" | "cut short" | "twice" | "twice late" | "slow";

/**
 * Which of a browser's requests is lost: on its way there, or when it was done and before its answer came. `isDeaf`: nothing comes over the live connection either
 * before it has asked a few times more.
 */
export interface LostAsk {
  readonly nth: number;
  readonly isDone: boolean;
  readonly isDeaf: boolean;
}

/** So often whoever hears nothing asks before they hear again. */
const DEAF_ASKS = 3;

/** The network of one device: unmodified clients on one end, unmodified servers on the other, and the weather between. */
export class Network {
  readonly #servers: Servers;
  readonly #fate: Fate;
  readonly #isOn: (kind: Kind) => boolean;
  readonly #lost: LostAsk | null;
  readonly #watching = new Set<(isThere: boolean) => void>();
  readonly #sockets = new Set<WebSocket>();
  #place: number;
  #asks = 0;
  #opened = 0;
  #hasLost = false;
  #isCut = false;
  #isCalm = false;

  constructor(
    servers: Servers,
    wish: {
      readonly fate: Fate;
      readonly isOn: (kind: Kind) => boolean;
      /** The one request that is lost where that is not left to fate. */
      readonly lost: LostAsk | null;
    },
  ) {
    this.#servers = servers;
    this.#lost = wish.lost;
    this.#fate = wish.fate;
    this.#isOn = wish.isOn;
    this.#place = wish.fate.of("place").between(0, 1);
  }

  /** Nothing gets through until it is mended. */
  cut(): void {
    this.#isCut = true;
    this.#tear();
  }

  mend(): void {
    this.#isCut = false;
    for (const changed of this.#watching) changed(true);
  }

  /** Fair weather from here on, and everybody connects anew. */
  calm(): void {
    this.#isCalm = true;
    this.#isCut = false;
    this.reconnect();
  }

  /** The device says that its network went and came. */
  reconnect(): void {
    for (const isThere of [false, true]) for (const changed of this.#watching) changed(isThere);
  }

  watch(changed: (isThere: boolean) => void): () => void {
    this.#watching.add(changed);
    return () => this.#watching.delete(changed);
  }

  /** Whether the request that was named has been lost. */
  get hasLost(): boolean {
    return this.#hasLost;
  }

  /** How often it was asked for something. */
  get asks(): number {
    return this.#asks;
  }

  async fetch(url: URL, init: RequestInit): Promise<Response> {
    const fate = this.#fate.of(`ask ${String(++this.#asks)}`);
    const fall = this.#fallOf(fate);
    if (fall === "slow") await pause(fate.between(0, SLOW_MS_MAX));
    if (fall === "lost") throw lost();
    if (fall === "unavailable") return new Response("", { status: 503 });
    const answer = await this.#ask(url, init);
    if (fall === "unanswered") throw lost();
    if (fall === "cut short") return cutShort(answer.status);
    if (fall === "slow") await pause(fate.between(0, SLOW_MS_MAX));
    if (fall === "twice late") void this.#askLate(url, init, fate);
    const again = fall === "twice" ? await this.#ask(url, init).catch(() => answer) : answer;
    if (this.#isCut) throw lost();
    return fate.chance(0.5) ? again : answer;
  }

  openSocket(url: URL, isDead: () => boolean): WebSocket {
    const fate = this.#fate.of(`socket ${String(++this.#opened)}`);
    if (!this.#isCalm && fate.chance(0.3)) this.#place += 1;
    const life = this.#servers.at(this.#place);
    const target = new URL(url);
    target.host = `127.0.0.1:${String(life?.port ?? 1)}`;
    const isOut = isDead() || this.#isCut || life === null;
    const socket = new WebSocket(isOut ? NOWHERE : target);
    this.#sockets.add(socket);
    socket.addEventListener("close", () => {
      this.#sockets.delete(socket);
      if (!this.#isCalm && fate.chance(0.8)) this.#soonAgain(fate);
    });
    void life?.ended.then(() => socket.close());
    this.#between(socket, fate, () => isDead() || life?.isAlive() !== true);
    return socket;
  }

  /** What comes over the socket comes late, after what was sent later, more than once, not at all, or never again. */
  #between(socket: WebSocket, fate: Fate, isOver: () => boolean): void {
    const listen = socket.addEventListener.bind(socket);
    let coming = Promise.resolve();
    let count = 0;
    const deliver = (hear: (event: Event) => void, event: Event): void => {
      const at = fate.of(`message ${String(++count)}`);
      const isHint = count > 1;
      const share = this.#isCalm ? 0 : 1;
      const isLost = isHint && this.#isOn("hints") && at.chance(0.08 * share);
      const isTwice = isHint && this.#isOn("twice") && at.chance(0.06 * share);
      const isTorn = this.#isOn("torn") && at.chance(0.04 * share);
      const isSlow = this.#isOn("slow") && at.chance(0.15 * share);
      const lateMs = isSlow ? at.between(1, at.chance(0.1) ? STALLED_MS_MAX : SLOW_MS_MAX) : 0;
      const isBehind = isHint && this.#isOn("reorder") && at.chance(0.08 * share);
      const hearLate = async () => {
        await pause(at.between(1, AGAIN_MS_MAX));
        if (!isOver() && !this.#isCut) hear(event);
      };
      if (isBehind) {
        void hearLate();
        return;
      }
      coming = coming.then(async () => {
        if (lateMs > 0) await pause(lateMs);
        while (this.#isDeaf && !isOver()) await pause(DEAF_LOOK_MS);
        if (isOver() || this.#isCut) return;
        if (isTorn) {
          socket.close();
          return;
        }
        if (isLost) return;
        hear(event);
        if (!isTwice) return;
        if (at.chance(0.5)) hear(event);
        else void hearLate();
      });
    };
    const wrapped = (kind: string, hear: (event: Event) => void): void =>
      listen(kind, kind === "message" ? (event: Event) => deliver(hear, event) : hear);
    Object.defineProperty(socket, "addEventListener", { value: wrapped });
  }

  /** The device notices that it has a network, sooner than its client would try again. */
  #soonAgain(fate: Fate): void {
    setTimeout(() => this.nudge(), fate.between(1, 40));
  }

  /** The device notices that it has a network, where it has. */
  nudge(): void {
    if (!this.#isCut) for (const changed of this.#watching) changed(true);
  }

  #tear(): void {
    for (const socket of this.#sockets) socket.close();
    for (const changed of this.#watching) changed(false);
  }

  get #isDeaf(): boolean {
    const since = this.#asks - (this.#lost?.nth ?? Number.POSITIVE_INFINITY);
    return this.#lost?.isDeaf === true && !this.#isCalm && since >= 0 && since < DEAF_ASKS;
  }

  #fallOf(fate: Fate): Fall {
    if (this.#isCut) return "lost";
    if (this.#isCalm) return "fair";
    if (this.#asks === this.#lost?.nth) {
      this.#hasLost = true;
      return this.#lost.isDone ? "unanswered" : "lost";
    }
    const loss = this.#isOn("loss") ? 1 : 0;
    return fate.weigh<Fall>({
      fair: 100,
      lost: 4 * loss,
      unanswered: 6 * loss,
      unavailable: 2 * loss,
      "cut short": 2 * loss,
      twice: this.#isOn("twice") ? 4 : 0,
      "twice late": this.#isOn("twice") ? 2 : 0,
      slow: this.#isOn("slow") ? 15 : 0,
    });
  }

  /** What was asked arrives once more, when its answer may have been read long ago. */
  async #askLate(url: URL, init: RequestInit, fate: Fate): Promise<void> {
    await pause(fate.between(1, AGAIN_MS_MAX));
    await this.#ask(url, init).catch(() => null);
  }

  async #ask(url: URL, init: RequestInit): Promise<Response> {
    const life = this.#servers.at(this.#place);
    if (life === null) throw lost();
    const target = new URL(url);
    target.host = `127.0.0.1:${String(life.port)}`;
    const asked = askServer(target, init);
    // Whoever asks a server that dies hears that the connection broke.
    const answer = await Promise.race([asked, life.ended.then(() => null)]);
    asked.catch(() => null);
    if (answer === null) throw lost();
    return answer;
  }
}

/** An answer whose body breaks off. */
const cutShort = (status: number): Response =>
  new Response(
    new ReadableStream({
      pull: (controller) => controller.error(lost()),
    }),
    { status },
  );
