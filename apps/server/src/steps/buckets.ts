/** How often something may be done: so often at once, and so often a minute after that. */
export interface Rate {
  readonly burst: number;
  readonly perMinute: number;
}

interface Bucket {
  left: number;
  at: number;
}

const MINUTE_MS = 60_000;

/**
 * Token buckets by key, in memory. Nobody's key ever waits for longer than a minute: what is charged beyond that is forgotten. Beyond `keysMax` the keys that
 * were used longest ago are forgotten, which lets somebody in and keeps nobody out.
 */
export class Buckets {
  readonly #rate: Rate;
  readonly #now: () => number;
  readonly #keysMax: number;
  readonly #buckets = new Map<string, Bucket>();

  constructor(rate: Rate, now: () => number, keysMax: number) {
    this.#rate = rate;
    this.#now = now;
    this.#keysMax = keysMax;
  }

  /** Takes one; answers 0, or in how many milliseconds there is one again. */
  take(key: string): number {
    const waitMs = this.waitOf(key);
    if (waitMs === 0) this.charge(key, 1);
    return waitMs;
  }

  /** In how many milliseconds one could be taken; takes none. */
  waitOf(key: string): number {
    const left = this.#leftIn(this.#buckets.get(key));
    return left >= 1 ? 0 : Math.ceil(((1 - left) * MINUTE_MS) / this.#rate.perMinute);
  }

  /** Takes so many, whether they are there or not. */
  charge(key: string, count: number): void {
    this.#put(key, this.#leftIn(this.#buckets.get(key)) - count);
  }

  /** The key may be used as if it never had been. */
  fill(key: string): void {
    this.#buckets.delete(key);
  }

  /** Whether the key was used not long ago. */
  has(key: string): boolean {
    return this.#buckets.has(key);
  }

  #leftIn(bucket: Bucket | undefined): number {
    const { burst, perMinute } = this.#rate;
    if (bucket === undefined) return burst;
    // A clock that was set back gives nothing and takes nothing.
    const passed = Math.max(0, this.#now() - bucket.at);
    return Math.min(burst, bucket.left + (passed * perMinute) / MINUTE_MS);
  }

  #put(key: string, left: number): void {
    this.#buckets.delete(key);
    this.#buckets.set(key, { left: Math.max(left, 1 - this.#rate.perMinute), at: this.#now() });
    const [oldest] = this.#buckets.keys();
    if (this.#buckets.size > this.#keysMax && oldest !== undefined) this.#buckets.delete(oldest);
  }
}
