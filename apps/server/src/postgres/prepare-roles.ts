import { Client } from "pg";
import { openDataFolder } from "./data-folder.ts";
import { makePassword, rememberOnce } from "./remember-once.ts";

const ownerRole = "sotto_owner";
const appRole = "sotto_app";

export type RoleOptions = Readonly<{
  /** A superuser's address, of the embedded server. */
  adminUrl: string;
  /** The data folder, where the passwords are kept, readable by Sotto's account alone. */
  directory: string;
  /** The database; made if missing. */
  database?: string;
}>;

export type RoleUrls = Readonly<{
  /** For migrations: owns the database and everything in it. */
  ownerUrl: string;
  /** For requests: reads and writes rows, owns nothing, and row security applies to it. */
  appUrl: string;
}>;

/**
 * Makes the database, its owner and the role that requests run as, or brings them up to date. What the owner creates later in the schema
 * `public` the app role may use: rows by select, insert, update and delete, and sequences; never truncate, references or triggers.
 */
export async function prepareRoles(options: RoleOptions): Promise<RoleUrls> {
  const database = options.database ?? "sotto";
  const places = await openDataFolder(options.directory);
  const ownerPassword = await rememberOnce(places.ownerPassword, makePassword);
  const appPassword = await rememberOnce(places.appPassword, makePassword);
  await withClient(options.adminUrl, async (client) => {
    // Two processes preparing at once would meet in the catalogue. This is our own server, not one behind a pooler: a session lock is fine.
    await client.query("select pg_advisory_lock(20262)");
    await makeRole(client, ownerRole, ownerPassword);
    await makeRole(client, appRole, appPassword);
    await makeDatabase(client, database);
  });
  await withClient(addressOf(options.adminUrl, { database }), grant);
  return {
    ownerUrl: addressOf(options.adminUrl, { database, user: ownerRole, password: ownerPassword }),
    appUrl: addressOf(options.adminUrl, { database, user: appRole, password: appPassword }),
  };
}

async function makeRole(client: Client, role: string, password: string): Promise<void> {
  const { rowCount } = await client.query("select 1 from pg_catalog.pg_roles where rolname = $1", [role]);
  const verb = rowCount === 0 ? "create" : "alter";
  const secret = client.escapeLiteral(password);
  await client.query(
    `${verb} role ${role} with login nosuperuser nocreatedb nocreaterole noreplication nobypassrls password ${secret}`,
  );
}

async function makeDatabase(client: Client, database: string): Promise<void> {
  const name = client.escapeIdentifier(database);
  const { rowCount } = await client.query("select 1 from pg_catalog.pg_database where datname = $1", [
    database,
  ]);
  if (rowCount === 0) await client.query(`create database ${name} owner ${ownerRole}`);
  await client.query(`revoke all on database ${name} from public`);
  await client.query(`grant connect on database ${name} to ${appRole}`);
}

async function grant(client: Client): Promise<void> {
  // The lock above is of another database; grants in this one take turns by their own.
  await client.query("select pg_advisory_lock(20262)");
  await client.query(`
    revoke all on schema public from public;
    grant usage on schema public to ${appRole};
    alter default privileges for role ${ownerRole} in schema public
      grant select, insert, update, delete on tables to ${appRole};
    alter default privileges for role ${ownerRole} in schema public
      grant usage, select on sequences to ${appRole};
  `);
}

async function withClient(url: string, use: (client: Client) => Promise<void>): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await use(client);
  } finally {
    await client.end();
  }
}

type AddressChange = Readonly<{ database: string; user?: string; password?: string }>;

function addressOf(url: string, change: AddressChange): string {
  const address = new URL(url);
  address.pathname = `/${encodeURIComponent(change.database)}`;
  if (change.user !== undefined) address.username = change.user;
  if (change.password !== undefined) address.password = change.password;
  return address.href;
}
