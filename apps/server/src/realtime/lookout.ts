import { readVaultMark } from "../usecases/read-vault-mark.ts";
import type { World } from "../steps/world.ts";
import type { Hub, Listener } from "./hub.ts";

const TICK_MS = 500;
/** Whoever is connected looks for themselves at least this often, whatever has been lost on the way. */
const LOOK_EVERY_MS = 5 * 60 * 1000;
/** When something was missed nobody waits longer than this, and not all come at once. */
const LOOK_WITHIN_MS = 3_000;
const LOOKS_AT_ONCE = 20;

/**
 * Sees to it that a hint that was lost is made good: tells whoever is connected to compare what they have with the store, at once when something was missed and now and
 * then in any case, and ends connections whose session has ended elsewhere.
 */
export class Lookout {
  readonly #world: World;
  readonly #hub: Hub;
  readonly #dueAt = new WeakMap<Listener, number>();
  readonly #timer: NodeJS.Timeout;
  readonly #waiting: Listener[] = [];
  #running = 0;

  constructor(world: World, hub: Hub) {
    this.#world = world;
    this.#hub = hub;
    this.#timer = setInterval(() => this.#tick(), TICK_MS);
    this.#timer.unref();
  }

  /** Hints were lost, for whomever they were. */
  missed(): void {
    const now = performance.now();
    for (const listener of this.#hub.all()) this.#hasten(listener, now);
  }

  /** The same, for those of one practice. */
  missedIn(practice: string): void {
    const now = performance.now();
    for (const listener of this.#hub.all())
      if (listener.session.practice === practice) this.#hasten(listener, now);
  }

  close(): void {
    clearInterval(this.#timer);
  }

  #hasten(listener: Listener, now: number): void {
    const soon = now + Math.random() * LOOK_WITHIN_MS;
    this.#dueAt.set(listener, Math.min(soon, this.#dueAt.get(listener) ?? soon));
  }

  #tick(): void {
    const now = performance.now();
    for (const listener of this.#hub.all()) {
      const due = this.#dueAt.get(listener);
      if (due === undefined || due <= now) this.#dueAt.set(listener, nextLook(now));
      if (due !== undefined && due <= now) this.#waiting.push(listener);
    }
    while (this.#running < LOOKS_AT_ONCE && this.#waiting.length > 0) void this.#run();
  }

  async #run(): Promise<void> {
    this.#running += 1;
    for (let listener = this.#waiting.pop(); listener !== undefined; listener = this.#waiting.pop()) {
      try {
        await this.#look(listener);
      } catch {
        // Whoever cannot be asked about now is asked about again soon.
        this.#hasten(listener, performance.now() + LOOK_WITHIN_MS);
      }
    }
    this.#running -= 1;
  }

  async #look(listener: Listener): Promise<void> {
    if (!(await listener.isStill())) return listener.end();
    const vault = await readVaultMark(this.#world, listener.session);
    if (vault !== null) listener.send({ kind: "vault-changed", ...vault });
    listener.send({ kind: "rooms-changed" });
    listener.send({ kind: "invitations-changed" });
    listener.send({ kind: "sessions-changed" });
  }
}

/** Uneven, so that those who came together do not stay together. */
const nextLook = (now: number): number => now + LOOK_EVERY_MS * (0.5 + Math.random() / 2);
