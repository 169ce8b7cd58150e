const POLICY_TEST = "practice_id = nullif(current_setting('app.practice_id', true), '')::uuid";

/** Which rooms a custodian has opened in a session: it reads no other, and this one no longer than the session lasts. */
export const custodian = {
  number: 9,
  name: "custodian",
  statements: [
    `create table custodian_opening (practice_id uuid not null, token_hash bytea not null, room_id uuid not null, at bigint not null,
       primary key (practice_id, token_hash, room_id),
       foreign key (practice_id, token_hash) references session (practice_id, token_hash) on delete cascade,
       foreign key (practice_id, room_id) references room (practice_id, room_id))`,
    "alter table custodian_opening enable row level security",
    "alter table custodian_opening force row level security",
    `create policy own_practice on custodian_opening using (${POLICY_TEST}) with check (${POLICY_TEST})`,
  ],
} as const;
