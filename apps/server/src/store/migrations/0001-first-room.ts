const TENANT_TABLES = [
  "practice",
  "account",
  "identity",
  "factor",
  "session",
  "vault_blob",
  "log_leaf",
  "log_node",
  "room",
  "room_member",
  "room_item",
  "invitation",
] as const;

const POLICY_TEST = "practice_id = nullif(current_setting('app.practice_id', true), '')::uuid";

/** What is written once and never changed or removed by a request. */
const INSERT_ONLY = ["identity", "log_leaf", "log_node", "room_item"] as const;

/** The first schema. Rules: data.md section 8: practice_id first in every key, ids made by the application, no sequences, triggers or partitions. */
export const firstRoom = {
  number: 1,
  name: "first-room",
  statements: [
    `create table door (lookup bytea primary key, kind text not null, practice_id uuid not null, account_id uuid, ref uuid, expires_at bigint)`,
    `create table setup_code (hash bytea primary key, expires_at bigint not null, practice_id uuid)`,
    `create table server_secret (name text primary key, value text not null)`,
    `create table attempt (id uuid primary key, kind text not null, state text not null, expires_at bigint not null)`,
    `create table practice (practice_id uuid primary key, log_seed bytea not null, log_public bytea not null, log_size bigint not null)`,
    `create table account (practice_id uuid not null, account_id uuid not null, standing text not null, created_at bigint not null,
       primary key (practice_id, account_id))`,
    `create table identity (practice_id uuid not null, hash bytea not null, account_id uuid not null, record bytea not null,
       primary key (practice_id, hash), foreign key (practice_id, account_id) references account (practice_id, account_id))`,
    `create table factor (practice_id uuid not null, account_id uuid not null, factor_id uuid not null, kind text not null, name text,
       credential_id text, secret text not null, counter bigint not null, stretching text, wrap bytea not null, lookup bytea not null,
       created_at bigint not null, last_used_at bigint,
       primary key (practice_id, account_id, factor_id), foreign key (practice_id, account_id) references account (practice_id, account_id))`,
    `create table session (practice_id uuid not null, token_hash bytea not null, account_id uuid not null, factor_id uuid not null, expires_at bigint not null,
       primary key (practice_id, token_hash), foreign key (practice_id, account_id) references account (practice_id, account_id))`,
    `create table vault_blob (practice_id uuid not null, account_id uuid not null, name text not null, version bigint not null, bytes bytea not null,
       primary key (practice_id, account_id, name), foreign key (practice_id, account_id) references account (practice_id, account_id))`,
    `create table log_leaf (practice_id uuid not null, hash bytea not null, leaf_index bigint not null, primary key (practice_id, hash, leaf_index))`,
    `create table log_node (practice_id uuid not null, level int not null, node_index bigint not null, hash bytea not null,
       primary key (practice_id, level, node_index))`,
    `create table room (practice_id uuid not null, room_id uuid not null, epoch int not null, head bytea not null, next_seq bigint not null,
       primary key (practice_id, room_id))`,
    `create table room_member (practice_id uuid not null, room_id uuid not null, account_id uuid not null, role text not null, identity bytea not null,
       from_seq bigint not null, primary key (practice_id, room_id, account_id),
       foreign key (practice_id, room_id) references room (practice_id, room_id), foreign key (practice_id, account_id) references account (practice_id, account_id))`,
    `create index room_member_by_account on room_member (practice_id, account_id)`,
    `create table room_item (practice_id uuid not null, room_id uuid not null, seq bigint not null, kind text not null, item_id bytea not null,
       author_id uuid not null, bytes bytea not null, at bigint not null, primary key (practice_id, room_id, seq),
       unique (practice_id, room_id, author_id, item_id), foreign key (practice_id, room_id) references room (practice_id, room_id))`,
    `create table invitation (practice_id uuid not null, invitation_id uuid not null, inviter_account uuid not null, inviter_identity bytea not null,
       token_hash bytea not null, standing text not null, state text not null, expires_at bigint not null, joiner_account uuid, joiner_identity bytea, proof bytea,
       primary key (practice_id, invitation_id), foreign key (practice_id, inviter_account) references account (practice_id, account_id))`,
    ...TENANT_TABLES.flatMap((table) => [
      `alter table ${table} enable row level security`,
      `alter table ${table} force row level security`,
      `create policy own_practice on ${table} using (${POLICY_TEST}) with check (${POLICY_TEST})`,
    ]),
    ...INSERT_ONLY.map((table) => `revoke update, delete on ${table} from sotto_app`),
  ],
} as const;
