import { openCamps, type Camp } from "./camp.ts";

/** So many storms at once in a process: while one waits, for a timer or for PostgreSQL, the other goes on. */
export const TOGETHER = 3;

/** The same camp several times, each for one storm at a time. */
export class Camps {
  readonly #all: readonly Camp[];
  readonly #free: Camp[];
  readonly #waiting: ((camp: Camp) => void)[] = [];

  private constructor(all: readonly Camp[]) {
    this.#all = all;
    this.#free = [...all];
  }

  static async open(count: number): Promise<Camps> {
    return new Camps(await openCamps(count));
  }

  /** Lends the next camp that is free for as long as `use` takes. */
  async with<Value>(use: (camp: Camp) => Promise<Value>): Promise<Value> {
    const camp = this.#free.pop() ?? (await new Promise<Camp>((resolve) => this.#waiting.push(resolve)));
    try {
      return await use(camp);
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) this.#free.push(camp);
      else next(camp);
    }
  }

  async close(): Promise<void> {
    for (const camp of this.#all.toReversed()) await camp.close();
  }
}
