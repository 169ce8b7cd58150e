import pg from "pg";
import type { Config } from "../config/read-config.ts";
import { checkDurability } from "../postgres/check-durability.ts";
import { checkRuntimeRole } from "../postgres/check-runtime-role.ts";
import { readSchemaSteps } from "../store/migrate.ts";
import { openDatabaseToAsk } from "./open-database.ts";
import { broken, look, ok, type Symptom } from "./symptom.ts";

const CLOCK_APART_MAX_MS = 60_000;

/** Looks at the database: whether it answers, how it is set, who asks, how far its schema is, what time it has. */
export async function examineDatabase(config: Config, now: () => number): Promise<readonly Symptom[]> {
  const database = await openDatabaseToAsk(config);
  const client = new pg.Client({ connectionString: database.appUrl });
  try {
    await client.connect();
    return [
      await examineVersion(client, config),
      await examineSettings(client),
      await examineRole(client),
      await examineSteps(client),
      await examineClock(client, now),
    ];
  } finally {
    await client.end().catch(() => undefined);
    await database.stop();
  }
}

async function examineVersion(client: pg.Client, { database }: Config): Promise<Symptom> {
  const { rows } = await client.query<{ version: string }>(
    "select current_setting('server_version') as version",
  );
  const kind = database === null ? "the embedded PostgreSQL" : "a PostgreSQL of your own,";
  return ok("database", `${kind} ${rows[0]?.version ?? ""} answers`);
}

async function examineSettings(client: pg.Client): Promise<Symptom> {
  const refusals = await checkDurability(client);
  return refusals.length === 0
    ? ok("durability", "what is acknowledged survives a power cut")
    : broken(
        "durability",
        `off: ${refusals.map((refusal) => refusal.setting).join(", ")}`,
        refusals.map((refusal) => refusal.remedy).join(" "),
      );
}

async function examineRole(client: pg.Client): Promise<Symptom> {
  const refusals = await checkRuntimeRole(client);
  return refusals.length === 0
    ? ok("role", "requests run as a role that row security holds")
    : broken(
        "role",
        `the role of requests is too strong: ${refusals.map((refusal) => refusal.power).join(", ")}`,
        refusals.map((refusal) => refusal.remedy).join(" "),
      );
}

async function examineSteps(client: pg.Client): Promise<Symptom> {
  const { applied, pending, unknown } = await readSchemaSteps(client);
  if (unknown.length > 0)
    return broken(
      "schema",
      `steps of a newer Sotto: ${unknown.join(", ")}`,
      "Start the newer version again, or restore the backup that was made before the upgrade.",
    );
  if (applied.length === 0)
    return look("schema", "the database is empty", "Start Sotto once; it makes its tables.");
  return pending.length === 0
    ? ok("schema", `all steps done, the last is ${String(applied.at(-1))}`)
    : look(
        "schema",
        `steps to come: ${pending.join(", ")}`,
        "Make a backup, then start this version of Sotto; it brings the data up to date.",
      );
}

async function examineClock(client: pg.Client, now: () => number): Promise<Symptom> {
  const { rows } = await client.query<{ at: string }>(
    "select (extract(epoch from clock_timestamp()) * 1000)::bigint as at",
  );
  const apart = Math.abs(Number(rows[0]?.at) - now());
  return apart > CLOCK_APART_MAX_MS
    ? broken(
        "clock",
        `the database's clock is ${String(Math.round(apart / 1000))} seconds away from this one`,
        "Set both by the network (on Debian: timedatectl set-ntp true).",
      )
    : ok("clock", "agrees with the database's");
}
