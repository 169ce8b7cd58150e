import { spawn, type ChildProcess } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { join } from "node:path";
import { freePort } from "@sotto/tests/free-port";
import { openTestFolder } from "@sotto/tests/test-folder";
import pg from "pg";

/** What Debian's packages `ejabberd` and `erlang-p1-pgsql` put there. */
const [CONTROL, SCHEMA, ERLANG] = ["/usr/sbin/ejabberdctl", "/usr/share/ejabberd/sql/pg.sql", "/usr/bin/erl"];
const DRIVER = "/usr/lib/erlang/lib";
const UP_WITHIN_MS = 60_000;

export interface Ejabberd {
  readonly port: number;
  /** How many rows its archive has. */
  readonly archived: () => Promise<number>;
  readonly close: () => Promise<void>;
}

export const isEjabberdInstalled = (): boolean => [CONTROL, SCHEMA, ERLANG].every((path) => existsSync(path));

/** ejabberd with its archive, in a database of its own on the PostgreSQL of this address, with so many people `u0`, `u1`, … */
export async function startEjabberd(
  adminUrl: string,
  people: { readonly count: number; readonly password: string },
): Promise<Ejabberd> {
  const folder = await openTestFolder();
  const [port, database] = [await freePort(), `ejabberd_${String(process.pid)}`];
  await makeDatabase(adminUrl, database, people);
  const config = join(folder.path, "ejabberd.yml");
  await mkdir(join(folder.path, "spool"));
  await writeFile(config, configOf(new URL(adminUrl), database, port), { mode: 0o600 });
  const libraries = /^ERL_LIBS='([^']+)'/m.exec(readFileSync(CONTROL, "utf8"))?.[1] ?? DRIVER;
  // Without a name it is no node of a cluster, and needs none of the daemons that go with one.
  const child = spawn(
    ERLANG,
    ["-noinput", "+K", "true", "-mnesia", "dir", `"${join(folder.path, "spool")}"`, "-s", "ejabberd"],
    {
      stdio: "ignore",
      env: {
        PATH: process.env["PATH"],
        HOME: folder.path,
        ERL_LIBS: libraries,
        EJABBERD_CONFIG_PATH: config,
        EJABBERD_LOG_PATH: join(folder.path, "ejabberd.log"),
      },
    },
  );
  const close = async () => {
    await end(child);
    await asSuperuser(adminUrl, null, [`drop database if exists ${database} with (force)`]);
    await folder.remove();
  };
  try {
    await untilUp(child, port);
  } catch (error) {
    await close();
    throw error;
  }
  const archived = () => countArchive(adminUrl, database);
  return { port, archived, close };
}

async function makeDatabase(
  adminUrl: string,
  database: string,
  people: { readonly count: number; readonly password: string },
): Promise<void> {
  await asSuperuser(adminUrl, null, [`create database ${database}`]);
  const users = `insert into users (username, password) select 'u' || n, '${people.password}' from generate_series(0, ${String(people.count - 1)}) n`;
  await asSuperuser(adminUrl, database, [readFileSync(SCHEMA, "utf8"), users]);
}

async function asSuperuser(
  adminUrl: string,
  database: string | null,
  statements: readonly string[],
): Promise<void> {
  const url = new URL(adminUrl);
  if (database !== null) url.pathname = `/${database}`;
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  for (const statement of statements) await client.query(statement);
  await client.end();
}

async function countArchive(adminUrl: string, database: string): Promise<number> {
  const url = new URL(adminUrl);
  url.pathname = `/${database}`;
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  const { rows } = await client.query<{ count: string }>("select count(*) as count from archive");
  await client.end();
  return Number(rows[0]?.count);
}

const configOf = (url: URL, database: string, port: number): string => `
hosts: ["localhost"]
loglevel: warning
listen:
  - { port: ${String(port)}, ip: "127.0.0.1", module: ejabberd_c2s, max_stanza_size: 262144, shaper: none, access: c2s, starttls_required: false }
sql_type: pgsql
sql_server: "${url.hostname}"
sql_port: ${url.port}
sql_database: "${database}"
sql_username: "${decodeURIComponent(url.username)}"
sql_password: "${decodeURIComponent(url.password)}"
sql_pool_size: 16
auth_method: [sql]
auth_password_format: plain
acl: { local: { user_regexp: "" } }
access_rules: { local: { allow: local }, c2s: { deny: blocked, allow: all } }
shaper: {}
modules:
  mod_mam: { db_type: sql, default: always, request_activates_archiving: false, compress_xml: false, cache_size: 1000 }
  mod_roster: {}
  mod_disco: {}
`;

async function untilUp(child: ChildProcess, port: number): Promise<void> {
  const from = performance.now();
  while (!(await accepts(port))) {
    if (child.exitCode !== null || performance.now() - from > UP_WITHIN_MS)
      throw new Error("ejabberd did not come up");
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
}

function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once("exit", () => resolve());
    child.kill("SIGKILL");
  });
}
