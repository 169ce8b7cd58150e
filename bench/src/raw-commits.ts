import pg from "pg";
import { until } from "./until.ts";

/** A row of its own and a commit. */
const INSERT = { name: "raw", text: "insert into raw_commit values ($1, $2)" } as const;

async function openPool(url: string, max: number): Promise<pg.Pool> {
  const pool = new pg.Pool({ connectionString: url, max });
  await pool.query("create table if not exists raw_commit (id uuid primary key, body bytea not null)");
  await Promise.all(Array.from({ length: max }, () => pool.query("select 1")));
  return pool;
}

/** How long one takes, in milliseconds. */
async function timeOne(pool: pg.Pool, body: Buffer): Promise<number> {
  const began = performance.now();
  await pool.query({ ...INSERT, values: [crypto.randomUUID(), body] });
  return performance.now() - began;
}

/** Single-row inserts through the same driver, each a commit of its own: the reference of everything that is stored durably. Answers how long each took, and all together. */
export async function rawCommits(
  url: string,
  wish: { readonly rows: number; readonly atOnce: number; readonly bodyBytes: number },
): Promise<{ readonly perSecond: number; readonly ms: readonly number[] }> {
  const { atOnce, bodyBytes, rows } = wish;
  const pool = await openPool(url, atOnce);
  const body = Buffer.alloc(bodyBytes);
  const ms: number[] = [];
  let left = rows;
  const from = performance.now();
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      while (left > 0) {
        left -= 1;
        ms.push(await timeOne(pool, body));
      }
    }),
  );
  const perSecond = (rows / (performance.now() - from)) * 1000;
  await pool.end();
  return { perSecond, ms };
}

/** The same at an even pace, as many a second as `perSecond`: between two of them the machine rests. Answers how long each took. */
export async function pacedCommits(
  url: string,
  wish: { readonly rows: number; readonly perSecond: number; readonly bodyBytes: number },
): Promise<readonly number[]> {
  const pool = await openPool(url, 1);
  const body = Buffer.alloc(wish.bodyBytes);
  const ms: Promise<number>[] = [];
  const from = performance.now();
  for (let row = 0; row < wish.rows; row += 1) {
    await until(from + (row * 1000) / wish.perSecond);
    ms.push(timeOne(pool, body));
  }
  const all = await Promise.all(ms);
  await pool.end();
  return all;
}
