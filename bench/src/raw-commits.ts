import pg from "pg";

/** Single-row inserts through the same driver, each a commit of its own: the reference of everything that is stored durably. Answers how long each took, and all together. */
export async function rawCommits(
  url: string,
  wish: { readonly rows: number; readonly atOnce: number; readonly bodyBytes: number },
): Promise<{ readonly perSecond: number; readonly ms: readonly number[] }> {
  const { atOnce, bodyBytes, rows } = wish;
  const pool = new pg.Pool({ connectionString: url, max: atOnce });
  await pool.query("create table if not exists raw_commit (id uuid primary key, body bytea not null)");
  const body = Buffer.alloc(bodyBytes);
  await Promise.all(Array.from({ length: atOnce }, () => pool.query("select 1")));
  const ms: number[] = [];
  let left = rows;
  const from = performance.now();
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      while (left > 0) {
        left -= 1;
        const began = performance.now();
        await pool.query({
          name: "raw",
          text: "insert into raw_commit values ($1, $2)",
          values: [crypto.randomUUID(), body],
        });
        ms.push(performance.now() - began);
      }
    }),
  );
  const perSecond = (rows / (performance.now() - from)) * 1000;
  await pool.end();
  return { perSecond, ms };
}
