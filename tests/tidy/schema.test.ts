/** The schema and the statements stay open for the databases that they may grow into (docs/decisions/0044). */
import { expect, test } from "vitest";
import { MIGRATIONS } from "@sotto/server/migrations";
import { isTestFile } from "./judge-import.ts";
import { listFiles, parseSource, readSource, readText } from "./read-sources.ts";
import { statementsIn, tidy } from "./read-sql.ts";
import {
  belongsToPractices,
  fillsApart,
  keysByPractice,
  namesPractice,
  securesRows,
  staysCommon,
  tenantsOf,
  updatesByValue,
  writesOnce,
  type Migration,
  type MigrationRule,
  type StatementRule,
} from "./schema-rules.ts";

interface Exception {
  readonly rule: string;
  readonly where: string;
  readonly what: string;
  readonly why: string;
}

// Our own file; the last test here checks its shape.
const exceptions = JSON.parse(readText("tests/tidy/schema-exceptions.json")) as readonly Exception[];
const asLine = ({ what, where }: { readonly where: string; readonly what: string }) => `${where}: ${what}`;

/** What breaks a rule and is no exception, and exceptions that are none any more. */
function beyond(rule: string, found: readonly string[]): readonly string[] {
  const borne = exceptions.filter((exception) => exception.rule === rule).map(asLine);
  return [
    ...found.filter((line) => !borne.includes(line)),
    ...borne.filter((line) => !found.includes(line)).map((line) => `mended: ${line}`),
  ];
}

const migrations: readonly Migration[] = MIGRATIONS;
const tenants = tenantsOf(migrations);
const statements = listFiles("apps/server/src")
  .filter((path) => path.endsWith(".ts") && !isTestFile(path) && !path.includes("/store/migrations/"))
  .flatMap((path) => statementsIn(readSource(path)));

test("the schema and the statements are looked at whole", () => {
  expect(tenants.length).toBeGreaterThanOrEqual(19);
  expect(statements.length).toBeGreaterThanOrEqual(120);
});

test.each<readonly [string, MigrationRule]>([
  ["belongs to practices", belongsToPractices],
  ["keys by practice", keysByPractice],
  ["secures rows", securesRows],
  ["fills apart", fillsApart],
])("the migrations hold to the rule '%s', but for its exceptions", (name, rule) => {
  expect(beyond(name, rule(migrations).map(asLine))).toEqual([]);
});

test.each<readonly [string, StatementRule]>([
  ["stays common", staysCommon],
  ["updates by value", updatesByValue],
])("the statements of migrations hold to the rule '%s', but for its exceptions", (name, rule) => {
  const found = migrations.flatMap(({ number, statements: steps }) =>
    steps.flatMap((text) =>
      rule(text, tenants).map((what) => asLine({ where: `step ${String(number)}`, what })),
    ),
  );
  expect(beyond(`migrations ${name}`, found)).toEqual([]);
});

test.each<readonly [string, StatementRule]>([
  ["stays common", staysCommon],
  ["updates by value", updatesByValue],
  ["writes once", writesOnce],
  ["names the practice", namesPractice],
])("the server's statements hold to the rule '%s', but for its exceptions", (name, rule) => {
  const found = statements.flatMap(({ file, text }) =>
    rule(text, tenants).map((what) => asLine({ where: file, what: `${what}: ${text.slice(0, 60)}` })),
  );
  expect(beyond(name, found)).toEqual([]);
});

const [POLICY_OFF, POLICY] = [
  "create policy own_practice on note using (practice_id = (select 1))",
  "practice_id = nullif(current_setting('app.practice_id', true), '')::uuid",
];
const good = [
  "create table note (practice_id uuid not null, note_id uuid not null, primary key (practice_id, note_id))",
  "alter table note enable row level security",
  "alter table note force row level security",
  `create policy own_practice on note using (${POLICY}) with check (${POLICY})`,
];
const changed = (from: string, to: string) => good.map((text) => text.replace(from, to));

