/**
 * Sessions get a public id, times and a sealed note, and stay for a while when they are over. Those that are open keep working: an owner
 * who is held by row security would see none of them, so it steps aside for as long as the table is changed.
 */
export const devices = {
  number: 3,
  name: "devices",
  statements: [
    `alter table session add column session_id uuid`,
    `alter table session add column created_at bigint`,
    `alter table session add column seen_at bigint`,
    `alter table session add column ended_at bigint`,
    `alter table session add column note bytea`,
    `alter table session no force row level security`,
    `update session set session_id = gen_random_uuid(), created_at = expires_at - 43200000, seen_at = expires_at - 43200000`,
    `alter table session force row level security`,
    `alter table session alter column session_id set not null`,
    `alter table session alter column created_at set not null`,
    `alter table session alter column seen_at set not null`,
    `alter table session add constraint session_by_id unique (practice_id, account_id, session_id)`,
    `create index session_by_account on session (practice_id, account_id, created_at)`,
  ],
} as const;
