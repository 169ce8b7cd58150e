import pg from "pg";

/**
 * Every form in which a text or a secret could lie in a dump: a text as it is, both in hexadecimal (how bytea prints), and in
 * base64 at each of three offsets.
 */
export function formsOf(canary: string | Buffer): readonly string[] {
  const bytes = typeof canary === "string" ? Buffer.from(canary, "utf8") : canary;
  const inner = [0, 1, 2].flatMap((offset) => {
    const shifted = Buffer.concat([Buffer.alloc(offset), bytes])
      .toString("base64")
      .replaceAll("=", "");
    // The first and last characters mix with their neighbours; what lies between does not.
    const middle = shifted.slice(offset === 0 ? 0 : 4, -2);
    return [middle, middle.replaceAll("+", "-").replaceAll("/", "_")];
  });
  return [
    ...new Set([
      ...(typeof canary === "string" ? [canary] : []),
      bytes.toString("hex"),
      ...inner,
      ...inner.map((form) => Buffer.from(form).toString("hex")),
    ]),
  ];
}

/** The tables of a whole database in which any of the texts stands, in any form: what a thief of a dump could read. */
export async function findInDatabase(
  adminUrl: string,
  canaries: readonly (string | Buffer)[],
): Promise<readonly string[]> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    const tables = await client.query<{ name: string }>(
      `select quote_ident(schemaname) || '.' || quote_ident(tablename) as name from pg_tables
       where schemaname not in ('pg_catalog', 'information_schema') order by 1`,
    );
    const found: string[] = [];
    for (const { name } of tables.rows) {
      const rows = await client.query<{ row: string }>(`select t::text as row from ${name} t`);
      const text = rows.rows.map(({ row }) => row).join("\n");
      for (const canary of canaries) if (isIn(text, canary)) found.push(`${name}: ${String(canary)}`);
    }
    return found;
  } finally {
    await client.end();
  }
}

/** Whether the text holds the canary in any form. */
export function isIn(text: string, canary: string | Buffer): boolean {
  return formsOf(canary).some((form) => text.includes(form));
}
