/**
 * What keeps the schema open for the databases that it may grow into: Citus and CockroachDB, sharded by practice. Each rule names what breaks it in a migration or in a
 * statement; an empty list is good. Why each rule is: docs/decisions/0044.
 */
import { tidy } from "./read-sql.ts";

/** What a migration is to these rules. */
export type Migration = Readonly<{ number: number; statements: readonly string[] }>;
export type MigrationRule = (migrations: readonly Migration[]) => readonly Breach[];
export type StatementRule = (text: string, tenants: readonly string[]) => readonly string[];
/** Where, and what is wrong there. */
export type Breach = Readonly<{ where: string; what: string }>;

const POLICY = "practice_id = nullif(current_setting('app.practice_id', true), '')::uuid";

/** Words of what only one PostgreSQL has, or has otherwise than the others. */
const FOREIGN: readonly (readonly [string, RegExp])[] = [
  ["listen or notify", /\b(listen|notify|unlisten)\b|pg_notify/],
  ["an advisory lock", /pg_(try_)?advisory/],
  ["a deferrable constraint", /\bdeferr(able|ed)\b/],
  ["an exclusion constraint", /\bexclude (using|\()/],
  ["inheritance", /\binherits? ?\(|\binherit\b/],
  ["partitions", /\bpartition (by|of)\b/],
  ["a rule", /\bcreate (or replace )?rule\b/],
  ["a temporary table", /\b(temp|temporary) (table|view|sequence)\b/],
  ["an index that is not a b-tree", /\busing (gist|spgist|sp-gist|gin|brin|hash)\b/],
  ["a covering index", /\binclude ?\(/],
  ["a trigger", /\btrigger\b/],
  ["a function or procedure of ours", /\bcreate (or replace )?(function|procedure)\b|\bcall [a-z_]+ ?\(/],
  [
    "a sequence",
    /\b(small|big)?serial\d?\b|\bgenerated (always|by default) as identity\b|\bsequence\b|nextval ?\(/,
  ],
  ["an id made by the database", /\buuidv7 ?\(/],
];

/** Nothing that another engine does not have. */
export const staysCommon: StatementRule = (text) =>
  FOREIGN.flatMap(([what, pattern]) => (pattern.test(tidy(text)) ? [`uses ${what}`] : []));

const VOLATILE =
  /\b(random|now|clock_timestamp|statement_timestamp|timeofday|gen_random_uuid|uuid_generate_v\d) ?\(|\bcurrent_(timestamp|time|date)\b/;

/** What an update writes is decided before it is sent: each copy of a shard would decide for itself. */
export const updatesByValue: StatementRule = (text) => {
  const flat = tidy(text);
  return /^(update|with)\b/.test(flat) && /\bupdate [a-z_]+\b.* set /.test(flat) && VOLATILE.test(flat)
    ? ["updates by a volatile function"]
    : [];
};

/** One statement writes once. */
export const writesOnce: StatementRule = (text) => {
  const flat = tidy(text);
  // Holding rows (`for update`) and `on conflict do update` are no writes of their own.
  const writes = flat.match(/(?<!for |do |key )\b(insert into|update|delete from) /g) ?? [];
  return writes.length > 1 ? ["writes more than once"] : [];
};

/** Each tenant table that a statement names is bound to a practice, and at least one of them to a value that is sent along. */
export const namesPractice: StatementRule = (text, tenants) => {
  const flat = tidy(text);
  const named = [...flat.matchAll(/\b(?:from|join|update|into) (?:only )?([a-z_]+)\b/g)].filter((match) =>
    tenants.includes(match[1] ?? ""),
  );
  if (named.length === 0) return [];
  const bound = flat.match(/\bpractice_id = (\$\d+|[a-z_]+\.practice_id)/g) ?? [];
  const inserted = flat.match(/\binsert into [a-z_]+ \(practice_id\b/g) ?? [];
  const isSent =
    /\bpractice_id = \$\d+/.test(flat) || /\(practice_id\b[^)]*\) (values \(|select )\$\d+/.test(flat);
  if (!isSent) return ["names no practice"];
  return bound.length + inserted.length < named.length ? ["leaves a table without its practice"] : [];
};

interface Table {
  readonly name: string;
  readonly columns: readonly string[];
  readonly keys: readonly string[];
}

/** The tables as all migrations together leave them: columns and constraints as they were written. */
export function tablesOf(migrations: readonly Migration[]): readonly Table[] {
  const tables = new Map<string, { name: string; columns: string[]; keys: string[] }>();
  for (const text of migrations.flatMap(({ statements }) => statements).map(tidy)) {
    const made = /^create table (?:if not exists )?([a-z_]+) \((.*)\)$/.exec(text);
    const added = /^alter table ([a-z_]+) add (?:column (.*)|constraint [a-z_]+ (.*))$/.exec(text);
    const unique = /^create unique index [a-z_]+ on ([a-z_]+) (\(.*\))/.exec(text);
    const name = made?.[1] ?? added?.[1] ?? unique?.[1];
    if (name === undefined) continue;
    const table = tables.get(name) ?? { name, columns: [], keys: [] };
    tables.set(name, table);
    const parts =
      made === null ? [added?.[2] ?? added?.[3] ?? `unique ${unique?.[2] ?? ""}`] : partsOf(made[2] ?? "");
    for (const part of parts) {
      const isConstraint = /^(constraint [a-z_]+ )?(primary key|unique|foreign key|check)\b/.test(part);
      if (!isConstraint) table.columns.push(part);
      if (isConstraint || /\b(primary key|unique|references)\b/.test(part)) table.keys.push(part);
    }
  }
  return [...tables.values()];
}

/** What stands between commas that are in no brackets. */
function partsOf(text: string): readonly string[] {
  const parts: string[] = [];
  let [depth, from] = [0, 0];
  for (let index = 0; index < text.length; index += 1) {
    const letter = text[index];
    if (letter === "(") depth += 1;
    if (letter === ")") depth -= 1;
    if (letter === "," && depth === 0) {
      parts.push(text.slice(from, index).trim());
      from = index + 1;
    }
  }
  return [...parts, text.slice(from).trim()];
}

const isTenant = ({ columns, keys }: Table): boolean =>
  columns.some((column) => /^practice_id uuid (not null|primary key)/.test(column)) &&
  keys.some((key) => /\bprimary key\b/.test(key) && isByPractice(key));

/** The tables whose rows belong to a practice. */
export const tenantsOf = (migrations: readonly Migration[]): readonly string[] =>
  tablesOf(migrations)
    .filter(isTenant)
    .map(({ name }) => name);

/** Every table belongs to practices: whose they are is said in each row, and first in the key. */
export const belongsToPractices: MigrationRule = (migrations) =>
  tablesOf(migrations)
    .filter((table) => !isTenant(table))
    .map(({ name }) => ({ where: name, what: "does not belong to practices" }));

/** The practice stands first in every key of a tenant table, and in both halves of a reference. */
export const keysByPractice: MigrationRule = (migrations) =>
  tablesOf(migrations)
    .filter(isTenant)
    .flatMap(({ keys, name }) =>
      keys.filter((key) => !isByPractice(key)).map((key) => ({ where: name, what: `has the key ${key}` })),
    );

function isByPractice(key: string): boolean {
  if (/\bcheck\b/.test(key)) return true;
  // A table with one row for each practice.
  if (key === "practice_id uuid primary key") return true;
  const begins = [...key.matchAll(/\(([a-z_]+)/g)].map((match) => match[1]);
  return begins.length > 0 && begins.every((column) => column === "practice_id");
}

/** Row security is on, also for the owner, with the one plain policy and no other. */
export const securesRows: MigrationRule = (migrations) => {
  const statements = migrations.flatMap((migration) => migration.statements).map(tidy);
  const plain = `using (${POLICY}) with check (${POLICY})`;
  const missing = tenantsOf(migrations).flatMap((table) =>
    [
      `alter table ${table} enable row level security`,
      `alter table ${table} force row level security`,
      `create policy own_practice on ${table} ${plain}`,
    ]
      .filter((wanted) => !statements.includes(wanted))
      .map((wanted) => ({ where: table, what: `lacks: ${wanted}` })),
  );
  const others = statements.flatMap((text) => {
    const policy = /^create policy ([a-z_]+) on ([a-z_]+) (.*)$/.exec(text);
    return policy === null || policy[3] === plain
      ? []
      : [{ where: policy[2] ?? "", what: `has the policy ${policy[1] ?? ""}, which is not plain` }];
  });
  return [...missing, ...others];
};

/** What changes tables and what fills them are steps of their own. */
export const fillsApart: MigrationRule = (migrations) =>
  migrations.flatMap(({ number, statements }) => {
    const isFill = (text: string) => /^(insert|update|delete)\b/.test(tidy(text));
    const fills = statements.filter(isFill).length;
    return fills > 0 && fills < statements.length
      ? [{ where: `step ${String(number)}`, what: "changes tables and fills them" }]
      : [];
  });
