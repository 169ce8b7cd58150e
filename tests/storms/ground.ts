import pg from "pg";
import type { TestDatabase } from "../support/database.ts";
import { openDatabaseDoor } from "./database-door.ts";
import { KeptConnections } from "./kept-connections.ts";

/** A database that storms pass over one after the other. */
export interface Ground {
  /** Its owner, and who looks at it, come by a door that stays open and kills nobody. */
  readonly database: Pick<TestDatabase, "appUrl" | "ownerUrl"> & { readonly lookUrl: string };
  readonly kept: KeptConnections;
  /** Puts the database back to how it was left. Nobody may be using it. */
  readonly putBack: () => Promise<void>;
  /** One statement as whoever runs the database. */
  readonly ask: (text: string, values?: readonly unknown[]) => Promise<readonly Record<string, unknown>[]>;
  readonly close: () => Promise<void>;
}

/** Makes a ground of a database as it is now; closing closes that too. */
export async function openGround(database: TestDatabase): Promise<Ground> {
  const admin = new pg.Client({ connectionString: database.adminUrl });
  await admin.connect();
  await makeDiskFillable(admin);
  const putBack = await keepAsIs(admin);
  const kept = new KeptConnections(database.appUrl);
  const { appUrl, ownerUrl } = database;
  const open = await openDatabaseDoor(kept, null, () => undefined);
  return {
    database: { appUrl, ownerUrl: open.through(ownerUrl), lookUrl: open.through(appUrl) },
    kept,
    putBack,
    ask: async (text, values = []) => (await admin.query<Record<string, unknown>>(text, [...values])).rows,
    close: async () => {
      await admin.end();
      await open.close();
      kept.close();
      await database.close();
    },
  };
}

/** What the server writes to most, and is refused where the disk is full. */
const GROWING = ["room", "room_item", "vault_blob", "log_leaf", "file"];

/** PostgreSQL says by itself that a disk is full, in the words and with the code of the real one, while `weather.disk` says so. */
async function makeDiskFillable(admin: pg.Client): Promise<void> {
  await admin.query(`
    create schema weather; create table weather.disk (is_full boolean not null); insert into weather.disk values (false);
    create function weather.refuse() returns trigger language plpgsql security definer as $$ begin
      if (select is_full from weather.disk) then
        raise exception 'could not extend file: No space left on device' using errcode = 'disk_full';
      end if;
      return new; end $$;
    grant usage on schema weather to public; grant execute on function weather.refuse() to public`);
  for (const table of GROWING) {
    await admin.query(
      `create trigger full_disk before insert or update on public.${table} for each row execute function weather.refuse()`,
    );
  }
}

/** Copies all rows aside. Answers what puts them back, in one transaction. */
async function keepAsIs(admin: pg.Client): Promise<() => Promise<void>> {
  const { rows } = await admin.query<{ name: string }>(
    "select tablename as name from pg_tables where schemaname = 'public' order by tablename",
  );
  const names = rows.map(({ name }) => admin.escapeIdentifier(name));
  await admin.query("create schema camp");
  for (const name of names) await admin.query(`create table camp.${name} as table public.${name}`);
  const back = names.map(
    (name) => `delete from public.${name}; insert into public.${name} table camp.${name};`,
  );
  // Rows come in the order of their tables' names, not of what refers to what.
  const text = `begin; set local session_replication_role = replica; ${back.join(" ")} commit`;
  return async () => {
    await admin.query(text);
  };
}
