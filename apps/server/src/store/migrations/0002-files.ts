const POLICY_TEST = "practice_id = nullif(current_setting('app.practice_id', true), '')::uuid";

/**
 * Sealed files; their bytes lie elsewhere, by the same ids. `room_seq` is the room's newest seq when a file became whole: who came in later does not
 * read it. States: begun, whole, removed (its bytes are being taken away).
 */
export const files = {
  number: 2,
  name: "files",
  statements: [
    `create table file (practice_id uuid not null, file_id uuid not null, room_id uuid not null, author_id uuid not null, bytes bigint not null,
       state text not null, room_seq bigint, touched_at bigint not null,
       primary key (practice_id, file_id), foreign key (practice_id, room_id) references room (practice_id, room_id),
       foreign key (practice_id, author_id) references account (practice_id, account_id))`,
    "create index file_by_author on file (practice_id, author_id, state)",
    "alter table file enable row level security",
    "alter table file force row level security",
    `create policy own_practice on file using (${POLICY_TEST}) with check (${POLICY_TEST})`,
  ],
} as const;
