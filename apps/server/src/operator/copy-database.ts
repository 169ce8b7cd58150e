import pg from "pg";
import { readSchemaSteps } from "../store/migrate.ts";

/**
 * A copy of all our tables as text, one JSON line a row, all from one moment: one transaction that sees nothing of what is written meanwhile. It is
 * ours, because the client programs of a distribution refuse a newer server (docs/decisions/0019-two-kinds-of-backup.md).
 *
 * The lines: what the copy is; for each table, and within it for each practice, a heading and its rows; how many rows there were. A copy
 * without that last line is not whole. Bytes are base64, everything else is what PostgreSQL says as text.
 */
export const COPY_FORMAT = "sotto-copy/1";

export interface CopyStart {
  readonly format: typeof COPY_FORMAT;
  /** The steps that the schema had been through. */
  readonly steps: readonly number[];
}

export interface CopyHeading {
  readonly table: string;
  /** Null for a table that no practice owns. */
  readonly practice: string | null;
  readonly columns: readonly { readonly name: string; readonly type: string }[];
}

export type CopyRow = readonly (string | null)[];

const ROWS_AT_ONCE = 100;

/** Writes the copy, line by line, as the role that owns the tables; `write` is waited for. */
export async function copyDatabase(
  ownerUrl: string,
  write: (line: string) => Promise<void> | void,
): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    await client.query("begin isolation level repeatable read read only");
    const { applied } = await readSchemaSteps(client);
    await write(JSON.stringify({ format: COPY_FORMAT, steps: applied } satisfies CopyStart));
    const tables = await readTables(client);
    const practices = await readPractices(client, tables);
    let rows = 0;
    for (const table of tables) {
      const parts = table.isOfPractice ? practices : [null];
      for (const practice of parts) rows += await copyTable(client, table, practice, write);
    }
    await write(JSON.stringify({ rows }));
    await client.query("commit");
  } finally {
    await client.end();
  }
}

interface Table {
  readonly name: string;
  readonly isOfPractice: boolean;
  readonly columns: CopyHeading["columns"];
}

/** All tables but the record of the schema's steps, each after those that it refers to, so that filling in this order breaks no reference. */
async function readTables(client: pg.Client): Promise<readonly Table[]> {
  const { rows } = await client.query<{
    name: string;
    secured: boolean;
    refers: string[];
    columns: string[][];
  }>(`
    select c.relname as name, c.relrowsecurity as secured,
      array(select f.relname::text from pg_constraint k join pg_class f on f.oid = k.confrelid
        where k.conrelid = c.oid and k.contype = 'f' and f.oid <> c.oid) as refers,
      (select json_agg(json_build_array(a.attname, format_type(a.atttypid, a.atttypmod)) order by a.attnum)
        from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as columns
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = 'public' and c.relkind = 'r' and c.relname not in ('migration', 'migration_lock')
    order by c.relname`);
  const ordered: typeof rows = [];
  while (ordered.length < rows.length) {
    const ready = rows.filter(
      (row) =>
        !ordered.includes(row) && row.refers.every((name) => ordered.some((other) => other.name === name)),
    );
    if (ready.length === 0) throw new Error("tables that refer to each other in a circle");
    ordered.push(...ready);
  }
  return ordered.map(({ columns, name, secured }) => ({
    name,
    isOfPractice: secured,
    columns: columns.map(([column = "", type = ""]) => ({ name: column, type })),
  }));
}

/** Every practice, from the tables that are found before one is known: a set-up code that was spent, a door that leads there. */
async function readPractices(client: pg.Client, tables: readonly Table[]): Promise<readonly string[]> {
  const found = new Set<string>();
  for (const { columns, isOfPractice, name } of tables) {
    if (isOfPractice || !columns.some((column) => column.name === "practice_id")) continue;
    const { rows } = await client.query<{ id: string }>(
      `select distinct practice_id as id from ${client.escapeIdentifier(name)} where practice_id is not null`,
    );
    for (const row of rows) found.add(row.id);
  }
  return [...found].toSorted();
}

async function copyTable(
  client: pg.Client,
  { columns, name }: Table,
  practice: string | null,
  write: (line: string) => Promise<void> | void,
): Promise<number> {
  await client.query("select set_config('app.practice_id', $1, true)", [practice ?? ""]);
  await write(JSON.stringify({ table: name, practice, columns } satisfies CopyHeading));
  const list = columns.map((column) => {
    const place = client.escapeIdentifier(column.name);
    return column.type === "bytea" ? `encode(${place}, 'base64')` : `${place}::text`;
  });
  const only = practice === null ? "" : ` where practice_id = ${client.escapeLiteral(practice)}`;
  await client.query(
    `declare copying no scroll cursor for select ${list.join(", ")} from ${client.escapeIdentifier(name)}${only}`,
  );
  let count = 0;
  for (;;) {
    const { rows } = await client.query<(string | null)[]>({
      text: `fetch ${String(ROWS_AT_ONCE)} from copying`,
      rowMode: "array",
    });
    for (const row of rows)
      await write(
        JSON.stringify(
          row.map((value, index) =>
            // PostgreSQL breaks base64 into lines.
            columns[index]?.type === "bytea" ? (value?.replaceAll("\n", "") ?? null) : value,
          ),
        ),
      );
    count += rows.length;
    if (rows.length < ROWS_AT_ONCE) break;
  }
  await client.query("close copying");
  return count;
}
