interface Waiting<Ask, Answer> {
  readonly ask: Ask;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: unknown) => void;
}

/** The most runs that are under way at once: one that is being carried out, and one behind it. */
const RUNS_MAX = 2;

export interface GatheringLimits {
  /** The most asks that one run carries. */
  readonly asksMax: number;
  /** As many asks as this go on their way while a run is under way, so that whoever carries runs out has the next one at hand. */
  readonly aheadMin: number;
}

/**
 * Answers many asks by one run: what comes while a run is under way waits together for the next. A lone ask waits for nothing, and under load a run carries as many
 * as came meanwhile. Each run answers its asks in their order; when it throws, all of them do.
 */
export class Gathering<Ask, Answer> {
  readonly #run: (asks: readonly Ask[]) => Promise<readonly Answer[]>;
  readonly #limits: GatheringLimits;
  #waiting: Waiting<Ask, Answer>[] = [];
  #runs = 0;

  constructor(limits: GatheringLimits, run: (asks: readonly Ask[]) => Promise<readonly Answer[]>) {
    this.#run = run;
    this.#limits = limits;
  }

  /** How many asks wait for their run. */
  get length(): number {
    return this.#waiting.length;
  }

  ask(ask: Ask): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ ask, resolve, reject });
      this.#next();
    });
  }

  #next(): void {
    const { aheadMin, asksMax } = this.#limits;
    const isDue = this.#waiting.length >= (this.#runs === 0 ? 1 : aheadMin);
    if (!isDue || this.#runs >= RUNS_MAX) return;
    const group = this.#waiting.slice(0, asksMax);
    this.#waiting = this.#waiting.slice(asksMax);
    this.#runs += 1;
    void this.#answer(group).finally(() => {
      this.#runs -= 1;
      this.#next();
    });
  }

  async #answer(group: readonly Waiting<Ask, Answer>[]): Promise<void> {
    try {
      const answers = await this.#run(group.map(({ ask }) => ask));
      for (const [index, { resolve, reject }] of group.entries()) {
        const answer = answers[index];
        if (answer === undefined) reject(new Error("an ask without an answer"));
        else resolve(answer);
      }
    } catch (error) {
      for (const { reject } of group) reject(error);
    }
  }
}
