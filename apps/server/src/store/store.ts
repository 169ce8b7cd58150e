import pg from "pg";
import { Lane } from "./lane.ts";
import { beginText, named, StoreFault } from "./statement.ts";

/** Runs statements inside one transaction. `practice` is what every statement on a tenant table must name. */
export interface Reader {
  readonly practice: string;
  readonly read: <Row extends pg.QueryResultRow>(
    text: string,
    values: readonly unknown[],
  ) => Promise<readonly Row[]>;
}

/** Only a writing transaction hands this out. */
export interface Writer extends Reader {
  /** Answers how many rows were written. */
  readonly write: (text: string, values: readonly unknown[]) => Promise<number>;
}

/** The doors of the global tables: no practice is known yet. */
export const NO_PRACTICE = "";

/** Far more than anything takes that is asked here. */
const ANSWER_WITHIN_MS = 300_000;
/** Waiting for a connection that others use is in it. */
const CONNECT_WITHIN_MS = 60_000;
const KEEP_ALIVE_MS = 10_000;
const RETRIES = 5;
/** Serialization failure and deadlock: the transaction did nothing and may run again (data.md section 8). */
const RETRY_CODES = new Set(["40001", "40P01"]);

export class Store {
  readonly #pool: pg.Pool;

  /** A database that vanishes without a word, with its machine or the way there, is given up for lost after `answerWithinMs` at the latest. */
  constructor(databaseUrl: string, connectionsMax: number, { answerWithinMs = ANSWER_WITHIN_MS } = {}) {
    this.#pool = new pg.Pool({
      connectionString: databaseUrl,
      max: connectionsMax,
      pipeline: true,
      keepAlive: true,
      keepAliveInitialDelayMillis: KEEP_ALIVE_MS,
      connectionTimeoutMillis: Math.min(CONNECT_WITHIN_MS, answerWithinMs),
      query_timeout: answerWithinMs,
    });
    // A connection that breaks is replaced by the pool; without a listener it would end the process: one that is idle tells the pool, one that is in use
    // between two statements tells nobody but itself. Whoever asks it next hears of it.
    this.#pool.on("error", () => undefined);
    this.#pool.on("connect", (client) => client.on("error", () => undefined));
  }

  /** One transaction for one practice; reads only. */
  read<Value>(practice: string, run: (reader: Reader) => Promise<Value>): Promise<Value> {
    return this.#transaction(practice, "begin read only", run);
  }

  /** Reads in a picture that stands still while others write: for looking at everything together. */
  readStill<Value>(practice: string, run: (reader: Reader) => Promise<Value>): Promise<Value> {
    return this.#transaction(practice, "begin isolation level repeatable read read only", run);
  }

  /** Connections of the pool, and who waits for one. */
  counts(): { readonly open: number; readonly idle: number; readonly waiting: number } {
    const { totalCount, idleCount, waitingCount } = this.#pool;
    return { open: totalCount, idle: idleCount, waiting: waitingCount };
  }

  /** One transaction for one practice. Answers after the commit; throws with nothing written. The whole of `run` may run again. */
  write<Value>(practice: string, run: (writer: Writer) => Promise<Value>): Promise<Value> {
    return this.#transaction(practice, "begin", run);
  }

  /** A lane of its own for one practice. */
  lane(practice: string): Lane {
    return new Lane(this.#pool, practice);
  }

  /** A connection outside any practice, for checks at start. */
  async asks<Value>(run: (client: pg.PoolClient) => Promise<Value>): Promise<Value> {
    const client = await this.#pool.connect();
    try {
      return await run(client);
    } finally {
      client.release();
    }
  }

  async close(): Promise<void> {
    await this.#pool.end();
  }

  async #transaction<Value>(
    practice: string,
    begin: string,
    run: (writer: Writer) => Promise<Value>,
  ): Promise<Value> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.#once(practice, begin, run);
      } catch (error) {
        if (attempt >= RETRIES || !RETRY_CODES.has(codeOf(error))) throw error;
      }
    }
  }

  /** What does not wait for an answer is not waited for: `begin` goes out with the first statement, and the end of a look behind its answer. */
  async #once<Value>(
    practice: string,
    begin: string,
    run: (writer: Writer) => Promise<Value>,
  ): Promise<Value> {
    const opening = practice === NO_PRACTICE ? begin : beginText(practice, begin);
    const client = await this.#pool.connect();
    const begun = client.query(opening);
    // When it fails, what was sent behind it fails too, and says so.
    begun.catch(() => undefined);
    let value: Value;
    try {
      value = await run({
        practice,
        read: async (text, values) => (await client.query(named({ text, values }))).rows,
        write: async (text, values) => (await client.query(named({ text, values }))).rowCount ?? 0,
      });
      await begun;
    } catch (error) {
      await client.query("rollback").then(
        () => client.release(),
        () => client.release(true),
      );
      throw error;
    }
    const ended = client.query("commit").then(
      ({ command }) => {
        client.release();
        // What PostgreSQL answers when a statement failed and nobody said so.
        if (command !== "COMMIT") throw new StoreFault("not-committed");
      },
      (error: unknown) => {
        client.release(true);
        throw error;
      },
    );
    if (begin.endsWith("read only")) ended.catch(() => undefined);
    else await ended;
    return value;
  }
}

/** True when a unique key refused a row: somebody wrote it first. */
export function isTaken(error: unknown): boolean {
  return codeOf(error) === "23505";
}

/** True when what was to be made is there: the table, its type, or the row of either. */
export function isMade(error: unknown): boolean {
  return isTaken(error) || ["42P07", "42710"].includes(codeOf(error));
}

/** True when the role of this connection may not do what it was asked. */
export function isForbidden(error: unknown): boolean {
  return codeOf(error) === "42501";
}

/** The SQLSTATE of a database error; empty for anything else. */
export function codeOf(error: unknown): string {
  return typeof error === "object" && error !== null && "code" in error && typeof error.code === "string"
    ? error.code
    : "";
}

/** The one row that must be there. */
export function only<Row>(rows: readonly Row[], code: string): Row {
  const [row] = rows;
  if (row === undefined) throw new StoreFault(code);
  return row;
}
