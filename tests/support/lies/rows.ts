import { ANSWER_ROWS } from "./rows-answers.ts";
import { IDENTITY_ROWS } from "./rows-identities.ts";
import { MESSAGE_ROWS } from "./rows-messages.ts";
import { ROOM_ROWS } from "./rows-rooms.ts";
import type { AttackRow } from "./row.ts";
import { VAULT_ROWS } from "./rows-vaults.ts";

/** Every attack of a server that lies, alone or with somebody's help, that a test carries out against unmodified clients. */
export const ATTACKS: readonly AttackRow[] = [
  ...IDENTITY_ROWS,
  ...ROOM_ROWS,
  ...MESSAGE_ROWS,
  ...VAULT_ROWS,
  ...ANSWER_ROWS,
];
