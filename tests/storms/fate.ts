import { createHash } from "node:crypto";

/**
 * Decisions that follow from a seed. Each is SHA-256 of the seed, the name of who asks, and how often they have asked: so what is decided for somebody does
 * not depend on what was decided for others, nor on the order in which the machine got to them.
 */
export class Fate {
  readonly #name: string;
  #asked = 0;

  constructor(name: string) {
    this.#name = name;
  }

  /** A line of decisions of its own. */
  of(name: string): Fate {
    return new Fate(`${this.#name}/${name}`);
  }

  /** From 0 up to 1. */
  next(): number {
    const hash = createHash("sha256")
      .update(`${this.#name}#${String(this.#asked++)}`)
      .digest();
    return hash.readUIntBE(0, 6) / 2 ** 48;
  }

  /** True in so many of all cases, from 0 to 1. */
  chance(share: number): boolean {
    return this.next() < share;
  }

  /** From `least` to `most`, both included. */
  between(least: number, most: number): number {
    return least + Math.floor(this.next() * (most - least + 1));
  }

  pick<Item>(items: readonly Item[]): Item {
    const item = items[Math.floor(this.next() * items.length)];
    if (item === undefined) throw new Error("a choice among nothing");
    return item;
  }

  /** One of the names, each as often as its weight says. */
  weigh<Name extends string>(weights: Readonly<Record<Name, number>>): Name {
    // The keys of this very record.
    const names = Object.keys(weights) as Name[];
    let left = this.next() * names.reduce((sum, name) => sum + weights[name], 0);
    for (const name of names) {
      left -= weights[name];
      if (left < 0) return name;
    }
    return this.pick(names);
  }
}
