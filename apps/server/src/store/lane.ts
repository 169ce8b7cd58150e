import type pg from "pg";
import { beginText, named, StoreFault, type Statement } from "./statement.ts";

/** A connection that is out of the pool, and how many transactions are under way on it. */
interface Held {
  readonly client: Promise<pg.PoolClient>;
  /** False while it still waits for one itself. */
  isHad: boolean;
  users: number;
  isSound: boolean;
}

/**
 * Transactions of one practice that follow each other on one connection: one that is sent while another is under way is with the database already when its turn
 * comes, so that the database waits for no answer to be read here. The connection goes back to the pool when nothing is under way, and is shared only while nobody waits
 * for one.
 */
export class Lane {
  readonly #pool: pg.Pool;
  readonly #begin: string;
  readonly #practice: string;
  #held: Held | null = null;

  constructor(pool: pg.Pool, practice: string) {
    this.#pool = pool;
    this.#practice = practice;
    this.#begin = beginText(practice, "begin");
  }

  get practice(): string {
    return this.#practice;
  }

  /** Two statements as a transaction, in one round trip. Answers the rows of the first after the commit; throws with nothing written, or when the connection broke. */
  async writeTwo<First extends pg.QueryResultRow>(
    first: Statement,
    second: Statement,
  ): Promise<readonly First[]> {
    const held = this.#hold();
    try {
      const client = await held.client;
      // What does not wait for an answer goes out together. When a statement fails, the commit behind it undoes the transaction.
      const [, one, , end] = await Promise.all(
        inOneWrite(
          client,
          () =>
            [
              client.query(this.#begin),
              client.query<First>(named(first)),
              client.query(named(second)),
              client.query("commit"),
            ] as const,
        ),
      );
      if (end.command !== "COMMIT") throw new StoreFault("not-committed");
      return one.rows;
    } catch (error) {
      this.#spoil(held);
      throw error;
    } finally {
      await this.#leave(held);
    }
  }

  #hold(): Held {
    const mine = this.#held?.isHad === false ? 1 : 0;
    this.#held = this.#held === null || this.#pool.waitingCount > mine ? this.#take() : this.#held;
    this.#held.users += 1;
    return this.#held;
  }

  #take(): Held {
    const held: Held = { client: this.#pool.connect(), isHad: false, users: 0, isSound: true };
    const had = () => {
      held.isHad = true;
    };
    held.client.then(had, had);
    return held;
  }

  /** What failed may have left something behind: nothing new is begun there. What is under way already is its own transaction, and ends as it ends. */
  #spoil(held: Held): void {
    held.isSound = false;
    if (this.#held === held) this.#held = null;
  }

  async #leave(held: Held): Promise<void> {
    held.users -= 1;
    if (held.users > 0) return;
    if (this.#held === held) this.#held = null;
    // Nobody has a connection that was not to be had.
    await held.client.then(
      (client) => client.release(!held.isSound),
      () => undefined,
    );
  }
}

/**
 * What `ask` asks of a connection at once goes out in one write: a write costs this process more than what is in it, and the database is woken once
 * (decision 0056).
 */
function inOneWrite<Value>({ connection }: pg.PoolClient, ask: () => Value): Value {
  connection.stream.cork();
  try {
    return ask();
  } finally {
    connection.stream.uncork();
  }
}
