/** For so long after somebody showed a way in, they may change the ways in without showing one again. */
export const SHOWN_LASTS_MS = 5 * 60_000;

/**
 * Whether whoever is in has shown a way in just now: by coming in, or once more since. Only then may they change how this account is come into, or have
 * its reminders sent elsewhere: a hand that holds the open phone would otherwise make itself a key that stays. Known in memory only.
 */
export class ShownWay {
  readonly #now: () => number;
  #at: number | null = null;
  #timer: ReturnType<typeof setTimeout> | null = null;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** It was shown that it is they. */
  show(): void {
    this.close();
    this.#at = this.#now();
    this.#timer = setTimeout(() => this.close(), SHOWN_LASTS_MS);
  }

  /** Neither a clock that is set back nor a device that slept makes it last longer. */
  isFresh(): boolean {
    if (this.#at === null) return false;
    const since = this.#now() - this.#at;
    return since >= 0 && since < SHOWN_LASTS_MS;
  }

  /** From here on it has to be shown again. */
  close(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#at = null;
  }
}
