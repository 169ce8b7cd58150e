import type { Asks } from "./check-durability.ts";

/** A power that would let the role of requests step around row security. */
export type RolePower = "superuser" | "bypasses-row-security" | "makes-roles" | "owns-tables";

export type RoleRefusal = Readonly<{ kind: "role-too-strong"; power: RolePower; remedy: string }>;

const remedies: Readonly<Record<RolePower, string>> = {
  superuser: "Name an ordinary role in DATABASE_URL; a superuser is never held back by row security.",
  "bypasses-row-security": 'Take the attribute away: "alter role … nobypassrls".',
  "makes-roles":
    'Take the attribute away: "alter role … nocreaterole"; a role that makes roles can join any of them.',
  "owns-tables":
    "Let another role own the tables, name it in DATABASE_OWNER_URL, and grant this one select, insert, update and delete.",
};

/**
 * Why requests may not run as the role of this connection; empty when they may. A power counts when the role has it itself or can take it with
 * `set role`.
 */
export async function checkRuntimeRole(client: Asks): Promise<readonly RoleRefusal[]> {
  const { rows } = await client.query<{ power: RolePower; held: boolean | null }>(`
    with mine as (
      select oid, rolsuper, rolbypassrls, rolcreaterole from pg_catalog.pg_roles
      where oid = (select oid from pg_catalog.pg_roles where rolname = session_user)
        or pg_has_role(session_user, oid, 'member')
    )
    select 'superuser' as power, bool_or(rolsuper) as held from mine
    union all select 'bypasses-row-security', bool_or(rolbypassrls) from mine
    union all select 'makes-roles', bool_or(rolcreaterole) from mine
    union all select 'owns-tables', exists (
      select from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
      where c.relowner in (select oid from mine) and c.relkind in ('r', 'p', 'v', 'm', 'f')
        and n.nspname not in ('pg_catalog', 'information_schema') and n.nspname not like 'pg\\_%'
    )
  `);
  const held = rows.filter((row) => row.held === true).map((row) => row.power);
  // A superuser is a member of every role: naming the other powers would only hide the one that matters.
  const named = held.includes("superuser") ? held.filter((power) => power === "superuser") : held;
  return named.map((power) => ({ kind: "role-too-strong", power, remedy: remedies[power] }));
}
