import pg from "pg";
import type { TestDatabase } from "@sotto/server/unsafe-test-database";

/** A fresh database for a test file; see there for what it promises and how to run on Debian's PostgreSQL. */
export { openTestDatabase, type TestDatabase } from "@sotto/server/unsafe-test-database";

/** A connection that stands, to look through. */
type Look = (text: string, values: readonly unknown[]) => Promise<readonly pg.QueryResultRow[]>;

/** What can be looked into: a database, each time by a connection of its own, or through one that stands. */
export type Looked = TestDatabase | Look;

/** What somebody with the database sees: the rows that a statement finds in it. */
export async function lookInto<Row extends pg.QueryResultRow>(
  database: Looked,
  text: string,
  values: readonly unknown[],
): Promise<readonly Row[]> {
  // The statement names the row's columns.
  if (typeof database === "function") return (await database(text, values)) as readonly Row[];
  const client = new pg.Client({ connectionString: database.adminUrl });
  await client.connect();
  try {
    return (await client.query<Row>(text, [...values])).rows;
  } finally {
    await client.end();
  }
}
