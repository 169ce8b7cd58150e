/** A database as somebody with power over it could change it, and what a check of it finds then. */
import { verifyPractice } from "@sotto/server/copy";
import { expect } from "vitest";
import pg from "pg";
import type { TestDatabase } from "./database.ts";

type Findings = Awaited<ReturnType<typeof verifyPractice>>["findings"];

/** What is found after these words to the database, which change rows of its one practice for nobody else. */
export async function findingsAfter(database: TestDatabase, sql: string): Promise<Findings> {
  const client = new pg.Client({ connectionString: database.adminUrl });
  await client.connect();
  try {
    const practice = String((await client.query("select practice_id from practice")).rows[0]?.practice_id);
    // Never committed: the database is whole again afterwards.
    await client.query("begin");
    expect((await client.query(sql)).rowCount).toBeGreaterThan(0);
    const { findings } = await verifyPractice({
      practice,
      read: async <Row extends pg.QueryResultRow>(text: string, values: readonly unknown[]) =>
        (await client.query<Row>(text, [...values])).rows,
    });
    return findings;
  } finally {
    await client.end();
  }
}
