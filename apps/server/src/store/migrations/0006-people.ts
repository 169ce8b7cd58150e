/** A room can be closed: its members read and nobody writes. An account of the staff can be ended: nobody comes in by it any more. */
export const people = {
  number: 6,
  name: "people",
  statements: [
    `alter table room add column closed boolean not null default false`,
    `alter table account add column ended_at bigint`,
  ],
} as const;
