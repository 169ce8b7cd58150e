/** Requests that meet at one account, in an order that a test decides. */
import pg from "pg";
import type { TestDatabase } from "./database.ts";

/**
 * Sends requests that all wait for an account, the next when the one before waits, and lets them go on: PostgreSQL serves who waits for a row in the
 * order in which they came. Answers how each ended.
 */
export async function inTurn(
  database: TestDatabase,
  account: string,
  requests: readonly (() => Promise<unknown>)[],
): Promise<readonly PromiseSettledResult<unknown>[]> {
  const client = new pg.Client({ connectionString: database.adminUrl });
  await client.connect();
  try {
    await client.query("begin");
    await client.query("select 1 from account where account_id = $1 for update", [account]);
    const sent: Promise<unknown>[] = [];
    const settled = { count: 0 };
    for (const request of requests) {
      const going = request().finally(() => (settled.count += 1));
      going.catch(() => undefined);
      sent.push(going);
      while ((await countWaiting(client)) + settled.count < sent.length)
        await new Promise((resolve) => setTimeout(resolve, 10));
    }
    await client.query("commit");
    return await Promise.allSettled(sent);
  } finally {
    await client.end();
  }
}

async function countWaiting(client: pg.Client): Promise<number> {
  // Within a transaction PostgreSQL looks once which connections there are: one that the server opens later would never be seen.
  await client.query("select pg_stat_clear_snapshot()");
  const { rows } = await client.query<{ count: string }>(
    "select count(*) as count from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
  );
  return Number(rows[0]?.count ?? 0);
}
