import type { DeviceKeeper, LocalStore, Passkeys, Ports } from "@sotto/client";
import { memoryPorts } from "@sotto/client/memory";
import type { Network } from "./network.ts";

/** The device that a page runs on, which outlives it. */
export interface PageDevice {
  readonly store: LocalStore;
  readonly keeper: DeviceKeeper;
  readonly passkeys: Passkeys;
  readonly isFull: () => boolean;
  readonly clockShift: () => number;
}

/** The await point at which a page dies, and whether what it was about to do is done. */
export interface PageDeath {
  readonly point: number;
  readonly isDone: boolean;
}

/** An answer that reaches a page that is alive. It is handed over behind this: whoever reads it here reads a copy. */
export type Heard = (asked: {
  readonly url: URL;
  readonly init: RequestInit;
  readonly answer: Response;
}) => void;

// What a page that is dead waits for.
const never = <Value>(): Promise<Value> => new Promise<Value>(() => undefined);

export const ORIGIN = "http://storm.test";

/**
 * One page from when it is opened to its end, which may be at any await point: each thing that its client asks of the outside is one. What the device had
 * acknowledged by then stays; what it was about to do, it does or not; and nothing ever comes back to a page that is dead.
 */
export class Page {
  readonly ports: Ports;
  readonly died: Promise<void>;
  readonly #death: PageDeath | null;
  readonly #isCalm: () => boolean;
  #points = 0;
  #inFlight = 0;
  #isDead = false;
  #hasFallen = false;
  #tellDied: () => void = () => undefined;

  constructor(wish: {
    readonly device: PageDevice;
    readonly network: Network;
    /** Its death, unless the storm is over by then; null lets it live. */
    readonly death: PageDeath | null;
    readonly isCalm: () => boolean;
    readonly heard: Heard;
  }) {
    const { device, heard, network } = wish;
    this.#death = wish.death;
    this.#isCalm = wish.isCalm;
    this.died = new Promise((resolve) => {
      this.#tellDied = resolve;
    });
    const { store } = device;
    this.ports = {
      ...memoryPorts(ORIGIN),
      fetch: async (address, init) => {
        const url = new URL(address);
        const answer = await this.#point(() => network.fetch(url, init));
        heard({ url, init, answer });
        return answer;
      },
      openSocket: (url) => {
        if (!this.#isDead && this.#isNext()) this.die();
        return network.openSocket(new URL(url), () => this.#isDead);
      },
      watchNetwork: (changed) => network.watch((isThere) => !this.#isDead && changed(isThere)),
      store: {
        read: (key) => this.#point(() => store.read(key)),
        list: (prefix) => this.#point(() => store.list(prefix)),
        readAll: (prefix) => this.#point(() => store.readAll(prefix)),
        lastOfEach: (prefix) => this.#point(() => store.lastOfEach(prefix)),
        write: (entries) =>
          this.#point(async () => {
            const isMore = entries.some(({ value }) => value !== null);
            if (isMore && device.isFull())
              throw new DOMException("The quota is used up.", "QuotaExceededError");
            await store.write(entries);
          }),
      },
      passkeys: {
        create: (options, salt) => this.#point(() => device.passkeys.create(options, salt)),
        get: (options, salt) => this.#point(() => device.passkeys.get(options, salt)),
      },
      keeper: {
        seal: (body) => this.#point(() => device.keeper.seal(body)),
        open: (sealed) => this.#point(() => device.keeper.open(sealed)),
        forget: () => this.#point(() => device.keeper.forget()),
      },
      now: () => Date.now() + device.clockShift(),
      describe: () => ({ browser: "program", system: "linux", timeZone: "Europe/Berlin" }),
    };
  }

  get isDead(): boolean {
    return this.#isDead;
  }

  /** How many things it has asked of the outside. */
  get points(): number {
    return this.#points;
  }

  /** What it has asked and not been answered yet. */
  get inFlight(): number {
    return this.#inFlight;
  }

  die(): void {
    if (this.#isDead) return;
    this.#isDead = true;
    this.#tellDied();
  }

  /** Whether it died at the point that was named. */
  get hasFallen(): boolean {
    return this.#hasFallen;
  }

  #isNext(): boolean {
    this.#points += 1;
    const isNext = this.#points === this.#death?.point && !this.#isCalm();
    if (isNext) this.#hasFallen = true;
    return isNext;
  }

  async #point<Value>(act: () => Promise<Value>): Promise<Value> {
    if (this.#isDead) return never();
    if (this.#isNext()) {
      this.die();
      // It may have been on its way already.
      if (this.#death?.isDone === true) void act().catch(() => null);
      return never();
    }
    this.#inFlight += 1;
    try {
      const value = await act();
      return this.#isDead ? await never() : value;
    } catch (error) {
      if (this.#isDead) return await never();
      throw error;
    } finally {
      this.#inFlight -= 1;
    }
  }
}
