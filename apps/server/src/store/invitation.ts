import type { Bytes } from "@sotto/vault/public";
import type { Reader, Writer } from "./store.ts";

export interface InvitationRow {
  readonly invitation: string;
  readonly inviterIdentity: Bytes;
  readonly tokenHash: Bytes;
  readonly standing: "practice" | "family";
  readonly state: "open" | "accepted" | "admitted" | "revoked";
  readonly expiresAt: number;
  readonly acceptance: { readonly account: string; readonly identity: Bytes; readonly proof: Bytes } | null;
}

interface InvitationRecord {
  invitation_id: string;
  inviter_identity: Buffer;
  token_hash: Buffer;
  standing: InvitationRow["standing"];
  state: InvitationRow["state"];
  expires_at: string;
  joiner_account: string | null;
  joiner_identity: Buffer | null;
  proof: Buffer | null;
}

const COLUMNS =
  "invitation_id, inviter_identity, token_hash, standing, state, expires_at, joiner_account, joiner_identity, proof";

const toInvitation = (row: InvitationRecord): InvitationRow => ({
  invitation: row.invitation_id,
  inviterIdentity: new Uint8Array(row.inviter_identity),
  tokenHash: new Uint8Array(row.token_hash),
  standing: row.standing,
  state: row.state,
  expiresAt: Number(row.expires_at),
  acceptance:
    row.joiner_account === null || row.joiner_identity === null || row.proof === null
      ? null
      : {
          account: row.joiner_account,
          identity: new Uint8Array(row.joiner_identity),
          proof: new Uint8Array(row.proof),
        },
});

/** One invitation, locked until the commit; null when there is none. */
export async function lockInvitation(writer: Writer, invitation: string): Promise<InvitationRow | null> {
  const rows = await writer.read<InvitationRecord>(
    `select ${COLUMNS} from invitation where practice_id = $1 and invitation_id = $2 for update`,
    [writer.practice, invitation],
  );
  return rows[0] === undefined ? null : toInvitation(rows[0]);
}

export async function readInvitation(reader: Reader, invitation: string): Promise<InvitationRow | null> {
  const rows = await reader.read<InvitationRecord>(
    `select ${COLUMNS} from invitation where practice_id = $1 and invitation_id = $2`,
    [reader.practice, invitation],
  );
  return rows[0] === undefined ? null : toInvitation(rows[0]);
}

export async function readInvitations(
  reader: Reader,
  invitations: readonly string[],
): Promise<readonly InvitationRow[]> {
  const rows = await reader.read<InvitationRecord>(
    `select ${COLUMNS} from invitation where practice_id = $1 and invitation_id = any($2::uuid[]) order by invitation_id`,
    [reader.practice, invitations],
  );
  return rows.map(toInvitation);
}

/** How many of this account's invitations are still open. */
export async function countOpenInvitations(reader: Reader, account: string, now: number): Promise<number> {
  const rows = await reader.read<{ count: string }>(
    "select count(*) as count from invitation where practice_id = $1 and inviter_account = $2 and state = 'open' and expires_at > $3",
    [reader.practice, account, now],
  );
  return Number(rows[0]?.count ?? 0);
}

export async function insertInvitation(
  writer: Writer,
  made: {
    readonly invitation: string;
    readonly inviter: string;
    readonly inviterIdentity: Bytes;
    readonly tokenHash: Bytes;
    readonly standing: string;
    readonly expiresAt: number;
  },
): Promise<void> {
  await writer.write(
    `insert into invitation (practice_id, invitation_id, inviter_account, inviter_identity, token_hash, standing, state, expires_at)
     values ($1, $2, $3, $4, $5, $6, 'open', $7)`,
    [
      writer.practice,
      made.invitation,
      made.inviter,
      Buffer.from(made.inviterIdentity),
      Buffer.from(made.tokenHash),
      made.standing,
      made.expiresAt,
    ],
  );
}

/** Moves an invitation on; false when it was not in that state. */
export async function moveInvitation(
  writer: Writer,
  move: {
    readonly invitation: string;
    readonly from: InvitationRow["state"];
    readonly to: InvitationRow["state"];
  },
): Promise<boolean> {
  const written = await writer.write(
    "update invitation set state = $4 where practice_id = $1 and invitation_id = $2 and state = $3",
    [writer.practice, move.invitation, move.from, move.to],
  );
  return written === 1;
}

export async function acceptInvitation(
  writer: Writer,
  accepted: {
    readonly invitation: string;
    readonly account: string;
    readonly identity: Bytes;
    readonly proof: Bytes;
  },
): Promise<void> {
  await writer.write(
    `update invitation set state = 'accepted', joiner_account = $3, joiner_identity = $4, proof = $5
     where practice_id = $1 and invitation_id = $2 and state = 'open'`,
    [
      writer.practice,
      accepted.invitation,
      accepted.account,
      Buffer.from(accepted.identity),
      Buffer.from(accepted.proof),
    ],
  );
}
