const TABLES = ["reminder", "reminder_channel", "reminder_seen", "reminder_proof", "reminder_ask"] as const;

const POLICY_TEST = "practice_id = nullif(current_setting('app.practice_id', true), '')::uuid";

/**
 * What reminders need, and only for accounts that asked for them. Of somebody's presence no time is kept: `reminder_seen` says up to which item of
 * each room they have been there, `visit` is a random name for the time since then.
 */
export const reminders = {
  number: 8,
  name: "reminders",
  statements: [
    `create table reminder (practice_id uuid not null, account_id uuid not null, visit uuid not null, look_at bigint not null,
       primary key (practice_id, account_id), foreign key (practice_id, account_id) references account (practice_id, account_id))`,
    `create index reminder_by_look on reminder (practice_id, look_at)`,
    `create table reminder_channel (practice_id uuid not null, account_id uuid not null, channel_id uuid not null, kind text not null,
       address text not null, address_key bytea not null, state text not null, with_link boolean not null,
       quiet_from int not null, quiet_until int not null, zone text not null, session_hash bytea, reminded_visit uuid, created_at bigint not null,
       primary key (practice_id, account_id, channel_id), unique (practice_id, address_key),
       foreign key (practice_id, account_id) references reminder (practice_id, account_id))`,
    `create table reminder_seen (practice_id uuid not null, account_id uuid not null, room_id uuid not null, seq bigint not null,
       primary key (practice_id, account_id, room_id), foreign key (practice_id, account_id) references reminder (practice_id, account_id))`,
    `create table reminder_proof (practice_id uuid not null, account_id uuid not null, proof_id uuid not null, address text not null,
       code_hash bytea not null, tries int not null, expires_at bigint not null,
       primary key (practice_id, account_id), foreign key (practice_id, account_id) references account (practice_id, account_id))`,
    `create table reminder_ask (practice_id uuid not null, account_id uuid not null, ask_id uuid not null, at bigint not null,
       primary key (practice_id, account_id, ask_id), foreign key (practice_id, account_id) references account (practice_id, account_id))`,
    ...TABLES.flatMap((table) => [
      `alter table ${table} enable row level security`,
      `alter table ${table} force row level security`,
      `create policy own_practice on ${table} using (${POLICY_TEST}) with check (${POLICY_TEST})`,
    ]),
  ],
} as const;
