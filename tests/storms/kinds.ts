/** What a storm is made of. Each can be left out, to find out which of them a seed needs to fail. */
export const KINDS = [
  "loss",
  "twice",
  "reorder",
  "slow",
  "torn",
  "hints",
  "partition",
  "page-death",
  "server-death",
  "disk",
  "server-disk",
  "clock",
  "two-servers",
  "bus",
  "members",
] as const;

export type Kind = (typeof KINDS)[number];
