/** Where the past begins that somebody was let read before they came in; null: nothing of it. How often an account's vault key was replaced. */
export const trust = {
  number: 5,
  name: "trust",
  statements: [
    `alter table room_member add column history_seq bigint`,
    `alter table account add column key_generation int not null default 0`,
  ],
} as const;
