const SAY_EVERY_MS = 20_000;

/**
 * Tells the server now and then that the person themselves is there, so that nobody is reminded of what they see. By their touches and not by the
 * connection: a page that was left open, or a phone in a pocket, is connected too. The server notes it only for those who want reminders.
 */
export class Presence {
  readonly #now: () => number;
  readonly #say: () => void;
  #touchedAt: number;
  #saidAt = -Infinity;
  #isConnected = false;

  /** Whoever has just come in is there. */
  constructor(now: () => number, say: () => void) {
    this.#now = now;
    this.#say = say;
    this.#touchedAt = now();
  }

  touch(): void {
    this.#touchedAt = this.#now();
    if (this.#touchedAt - this.#saidAt >= SAY_EVERY_MS) this.#sayNow();
  }

  /** In step with the server: what was written until now is on this device. */
  connected(): void {
    this.#isConnected = true;
    if (this.#now() - this.#touchedAt < SAY_EVERY_MS) this.#sayNow();
  }

  disconnected(): void {
    this.#isConnected = false;
  }

  /** They go, by their own hand. */
  leave(): void {
    this.#sayNow();
  }

  #sayNow(): void {
    if (!this.#isConnected) return;
    this.#saidAt = this.#now();
    this.#say();
  }
}
