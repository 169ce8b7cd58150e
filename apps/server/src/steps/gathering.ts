interface Waiting<Ask, Answer> {
  readonly ask: Ask;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Answers many asks by one run: what comes while a run is under way waits together for the next. A lone ask waits for nothing, and under load a run carries as many
 * as came meanwhile. Each run answers its asks in their order; when it throws, all of them do.
 */
export class Gathering<Ask, Answer> {
  readonly #run: (asks: readonly Ask[]) => Promise<readonly Answer[]>;
  readonly #asksMax: number;
  #waiting: Waiting<Ask, Answer>[] = [];
  #isRunning = false;

  constructor(asksMax: number, run: (asks: readonly Ask[]) => Promise<readonly Answer[]>) {
    this.#run = run;
    this.#asksMax = asksMax;
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
    if (this.#isRunning || this.#waiting.length === 0) return;
    const group = this.#waiting.slice(0, this.#asksMax);
    this.#waiting = this.#waiting.slice(this.#asksMax);
    this.#isRunning = true;
    void this.#answer(group).finally(() => {
      this.#isRunning = false;
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
