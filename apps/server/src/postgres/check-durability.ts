import type { ClientBase } from "pg";

/** Anything of `pg` that answers questions: a client, or a pool. */
export type Asks = Pick<ClientBase, "query">;

const durableSettings = ["fsync", "synchronous_commit", "full_page_writes"] as const;

/** A setting that would let a power cut take what was acknowledged, or break what was stored. */
export type DurabilityRefusal = Readonly<{
  kind: "not-durable";
  setting: (typeof durableSettings)[number];
  remedy: string;
}>;

/**
 * Why this database may not hold what families say; empty when it may. Ask with the role that requests run as: a setting can be changed for one
 * role or one database alone.
 */
export async function checkDurability(client: Asks): Promise<readonly DurabilityRefusal[]> {
  const { rows } = await client.query<{ name: string; setting: string }>(
    "select name, setting from pg_catalog.pg_settings where name = any($1)",
    [durableSettings],
  );
  return durableSettings
    .filter((setting) => rows.find((row) => row.name === setting)?.setting === "off")
    .map((setting) => ({
      kind: "not-durable",
      setting,
      remedy: `Turn ${setting} on for this database and its roles (postgresql.conf, or "alter system set ${setting} = on" and a reload).`,
    }));
}
