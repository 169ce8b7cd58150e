import { createClient, type Client } from "@sotto/client";
import { setTimeout as pause } from "node:timers/promises";
import { now } from "../support/clients.ts";
import { makeKeeper, makeMemoryStore, type MemoryStore } from "../support/node-ports.ts";
import type { CampPerson } from "./camp.ts";
import type { Fate } from "./fate.ts";
import type { Kind } from "./kinds.ts";
import type { Ledger } from "./ledger.ts";
import { Network, type LostAsk } from "./network.ts";
import { Page, type PageDeath } from "./page.ts";
import type { Servers } from "./servers.ts";

const POINTS_MAX = 260;
const DEATHS_MAX = 2;
const SIGN_IN_TRIES = 40;

/** A page of a browser dies, or a request of it is lost. */
export type BrowserMishap = { readonly browser: string } & (
  | { readonly page: PageDeath & { readonly nth: number } }
  | { readonly ask: LostAsk }
);

/** One browser of one person through a storm: its device, its network, and the pages that are opened there one after the other. */
export class Browser {
  readonly name: string;
  readonly person: CampPerson;
  readonly store: MemoryStore;
  readonly network: Network;
  readonly fate: Fate;
  readonly #ledger: Ledger;
  readonly #keeper: ReturnType<typeof makeKeeper>;
  readonly #isOn: (kind: Kind) => boolean;
  readonly #death: (PageDeath & { readonly nth: number }) | null;
  readonly #points: number[] = [];
  #hasFallen = false;
  #page: Page | null = null;
  #client: Client | null = null;
  #opened = 0;
  #isCalm = false;
  isFull = false;
  clockShift = 0;

  constructor(
    place: { readonly person: CampPerson; readonly browser: number },
    wish: {
      readonly servers: Servers;
      readonly fate: Fate;
      readonly ledger: Ledger;
      readonly isOn: (kind: Kind) => boolean;
      /** What happens to it, or to another browser, and is not left to fate. */
      readonly mishap: BrowserMishap | null;
    },
  ) {
    const { browser, person } = place;
    const left = person.devices[browser];
    if (left === undefined) throw new Error("a browser that was in the camp");
    this.name = `${person.name} ${String(browser + 1)}`;
    this.person = person;
    this.fate = wish.fate.of(this.name);
    const mishap = wish.mishap?.browser === this.name ? wish.mishap : null;
    this.#death = mishap !== null && "page" in mishap ? mishap.page : null;
    this.network = new Network(wish.servers, {
      fate: this.fate.of("network"),
      isOn: wish.isOn,
      lost: mishap !== null && "ask" in mishap ? mishap.ask : null,
    });
    this.store = makeMemoryStore(left.values);
    this.#keeper = makeKeeper(left.key);
    this.#ledger = wish.ledger;
    this.#isOn = wish.isOn;
  }

  /** The client of the page that is open; null when it has died. */
  get client(): Client | null {
    return this.#page?.isDead === false ? this.#client : null;
  }

  get inFlight(): number {
    return this.#page?.isDead === false ? this.#page.inFlight : 0;
  }

  /** How many things each of its pages has asked of the outside. */
  get points(): readonly number[] {
    return this.#page === null ? this.#points : [...this.#points, this.#page.points];
  }

  /** Whether what was to happen to it has: a page of it died, or a request was lost. */
  get isStruck(): boolean {
    return this.#hasFallen || this.#page?.hasFallen === true || this.network.hasLost;
  }

  /** Done when the page that is open now has died. */
  get died(): Promise<void> {
    return this.#page?.died ?? Promise.resolve();
  }

  /** Ends the page that is open, as when it is reloaded, and opens the next. */
  async reload(): Promise<void> {
    await this.end();
    const nth = ++this.#opened;
    const fate = this.fate.of(`page ${String(nth)}`);
    const page = new Page({
      device: {
        store: this.store,
        keeper: this.#keeper,
        passkeys: this.person.phone,
        isFull: () => this.isFull,
        clockShift: () => this.clockShift,
      },
      network: this.network,
      death: this.#deathOf(nth, fate),
      isCalm: () => this.#isCalm,
      heard: this.#ledger.heard,
    });
    const client = createClient(page.ports);
    this.#page = page;
    this.#client = client;
    await Promise.race([this.#start(client), page.died]);
  }

  /** From here on no page dies, there is room on the device, and whoever was put out comes in again. */
  async calm(): Promise<void> {
    this.#isCalm = true;
    this.isFull = false;
    this.network.calm();
    for (let tries = 0; tries < SIGN_IN_TRIES; tries++) {
      if (this.client === null) await this.reload();
      const { client } = this;
      if (client === null) continue;
      if (now(client, "session").state === "unlocked") return;
      await Promise.race([client.actions.signIn({ kind: "passkey" }), this.died]);
      await pause(5);
    }
    this.#ledger.faults.push(`${this.name} does not get in any more`);
  }

  async end(): Promise<void> {
    const [client, page] = [this.#client, this.#page];
    this.#client = null;
    this.#page = null;
    page?.die();
    // What it holds is let go of; nothing that it does any more reaches the device.
    await client?.close();
    if (page === null) return;
    this.#points.push(page.points);
    this.#hasFallen ||= page.hasFallen;
  }

  #deathOf(nth: number, fate: Fate): PageDeath | null {
    if (this.#isCalm) return null;
    if (this.#death !== null) return this.#death.nth === nth ? this.#death : null;
    const mayDie = nth <= DEATHS_MAX && this.#isOn("page-death") && fate.chance(0.55);
    return mayDie ? { point: fate.between(1, POINTS_MAX), isDone: fate.of("last").chance(0.5) } : null;
  }

  /** Where nobody is kept in, they sign in, unless the weather keeps them from it. */
  async #start(client: Client): Promise<void> {
    try {
      await client.start();
      if (now(client, "session").state !== "unlocked") await client.actions.signIn({ kind: "passkey" });
    } catch (error) {
      if (!isQuota(error)) throw error;
    }
  }
}

/** What a device says whose person has no room left on it. */
export function isQuota(error: unknown): boolean {
  return error instanceof DOMException && error.name === "QuotaExceededError";
}