test.each<readonly [string, MigrationRule, readonly string[]]>([
  ["a table of nobody", belongsToPractices, ["create table note (note_id uuid primary key)"]],
  [
    "a practice that may be missing",
    belongsToPractices,
    changed("practice_id uuid not null", "practice_id uuid"),
  ],
  [
    "a primary key of another order",
    belongsToPractices,
    changed("(practice_id, note_id)", "(note_id, practice_id)"),
  ],
  ["a key in a column", keysByPractice, changed("note_id uuid not null", "note_id uuid unique")],
  [
    "a reference without the practice",
    keysByPractice,
    [...good, "alter table note add column room uuid references room (room_id)"],
  ],
  [
    "a reference to another order",
    keysByPractice,
    [
      ...good,
      "alter table note add constraint a foreign key (practice_id, room_id) references room (room_id, practice_id)",
    ],
  ],
  ["a unique constraint", keysByPractice, [...good, "alter table note add constraint a unique (note_id)"]],
  ["a unique index", keysByPractice, [...good, "create unique index a on note (note_id)"]],
  ["no row security", securesRows, good.filter((text) => !text.includes("enable"))],
  ["an owner who sees all", securesRows, good.filter((text) => !text.includes("force"))],
  ["a policy with a subquery", securesRows, [...good, POLICY_OFF.replace("own_practice", "other")]],
  ["a table changed and filled", fillsApart, [...good, "update note set title = ''"]],
])("the rule refuses %s", (_name, rule, statementsOf) => {
  expect(rule([{ number: 1, statements: good }])).toEqual([]);
  expect(rule([{ number: 1, statements: statementsOf }])).toHaveLength(1);
});

const read = "select title from note where practice_id = $1";

test.each<readonly [StatementRule, string]>([
  [staysCommon, "listen hint"],
  [staysCommon, "select pg_notify('hint', $1)"],
  [staysCommon, "select pg_advisory_xact_lock(1)"],
  [staysCommon, "alter table note add constraint a unique (practice_id) deferrable"],
  [staysCommon, "create table a (span text, exclude using btree (span with =))"],
  [staysCommon, "create table a () inherits (note)"],
  [staysCommon, "create table a (b int) partition by hash (b)"],
  [staysCommon, "create rule a as on insert to note do nothing"],
  [staysCommon, "create temp table a (b int)"],
  [staysCommon, "create index a on note using gist (span)"],
  [staysCommon, "create index a on note (practice_id) include (title)"],
  [staysCommon, "create trigger a before insert on note execute function b()"],
  [staysCommon, "create function a() returns int language sql as 'select 1'"],
  [staysCommon, "create table a (b bigserial)"],
  [staysCommon, "create table a (b int generated always as identity)"],
  [staysCommon, "insert into note values ($1, uuidv7())"],
  [updatesByValue, "update note set at = now() where practice_id = $1"],
  [updatesByValue, "update note set id = gen_random_uuid() where practice_id = $1"],
  [
    writesOnce,
    "with a as (insert into note (practice_id) values ($1) returning title) update room set title = a.title from a where practice_id = $1",
  ],
  [namesPractice, "select title from note"],
  [namesPractice, "select title from note where note_id = $1"],
  [namesPractice, "delete from note where note_id = $1"],
  [namesPractice, "insert into note (note_id, practice_id) values ($1, $2)"],
  [
    namesPractice,
    "select title from note join room on room.room_id = note.room_id where note.practice_id = $1",
  ],
])("the rule %o refuses: %s", (rule, text) => {
  expect(rule(read, ["note", "room"])).toEqual([]);
  expect(rule(text, ["note", "room"])).toHaveLength(1);
});

test("SQL is found in quotes and in templates, and nothing else is", () => {
  const source = parseSource(
    "a.ts",
    'ask("select 1 from note"); ask(`update note\n set title = ${x}`); say(\'Select one of these\'); say("update");',
  );
  expect(statementsIn(source).map(({ text }) => text)).toEqual([
    "select 1 from note",
    "update note set title = $_",
    "select one of these",
  ]);
  expect(tidy(" A\n  b ")).toBe("a b");
});

test("every exception says why", () => {
  for (const exception of exceptions)
    expect(exception).toEqual({
      rule: expect.stringMatching(/./),
      where: expect.stringMatching(/./),
      what: expect.stringMatching(/./),
      why: expect.stringMatching(/.{20}/),
    });
});
