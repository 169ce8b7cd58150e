const POLICY_TEST = "practice_id = nullif(current_setting('app.practice_id', true), '')::uuid";

/** Which builds of the page this practice's key log holds: each has a leaf there. */
export const builds = {
  number: 11,
  name: "builds",
  statements: [
    `create table build (practice_id uuid not null, manifest_hash bytea not null, builder bytea not null,
       build_number bigint not null, logged_at bigint not null, primary key (practice_id, manifest_hash, builder))`,
    "alter table build enable row level security",
    "alter table build force row level security",
    `create policy own_practice on build using (${POLICY_TEST}) with check (${POLICY_TEST})`,
  ],
} as const;
