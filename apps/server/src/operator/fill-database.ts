import pg from "pg";
import { OperatorFault } from "../config/operator-fault.ts";
import { migrate } from "../store/migrate.ts";
import { COPY_FORMAT, type CopyHeading, type CopyRow, type CopyStart } from "./copy-database.ts";

const BATCH_ROWS_MAX = 200;
const BATCH_CHARACTERS_MAX = 8_000_000;

/**
 * Fills an empty database from the lines of a copy: brings the schema through exactly the steps that the copy had been through, then puts the rows
 * back, all in one transaction. Later steps are for the server that starts on it. Throws `backup-broken` for lines that are no whole copy, and
 * `NewerData` for steps that are unknown here.
 */
export async function fillDatabase(ownerUrl: string, lines: AsyncIterable<string>): Promise<void> {
  const reading = lines[Symbol.asyncIterator]();
  const start = readStart(await reading.next());
  await migrate(ownerUrl, start.steps);
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    await client.query("begin");
    await fill(client, reading);
    await client.query("commit");
  } finally {
    await client.end();
  }
}

async function fill(client: pg.Client, reading: AsyncIterator<string>): Promise<void> {
  let heading: CopyHeading | null = null;
  let batch: CopyRow[] = [];
  let [characters, count] = [0, 0];
  const flush = async () => {
    if (heading !== null && batch.length > 0) await insertRows(client, heading, batch);
    [batch, characters] = [[], 0];
  };
  for (;;) {
    const line = await reading.next();
    if (line.done === true) throw broken();
    const said: unknown = parseLine(line.value);
    if (Array.isArray(said)) {
      // Written by `copyDatabase` only: texts and nulls.
      batch.push(said as CopyRow);
      count += 1;
      characters += line.value.length;
      if (batch.length >= BATCH_ROWS_MAX || characters > BATCH_CHARACTERS_MAX) await flush();
      continue;
    }
    await flush();
    if (isHeading(said)) {
      heading = said;
      await client.query("select set_config('app.practice_id', $1, true)", [heading.practice ?? ""]);
    } else if (isEnd(said) && said.rows === count && (await reading.next()).done === true) return;
    else throw broken();
  }
}

async function insertRows(client: pg.Client, { columns, table }: CopyHeading, rows: readonly CopyRow[]) {
  const names = columns.map((column) => client.escapeIdentifier(column.name));
  const values = columns.map((column, index) =>
    column.type === "bytea" ? `decode(c${String(index)}, 'base64')` : `c${String(index)}::${column.type}`,
  );
  const arrays = columns.map((_, index) => `$${String(index + 1)}::text[]`);
  const places = columns.map((_, index) => `c${String(index)}`);
  await client.query(
    `insert into ${client.escapeIdentifier(table)} (${names.join(", ")})
     select ${values.join(", ")} from unnest(${arrays.join(", ")}) as copied (${places.join(", ")})`,
    columns.map((_, index) => rows.map((row) => row[index] ?? null)),
  );
}

function readStart(first: IteratorResult<string>): CopyStart {
  const said: unknown = first.done === true ? null : parseLine(first.value);
  const isOurs = typeof said === "object" && said !== null && "format" in said && said.format === COPY_FORMAT;
  if (!isOurs || !("steps" in said) || !Array.isArray(said.steps)) throw broken();
  return { format: COPY_FORMAT, steps: said.steps.map(Number) };
}

function parseLine(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch (error) {
    throw broken(error);
  }
}

const TYPE = /^[a-z][a-z0-9 ]*(\(\d+(,\d+)?\))?(\[\])?$/;

function isHeading(said: unknown): said is CopyHeading {
  return (
    typeof said === "object" &&
    said !== null &&
    "table" in said &&
    typeof said.table === "string" &&
    "columns" in said &&
    Array.isArray(said.columns) &&
    // Types stand in a statement as they are; nothing but a type may.
    said.columns.every(
      (column: { type?: unknown }) => typeof column.type === "string" && TYPE.test(column.type),
    )
  );
}

function isEnd(said: unknown): said is { readonly rows: number } {
  return typeof said === "object" && said !== null && "rows" in said && typeof said.rows === "number";
}

function broken(cause?: unknown): OperatorFault {
  return new OperatorFault(
    "backup-broken",
    "The copy of the database in this backup is not whole.",
    "Take another backup. This one was not changed, and nothing was put anywhere.",
    cause,
  );
}
