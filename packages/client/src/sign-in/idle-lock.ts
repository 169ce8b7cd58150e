interface Parts {
  readonly afterMs: number | null;
  readonly now: () => number;
  readonly lock: () => void;
}

/**
 * Locks after a time without a touch. Timers stand still while a device sleeps, the clock does not: a touch that comes too
 * late locks as well.
 */
export class IdleLock {
  readonly #parts: Parts;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #touchedAt = 0;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Somebody has just come in. */
  begin(): void {
    this.#touchedAt = this.#parts.now();
    this.#wait();
  }

  /** The person is there. False when it was too late, and the lock has fallen. */
  touch(): boolean {
    const { afterMs, lock, now } = this.#parts;
    const at = now();
    if (afterMs !== null && at - this.#touchedAt > afterMs) {
      this.stop();
      lock();
      return false;
    }
    this.#touchedAt = at;
    this.#wait();
    return true;
  }

  stop(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  #wait(): void {
    this.stop();
    const { afterMs, lock } = this.#parts;
    if (afterMs !== null) this.#timer = setTimeout(lock, afterMs);
  }
}
